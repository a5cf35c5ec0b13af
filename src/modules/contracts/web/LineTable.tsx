// Lines of a contract or a renewal, as a plain table that a phone can scroll.

import type { ReactNode } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { Badge, DateText, Missing, Money, Num } from '../../../ui/index.ts';
import type { ContractLine } from '../api.ts';
import { BILLING, REASON } from './words.ts';

export const lineName = (l: Pick<ContractLine, 'productName' | 'description'>): string =>
  l.productName ?? (l.description || 'Line');

export function LineTable({
  lines,
  actions,
}: {
  lines: readonly ContractLine[];
  actions?: (line: ContractLine) => ReactNode;
}) {
  if (lines.length === 0) return <p className="text-muted">No lines.</p>;
  return (
    <section
      aria-label="Table of lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      className="scroll-quiet -mx-2 overflow-x-auto rounded-inner px-2"
    >
      <table className="w-full min-w-140 text-left text-base">
        <thead className="text-sm text-muted">
          <tr className="border-b border-line">
            <th className="py-1.5 pr-4 font-medium">Product</th>
            <th className="py-1.5 pr-4 text-right font-medium">Quantity</th>
            <th className="py-1.5 pr-4 text-right font-medium">Price</th>
            <th className="py-1.5 pr-4 text-right font-medium">Discount</th>
            <th className="py-1.5 pr-4 font-medium">In force</th>
            <th className="py-1.5 text-right font-medium">A year</th>
            {actions && (
              <th className="w-8">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((l) => (
            <tr key={l.id} className={`border-b border-line last:border-0 ${l.state === 'past' ? 'text-muted' : ''}`}>
              <td className="max-w-72 py-2 pr-4">
                <span className="block truncate font-medium">{lineName(l)}</span>
                <span className="flex flex-wrap gap-1">
                  {l.productName && l.description && <span className="text-sm text-muted">{l.description}</span>}
                  {l.reason !== 'initial' && <Badge tone="outline">{REASON[l.reason]}</Badge>}
                  {l.state === 'future' && <Badge tone="info">To come</Badge>}
                  {l.state === 'past' && <Badge>Past</Badge>}
                </span>
              </td>
              <td className="tabular py-2 pr-4 text-right">
                <Num value={l.quantity} />
              </td>
              <td className="tabular py-2 pr-4 text-right whitespace-nowrap">
                <Money value={l.unitPrice} style="full" />
                <span className="block text-sm text-muted">{BILLING[l.billing]}</span>
              </td>
              <td className="tabular py-2 pr-4 text-right">
                {l.discountPercent > 0 ? <Num value={l.discountPercent} unit="%" /> : <Missing label="None" />}
              </td>
              <td className="py-2 pr-4 whitespace-nowrap">
                <DateText value={l.startsOn} />
                {l.endsOn !== l.startsOn && (
                  <span className="block text-sm text-muted">
                    {l.endsOn ? (
                      <>
                        to <DateText value={l.endsOn} />
                      </>
                    ) : (
                      'open-ended'
                    )}
                  </span>
                )}
              </td>
              <td className="tabular py-2 text-right font-medium whitespace-nowrap">
                <MetricButton metric="contract-line" query={{ of: l.id }} label={`Amount of ${lineName(l)}`}>
                  <Money value={l.amount} />
                </MetricButton>
                {l.kind === 'one_off' && <span className="block text-sm font-normal text-muted">once</span>}
              </td>
              {actions && <td className="py-1 pl-2">{actions(l)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
