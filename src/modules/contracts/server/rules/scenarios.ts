// What an offer does: recurring value, gross margin, lifetime value, and the retention of the quarter in which it takes effect.
import Big from 'big.js';
import { isInForce, type Line, renewLines, type Successor, type Terms } from './lines.ts';

/** What delivering a line costs a year, in minor units of the contract's currency. `assumed`: by the workspace's assumption. */
export type Cost = { yearlyMinor: Big; assumed: boolean };
/** Cost of a line by product: a share of today's price, or an amount for a unit and month; null: unknown. */
export type ProductCost = { share: string } | { perUnitMonthMinor: string };

/**
 * Delivery costs do not fall because the price does: a share is taken of the price before the offer (for a bundled product: before its
 * discount), an amount follows the quantity.
 */
export function costOf(
  line: Pick<Line, 'quantity'>,
  fullPriceYear: Big,
  cost: ProductCost | null,
  assumedPercent: string,
): Cost {
  if (cost && 'perUnitMonthMinor' in cost)
    return { yearlyMinor: new Big(cost.perUnitMonthMinor).times(line.quantity).times(12), assumed: false };
  const share = cost ? new Big(cost.share) : new Big(assumedPercent).div(100);
  return { yearlyMinor: fullPriceYear.times(share), assumed: !cost };
}

/** What the quarter looks like without this account's contract, and the account's part in it; minor units of the reporting currency. */
export type QuarterBase = {
  /** Σ s of all accounts of the cohort. */
  start: string;
  /** Σ e and Σ min(e, s) over all other accounts of the cohort. */
  otherEnd: string;
  otherKept: string;
  /** This account at the start, and what it has at the end beside this renewal. */
  accountStart: string;
  accountOtherEnd: string;
};

const six = (value: Big) => value.round(6, Big.roundHalfEven).toFixed(6);

/** NRR and GRR of the quarter when this renewal brings `valueMinor` a year. Null: nothing to start with. */
export function retention(base: QuarterBase, value: Big): { nrr: string | null; grr: string | null } {
  const start = new Big(base.start);
  if (start.lte(0)) return { nrr: null, grr: null };
  const inCohort = new Big(base.accountStart).gt(0);
  const end = inCohort ? new Big(base.accountOtherEnd).plus(value) : new Big(0);
  const kept = end.lt(base.accountStart) ? end : new Big(base.accountStart);
  return {
    nrr: six(new Big(base.otherEnd).plus(end).div(start)),
    grr: six(new Big(base.otherKept).plus(inCohort ? kept : 0).div(start)),
  };
}

/**
 * Years that the business is expected to last: the committed term, and then as retention goes on year by year.
 * T + g / (1 − g); for a term of a year that is 1 / (1 − g). At most 20.
 */
export function expectedYears(termMonths: number, grr: string): Big {
  const g = new Big(grr);
  const years = new Big(termMonths).div(12);
  const rest = g.gte(1) ? new Big(20) : g.div(new Big(1).minus(g));
  const all = years.plus(rest);
  return all.gt(20) ? new Big(20) : all;
}

export type Effect = {
  arrMinor: number;
  oneOffMinor: number;
  marginMinor: number;
  /** Six places; null without revenue. */
  marginShare: string | null;
  lifetimeMinor: number;
  expectedYears: string;
  nrr: string | null;
  grr: string | null;
};

export type World = {
  lines: readonly Line[];
  dueOn: string;
  costs: ReadonlyMap<string, ProductCost>;
  assumedCostPercent: string;
  grr: string;
  defaultTermMonths: number;
  base: QuarterBase;
  /** Minor units of the reporting currency for one of the contract's. */
  rate: string | null;
};

const whole = (value: Big) => value.round(0, Big.roundHalfEven).toNumber();
const fullYear = (line: Pick<Successor, 'discountPercent'> & { amountMinor: number }): Big => {
  const left = new Big(100).minus(line.discountPercent);
  return left.eq(0) ? new Big(0) : new Big(line.amountMinor).times(100).div(left);
};

/** One line of the next term: what it brings in a year (or once), and what delivering it costs. */
export type Reckoned = { line: Successor; cost: Big; assumed: boolean };

/** The lines of the next term at these terms, each with its cost. */
export function reckonLines(
  world: Pick<World, 'lines' | 'dueOn' | 'costs' | 'assumedCostPercent'>,
  terms: Terms,
): Reckoned[] {
  const byId = new Map(world.lines.map((l) => [l.id, l]));
  return renewLines(world.lines, world.dueOn, terms, null).map((line) => {
    if (line.kind === 'one_off') return { line, cost: new Big(0), assumed: false };
    const product = line.productId === null ? null : (world.costs.get(line.productId) ?? null);
    const before = line.replacesId === null ? null : byId.get(line.replacesId)!;
    // A kept line costs what it costs today for each unit; a bundled one is reckoned at its full price.
    const price = before
      ? new Big(before.quantity).eq(0)
        ? new Big(0)
        : new Big(before.amountMinor).times(line.quantity).div(before.quantity)
      : fullYear(line);
    const { yearlyMinor, assumed } = costOf(line, price, product, world.assumedCostPercent);
    return { line, cost: yearlyMinor, assumed };
  });
}

/** Years that lifetime values count with at these terms. */
export const yearsOf = (world: Pick<World, 'grr' | 'defaultTermMonths'>, terms: Pick<Terms, 'termMonths'>): Big =>
  expectedYears(terms.termMonths ?? world.defaultTermMonths, world.grr);

/** What the next term brings at these terms. Flat terms give the picture before. */
export function effectOf(world: World, terms: Terms): Effect {
  let arr = new Big(0);
  let oneOff = new Big(0);
  let cost = new Big(0);
  for (const one of reckonLines(world, terms)) {
    if (one.line.kind === 'one_off') oneOff = oneOff.plus(one.line.amountMinor);
    else arr = arr.plus(one.line.amountMinor);
    cost = cost.plus(one.cost);
  }
  const margin = arr.minus(cost);
  const years = yearsOf(world, terms);
  return {
    arrMinor: whole(arr),
    oneOffMinor: whole(oneOff),
    marginMinor: whole(margin),
    marginShare: arr.eq(0) ? null : six(margin.div(arr)),
    lifetimeMinor: whole(margin.times(years)),
    expectedYears: years.round(2, Big.roundHalfEven).toFixed(),
    ...(world.rate === null ? { nrr: null, grr: null } : retention(world.base, arr.times(world.rate))),
  };
}

/** Lines whose cost nobody entered. */
export const linesWithAssumedCost = (world: Pick<World, 'lines' | 'dueOn' | 'costs'>): number =>
  world.lines.filter(
    (l) =>
      l.kind === 'recurring' && isInForce(l, world.dueOn) && (l.productId === null || !world.costs.has(l.productId)),
  ).length;

export const FLAT: Terms = { upliftPercent: 0, discountPercent: 0, termMonths: null, quantities: [], bundle: [] };
