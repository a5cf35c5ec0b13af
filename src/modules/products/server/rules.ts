// Pure rules of the catalogue: which prices hold on a day, which overlap, what delivery costs.
import Big from 'big.js';
import type { Price } from '../api.ts';

export type Span = { startsOn: string | null; endsOn: string | null };
type Kind = Pick<Price, 'billing'> & { currency: string };
export type Listed = Span & Kind & { id: string };

/** Whether a price holds on a day. Both ends belong to it. */
export const holdsOn = (span: Span, on: string): boolean =>
  (span.startsOn === null || span.startsOn <= on) && (span.endsOn === null || on <= span.endsOn);

/** Whether two spans share a day. */
export const overlap = (a: Span, b: Span): boolean =>
  (a.startsOn === null || b.endsOn === null || a.startsOn <= b.endsOn) &&
  (b.startsOn === null || a.endsOn === null || b.startsOn <= a.endsOn);

/** The prices of the same currency and billing with which `price` shares a day, itself left out. */
export const overlapping = <P extends Listed>(prices: readonly P[], price: Span & Kind & { id?: string }): P[] =>
  prices.filter(
    (p) => p.id !== price.id && p.currency === price.currency && p.billing === price.billing && overlap(p, price),
  );

/** The day before a day, in the calendar. */
export function dayBefore(on: string): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The price that ends the day before `price` begins, so that the new one follows it: the one that holds on that day without a known end,
 * or past it. Null where none has to give way.
 */
export function predecessor<P extends Listed>(prices: readonly P[], price: Span & Kind): P | null {
  const starts = price.startsOn;
  if (starts === null) return null;
  return (
    prices.find(
      (p) =>
        p.currency === price.currency &&
        p.billing === price.billing &&
        holdsOn(p, starts) &&
        (p.startsOn === null || p.startsOn < starts),
    ) ?? null
  );
}

export type CostTerms = {
  kind: 'recurring' | 'one_off';
  /** A share of what is paid, as decimal text. */
  share: string | null;
  /** What one unit costs: a month of a recurring product, once for a one-off one. */
  perUnit: { amount: number; currency: string } | null;
};

/**
 * What delivering costs. `amount` is what is paid (of recurring business for a year), `quantity` the units; the answer covers the same year
 * or the whole of a one-off. Null: the cost is not known, or needs a quantity that nobody said.
 */
export function deliveryCostOf(
  terms: CostTerms,
  sold: { amount: number; currency: string; quantity: number | null },
): { amount: number; currency: string } | null {
  if (terms.share !== null)
    return {
      amount: Number(new Big(sold.amount).times(terms.share).round(0, Big.roundHalfUp)),
      currency: sold.currency,
    };
  if (terms.perUnit === null || sold.quantity === null) return null;
  const months = terms.kind === 'recurring' ? 12 : 1;
  return {
    amount: Number(new Big(terms.perUnit.amount).times(sold.quantity).times(months).round(0, Big.roundHalfUp)),
    currency: terms.perUnit.currency,
  };
}
