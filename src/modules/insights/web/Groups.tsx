// The same figures parted by account, owner, tier …: who keeps and grows revenue, and who does not.
/* biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { FigureButton, FigureText } from '../../../kernel/web/Figure.tsx';
import { useCall } from '../../../kernel/web/queries.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { Button, Card, ErrorState, Link, Select, Skeleton } from '../../../ui/index.ts';
import type { Asked } from './useAsk.ts';

const Explain = lazy(() => import('../../../kernel/web/Explain.tsx'));

const BY = [
  { value: 'account', label: 'Account' },
  { value: 'owner', label: 'Owner' },
  { value: 'tier', label: 'Tier' },
  { value: 'industry', label: 'Industry' },
  { value: 'country', label: 'Country' },
  { value: 'product', label: 'Product' },
  { value: 'currency', label: 'Currency' },
] as const;
type By = (typeof BY)[number]['value'];
const FIRST = 15;

type Props = { asked: Asked; by: string | null; onBy: (by: string) => void };

export default function Groups({ asked, by: wanted, onBy }: Props) {
  const by: By = BY.find((b) => b.value === wanted)?.value ?? 'account';
  const query = useMemo(() => ({ ...asked.over, groupBy: by }), [asked.over, by]);
  const nrr = useCall(getMetric, { params: { id: 'nrr' }, query }, { keepPrevious: true });
  const grr = useCall(getMetric, { params: { id: 'grr' }, query }, { keepPrevious: true });
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<{ metric: 'nrr' | 'grr'; group: string } | null>(null);
  const grossOf = useMemo(() => new Map(grr.data?.groups?.map((g) => [g.key, g.value])), [grr.data]);
  const groups = nrr.data?.groups ?? [];
  const shown = all ? groups : groups.slice(0, FIRST);
  const word = BY.find((b) => b.value === by)!.label;
  return (
    <Card
      title={`Retention by ${word.toLowerCase()}`}
      subtitle="Monthly recurring revenue at both ends, the largest first"
      padding="none"
      actions={
        <>
          <Select
            label="Part by"
            hideLabel
            size="sm"
            className="w-32"
            value={by}
            onChange={(value) => onBy(value)}
            options={BY.map((b) => ({ ...b }))}
          />
          <TakeCsv
            size="sm"
            label="Export this table as CSV"
            fileName={`retention-by-${by}-${asked.from}-${asked.to}`}
            figures={{ metrics: ['nrr', 'grr'], asOf: asked.to }}
            head={[word, 'Start', 'End', 'NRR', 'GRR', 'Accounts', 'Kept']}
            rows={() =>
              groups.map((g) => [
                g.label,
                g.parts.startTotal ?? null,
                g.parts.endTotal ?? null,
                g.value,
                grossOf.get(g.key) ?? null,
                g.parts.accounts ?? null,
                g.parts.endAccounts ?? null,
              ])
            }
          />
        </>
      }
    >
      {nrr.error ? (
        <ErrorState text={nrr.error.message} onRetry={() => void nrr.refetch()} />
      ) : nrr.isPending ? (
        <Skeleton className="m-4 h-60" />
      ) : groups.length === 0 ? (
        <p className="px-pad pb-4 text-base text-muted">No recurring revenue in this period.</p>
      ) : (
        <section
          aria-label={`Table of retention by ${word.toLowerCase()}`}
          tabIndex={0}
          className="scroll-quiet overflow-x-auto"
        >
          <table className="w-full text-base">
            <thead>
              <tr className="border-y border-line text-sm whitespace-nowrap text-muted">
                <th scope="col" className="px-pad py-2 text-left font-medium">
                  {word}
                </th>
                {['Start', 'End', 'NRR', 'GRR', ...(by === 'account' ? [] : ['Accounts', 'Kept'])].map((head) => (
                  <th key={head} scope="col" className="px-3 py-2 text-right font-medium last:pr-pad">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((g) => (
                <tr key={g.key} className="border-b border-line last:border-0">
                  <th scope="row" className="max-w-64 truncate px-pad py-1.5 text-left font-normal">
                    {by === 'account' ? (
                      <Link href={`/accounts/${g.key}?tab=revenue`}>{g.label}</Link>
                    ) : (
                      <button
                        type="button"
                        onClick={() => setOpen({ metric: 'nrr', group: g.key })}
                        className="rounded-inner text-left text-accent-text underline-offset-2 hover:underline"
                      >
                        {g.label}
                      </button>
                    )}
                  </th>
                  <td className="px-3 py-1.5 text-right">
                    <FigureText value={g.parts.startTotal} unit="money" style="whole" />
                  </td>
                  <td className="px-3 py-1.5 text-right">
                    <FigureText value={g.parts.endTotal} unit="money" style="whole" />
                  </td>
                  <td className="px-3 py-1.5 text-right font-medium">
                    <FigureButton label={`NRR, ${g.label}`} onPress={() => setOpen({ metric: 'nrr', group: g.key })}>
                      <FigureText value={g.value} unit="ratio" />
                    </FigureButton>
                  </td>
                  <td className="px-3 py-1.5 text-right last:pr-pad">
                    <FigureButton label={`GRR, ${g.label}`} onPress={() => setOpen({ metric: 'grr', group: g.key })}>
                      <FigureText value={grossOf.get(g.key)} unit="ratio" />
                    </FigureButton>
                  </td>
                  {by !== 'account' && (
                    <>
                      <td className="px-3 py-1.5 text-right">
                        <FigureText value={g.parts.accounts} unit="count" />
                      </td>
                      <td className="px-3 py-1.5 pr-pad text-right">
                        <FigureText value={g.parts.endAccounts} unit="count" />
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {groups.length > FIRST && !all && (
        <div className="border-t border-line px-pad py-2">
          <Button variant="quiet" size="sm" onPress={() => setAll(true)}>
            Show all {groups.length}
          </Button>
        </div>
      )}
      {open !== null && (
        <Suspense fallback={null}>
          <Explain metric={open.metric} query={query} group={open.group} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </Card>
  );
}
