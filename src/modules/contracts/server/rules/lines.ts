// What a contract line is worth, and what changes of a contract do to its lines: lines end, others take their place, nothing is rewritten.
import Big from 'big.js';
import { addDays } from './days.ts';

export const BILLING = ['month', 'quarter', 'half_year', 'year', 'once'] as const;
export type Billing = (typeof BILLING)[number];
const A_YEAR: Record<Billing, number> = { month: 12, quarter: 4, half_year: 2, year: 1, once: 1 };

/** How many billing periods a year has; a one-off line is billed once. */
export const periodsOfYear = (billing: Billing): number => A_YEAR[billing];

export type Price = {
  quantity: string | number;
  unitPriceMinor: number;
  discountPercent: string | number;
  billing: Billing;
};

/**
 * What a line brings in minor units: a year of a recurring line, the whole of a one-off one. Quantity × unit price × billing periods of
 * a year, less the discount; rounded once, half to even.
 */
export function amountOf(price: Price): number {
  return new Big(price.quantity)
    .times(price.unitPriceMinor)
    .times(A_YEAR[price.billing])
    .times(new Big(100).minus(price.discountPercent))
    .div(100)
    .round(0, Big.roundHalfEven)
    .toNumber();
}

export type Line = {
  id: string;
  productId: string | null;
  description: string;
  kind: 'recurring' | 'one_off';
  quantity: string;
  unitPriceMinor: number;
  discountPercent: string;
  billing: Billing;
  startsOn: string;
  endsOn: string | null;
  amountMinor: number;
};

export const isInForce = (line: Pick<Line, 'startsOn' | 'endsOn'>, on: string): boolean =>
  line.startsOn <= on && (line.endsOn === null || line.endsOn >= on);

/** Recurring value of a year of the lines in force on a day. */
export const yearlyOn = (lines: readonly Line[], on: string): number =>
  lines.reduce((sum, l) => (l.kind === 'recurring' && isInForce(l, on) ? sum + l.amountMinor : sum), 0);

export type LineChange = {
  lineId: string;
  /** 0 ends the line. */
  quantity?: number | undefined;
  unitPriceMinor?: number | undefined;
  discountPercent?: number | undefined;
  /** The last day of the line that takes its place; null: open-ended. */
  endsOn?: string | null | undefined;
};
export type NewLine = Omit<Line, 'id' | 'amountMinor'>;
export type Successor = NewLine & { replacesId: string | null; amountMinor: number };
export type Amended = {
  ended: { id: string; endsOn: string }[];
  added: Successor[];
  problems: { field: string; message: string }[];
};

/**
 * Applies changes from a day on: each changed line ends the day before, and a line with the new terms begins. What was in force before
 * that day is left as it was.
 */
export function amend(
  lines: readonly Line[],
  effectiveOn: string,
  changes: readonly LineChange[],
  added: readonly NewLine[],
): Amended {
  const result: Amended = { ended: [], added: [], problems: [] };
  const byId = new Map(lines.map((l) => [l.id, l]));
  const seen = new Set<string>();
  for (const [i, change] of changes.entries()) {
    const line = byId.get(change.lineId);
    const refuse = (field: string, message: string) =>
      void result.problems.push({ field: `changes.${i}.${field}`, message });
    if (!line) {
      refuse('lineId', 'This contract has no such line');
      continue;
    }
    if (seen.has(line.id)) {
      refuse('lineId', 'This line is changed twice');
      continue;
    }
    seen.add(line.id);
    if (line.kind === 'one_off') {
      refuse('lineId', 'A one-off line is delivered once: add another line instead');
      continue;
    }
    if (effectiveOn <= line.startsOn) {
      refuse('lineId', `This line begins on ${line.startsOn}: correct the line itself, or choose a later day`);
      continue;
    }
    if (line.endsOn !== null && line.endsOn < addDays(effectiveOn, -1)) {
      refuse('lineId', `This line ended on ${line.endsOn}`);
      continue;
    }
    const endsOn = change.endsOn === undefined ? line.endsOn : change.endsOn;
    if (endsOn !== null && endsOn < effectiveOn && change.quantity !== 0) {
      refuse('endsOn', 'The new line would end before it begins');
      continue;
    }
    if (line.endsOn === null || line.endsOn >= effectiveOn)
      result.ended.push({ id: line.id, endsOn: addDays(effectiveOn, -1) });
    if (change.quantity === 0) continue;
    const next = {
      productId: line.productId,
      description: line.description,
      kind: line.kind,
      quantity: change.quantity === undefined ? line.quantity : new Big(change.quantity).toFixed(),
      unitPriceMinor: change.unitPriceMinor ?? line.unitPriceMinor,
      discountPercent:
        change.discountPercent === undefined ? line.discountPercent : new Big(change.discountPercent).toFixed(),
      billing: line.billing,
      startsOn: effectiveOn,
      endsOn,
    };
    result.added.push({ ...next, replacesId: line.id, amountMinor: amountOf(next) });
  }
  for (const line of added) result.added.push({ ...line, replacesId: null, amountMinor: amountOf(line) });
  return result;
}

