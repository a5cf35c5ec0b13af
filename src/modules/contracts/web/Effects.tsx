// The figures of an offer: how each is shown, before and after.
import type { ReactNode } from 'react';
import { Missing, Money, Num } from '../../../ui/index.ts';
import type { Offer, OfferEffect } from '../api.ts';

export type Row = {
  label: string;
  hint?: string;
  of: (e: OfferEffect) => ReactNode;
  change: (e: OfferEffect, before: OfferEffect) => number | null;
  unit: 'money' | 'points';
};
const points = (a: string | null, b: string | null) =>
  a === null || b === null ? null : Math.round((Number(a) - Number(b)) * 1000) / 10;
const share = (value: string | null) =>
  value === null ? <Missing label="Not enough data" /> : <Num value={Number(value)} percent digits={1} />;
export const ROWS: Row[] = [
  {
    label: 'Value of a year',
    of: (e) => <Money value={e.arr} />,
    change: (e, b) => e.arr.amount - b.arr.amount,
    unit: 'money',
  },
  {
    label: 'Gross margin',
    of: (e) => <Money value={e.margin} />,
    change: (e, b) => e.margin.amount - b.margin.amount,
    unit: 'money',
  },
  {
    label: 'Margin share',
    of: (e) => share(e.marginShare),
    change: (e, b) => points(e.marginShare, b.marginShare),
    unit: 'points',
  },
  {
    label: 'Lifetime value',
    hint: 'margin × expected years',
    of: (e) => <Money value={e.lifetime} />,
    change: (e, b) => e.lifetime.amount - b.lifetime.amount,
    unit: 'money',
  },
  { label: 'NRR of the quarter', of: (e) => share(e.nrr), change: (e, b) => points(e.nrr, b.nrr), unit: 'points' },
  { label: 'GRR of the quarter', of: (e) => share(e.grr), change: (e, b) => points(e.grr, b.grr), unit: 'points' },
];

/** The terms in one line. */
export function termsText({ terms: t }: Pick<Offer, 'terms'>): string {
  const parts = [
    ...(t.upliftPercent ? [`${t.upliftPercent > 0 ? '+' : '−'}${Math.abs(t.upliftPercent)} % price`] : []),
    ...(t.discountPercent ? [`${t.discountPercent} % discount`] : []),
    ...(t.termMonths ? [`${t.termMonths} months`] : []),
    ...(t.quantities.length
      ? [`${t.quantities.length === 1 ? '1 quantity' : `${t.quantities.length} quantities`} changed`]
      : []),
    ...(t.bundle.length ? [`${t.bundle.length} added`] : []),
  ];
  return parts.join(', ') || 'as it is';
}

/** Before and after of the figures that approvers look at. */
export function EffectPair({ before, after }: { before: OfferEffect; after: OfferEffect }) {
  return (
    <table className="w-full text-left">
      <thead className="text-sm text-muted">
        <tr className="border-b border-line">
          <th className="py-1 pr-4 font-medium">Figure</th>
          <th className="py-1 pr-4 text-right font-medium">Before</th>
          <th className="py-1 text-right font-medium">After</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row.label} className="border-b border-line last:border-0">
            <th scope="row" className="py-1.5 pr-4 font-normal text-muted">
              {row.label}
            </th>
            <td className="tabular py-1.5 pr-4 text-right">{row.of(before)}</td>
            <td className="tabular py-1.5 text-right font-medium">{row.of(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
