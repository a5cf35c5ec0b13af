// The figures of an offer: how each is shown, before and after.
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { FigureText } from '../../../kernel/web/Figure.tsx';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import type { Offer, OfferEffect } from '../api-offers.ts';

export type Row = {
  /** Id of its definition. */
  metric: string;
  label: string;
  hint?: string;
  value: (e: OfferEffect) => Figure;
  unit: 'money' | 'points';
};
export const ROWS: Row[] = [
  { metric: 'offer-value', label: 'Value of a year', value: (e) => e.arr, unit: 'money' },
  { metric: 'offer-margin', label: 'Gross margin', value: (e) => e.margin, unit: 'money' },
  { metric: 'offer-margin-share', label: 'Margin share', value: (e) => e.marginShare, unit: 'points' },
  {
    metric: 'offer-lifetime',
    label: 'Lifetime value',
    hint: 'margin × expected years',
    value: (e) => e.lifetime,
    unit: 'money',
  },
  { metric: 'offer-nrr', label: 'NRR of the quarter', value: (e) => e.nrr, unit: 'points' },
  { metric: 'offer-grr', label: 'GRR of the quarter', value: (e) => e.grr, unit: 'points' },
];

/** The figure as it is shown. */
export const Effect = ({ row, of }: { row: Row; of: OfferEffect }) => (
  <FigureText value={row.value(of)} unit={row.unit === 'money' ? 'money' : 'ratio'} />
);

/** By how much an offer changes a figure: minor units, or points with one decimal. Null: one of the two is not known. */
export function changeOf(row: Row, after: OfferEffect, before: OfferEffect): number | null {
  const [a, b] = [row.value(after), row.value(before)];
  if (a === null || b === null) return null;
  if (typeof a === 'object' && typeof b === 'object') return a.amount - b.amount;
  return Math.round((Number(a) - Number(b)) * 1000) / 10;
}

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

type Pair = {
  before: OfferEffect;
  after: OfferEffect;
  /** The day on which it was reckoned. */
  asOf: string;
};

/** Before and after of the figures that approvers look at; each explains itself. */
export function EffectPair({ before, after, asOf }: Pair) {
  const explained = (row: Row, which: OfferEffect, label: string) => (
    <SumButton
      label={`${row.label}, ${label}`}
      value={<Effect row={row} of={which} />}
      sum={{
        metric: row.metric,
        value: row.value(which),
        asOf,
        filters: ['this offer'],
        of: {
          items: [
            { key: 'before', label: 'Before', accountId: null, href: null, parts: { value: row.value(before) } },
            { key: 'after', label: 'After', accountId: null, href: null, parts: { value: row.value(after) } },
          ],
        },
      }}
    />
  );
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
            <td className="tabular py-1.5 pr-4 text-right">{explained(row, before, 'before')}</td>
            <td className="tabular py-1.5 text-right font-medium">{explained(row, after, 'after')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