/** The lines as they are after an amendment. */
export function afterAmendment(lines: readonly Line[], amended: Amended): Line[] {
  const ends = new Map(amended.ended.map((e) => [e.id, e.endsOn]));
  return [
    ...lines.map((l) => (ends.has(l.id) ? { ...l, endsOn: ends.get(l.id)! } : l)),
    ...amended.added.map(({ replacesId: _, ...line }, i) => ({ ...line, id: `new-${i}` })),
  ];
}

export type Terms = {
  /** Price rise (or fall) in percent. */
  upliftPercent: number;
  /** Discount on the price after the rise, in percent; comes on top of the line's own. */
  discountPercent: number;
  termMonths: number | null;
  /** Other quantities for lines; 0 leaves a line out. */
  quantities: readonly { lineId: string; quantity: number }[];
  /** What is added: the bundle. */
  bundle: readonly Omit<NewLine, 'startsOn' | 'endsOn'>[];
};

const percent = (value: Big) => value.round(4, Big.roundHalfEven).toFixed();

/** The lines of the next term: those in force on the last day of the present one, at the new terms, and the bundle. */
export function renewLines(lines: readonly Line[], dueOn: string, terms: Terms, newEndsOn: string | null): Successor[] {
  const quantities = new Map(terms.quantities.map((q) => [q.lineId, q.quantity]));
  const startsOn = addDays(dueOn, 1);
  const renewed = lines
    .filter((l) => l.kind === 'recurring' && isInForce(l, dueOn))
    .flatMap((l): Successor[] => {
      const quantity = quantities.has(l.id) ? new Big(quantities.get(l.id)!) : new Big(l.quantity);
      if (quantity.eq(0)) return [];
      const next = {
        productId: l.productId,
        description: l.description,
        kind: l.kind,
        quantity: quantity.toFixed(),
        unitPriceMinor: new Big(l.unitPriceMinor)
          .times(new Big(100).plus(terms.upliftPercent))
          .div(100)
          .round(0, Big.roundHalfEven)
          .toNumber(),
        discountPercent: percent(together(l.discountPercent, terms.discountPercent)),
        billing: l.billing,
        startsOn,
        endsOn: newEndsOn,
      };
      return [{ ...next, replacesId: l.id, amountMinor: amountOf(next) }];
    });
  const bundle = terms.bundle.map((b): Successor => {
    const next = { ...b, startsOn, endsOn: b.kind === 'one_off' ? startsOn : newEndsOn };
    return { ...next, replacesId: null, amountMinor: amountOf(next) };
  });
  return [...renewed, ...bundle];
}

/** Two discounts, one on what the other leaves. */
const together = (first: string | number, second: string | number): Big =>
  new Big(100).minus(new Big(100).minus(first).times(new Big(100).minus(second)).div(100));

/**
 * The discount that an offer asks for, in percent: what it takes off today's price, the discount named, or that of a bundled line,
 * whichever is most. A rise does not hide a discount, and a negative rise is one.
 */
export function discountAsked(terms: Pick<Terms, 'upliftPercent' | 'discountPercent' | 'bundle'>): number {
  const off = new Big(100).minus(
    new Big(100).plus(terms.upliftPercent).times(new Big(100).minus(terms.discountPercent)).div(100),
  );
  const most = [new Big(terms.discountPercent), off, ...terms.bundle.map((b) => new Big(b.discountPercent))].reduce(
    (a, b) => (b.gt(a) ? b : a),
  );
  return most.lt(0) ? 0 : most.round(4, Big.roundHalfEven).toNumber();
}
