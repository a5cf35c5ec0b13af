// How good forecasts were: accuracy and bias at four distances from the end, and whether probabilities of renewals can be believed.
import { type ReactNode, useState } from 'react';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { BarChart } from '../../../ui/BarChart.tsx';
import { Card, EmptyState, ErrorState, Missing, Num, SegmentedControl, SkeletonRows } from '../../../ui/index.ts';
import { getAccuracy, getCalibration } from '../api-forecast.ts';
import { BIAS_WORDS, periodLabel } from './words.ts';

type Props = { scope: Record<string, unknown>; asOf: string };
const GROUPS = [
  { value: 'owner', label: 'By owner' },
  { value: 'team', label: 'By team' },
  { value: 'type', label: 'By type' },
] as const;

type Accuracy = AnswerOf<typeof getAccuracy>;
type By = (typeof GROUPS)[number]['value'];

/** A figure of the table, with the owners and quarters that it is of. */
function Judged({
  metric,
  value,
  of: a,
  by,
  group,
  horizon,
  asOf,
  children,
}: {
  metric: 'forecast-accuracy' | 'forecast-bias';
  value: Figure;
  of: Accuracy;
  by: By;
  group: { key: string; label: string };
  horizon: number;
  asOf: string;
  children: ReactNode;
}) {
  const money = (amount: number) => ({ amount, currency: a.currency });
  const isIn = (p: Accuracy['pairs'][number]) => {
    if (group.key === 'all') return p.kind === null;
    if (by === 'type') return p.kind === group.key;
    return p.kind === null && (by === 'owner' ? p.ownerId : (p.teamId ?? 'none')) === group.key;
  };
  const rows = a.pairs.filter(isIn).flatMap((p) => {
    const commit = p.forecasts.find((f) => f.horizon === horizon)?.commit ?? null;
    if (commit === null) return [];
    return [
      {
        key: `${p.ownerId} ${p.period}`,
        label: `${p.ownerName} · ${periodLabel(p.period)}`,
        accountId: null,
        href: `/forecast?period=${p.period}`,
        parts: { forecast: money(commit), actual: money(p.actual), difference: money(commit - p.actual) },
      },
    ];
  });
  return (
    <SumButton
      label={`${metric === 'forecast-bias' ? 'Bias' : 'Accuracy'}, ${group.label}, ${horizon} days before`}
      value={children}
      sum={{
        metric,
        value,
        asOf,
        filters: [`${horizon} days before the end`, ...(group.key === 'all' ? [] : [group.label])],
        missing: a.missing,
        of: { items: rows },
      }}
    />
  );
}

export function AccuracyCard({ scope, asOf }: Props) {
  const [groupBy, setGroupBy] = useState<'owner' | 'team' | 'type'>('owner');
  const found = useCall(getAccuracy, { query: { groupBy, ...scope } } as CallInput<typeof getAccuracy>, {
    keepPrevious: true,
  });
  const a = found.data;
  const periods = a?.periods.map((p) => periodLabel(p.id)) ?? [];
  return (
    <Card
      title="How near it came"
      subtitle={
        periods.length
          ? `Submissions against what was won, ${periods.at(-1)} to ${periods[0]}`
          : 'Submissions against what was won'
      }
      actions={
        <>
          <SegmentedControl label="Split" value={groupBy} options={[...GROUPS]} onChange={setGroupBy} />
          {a && a.groups.length > 0 && (
            <TakeCsv
              size="sm"
              label="Export this table as CSV"
              fileName={`forecast-accuracy-by-${groupBy}`}
              figures={{ metrics: ['forecast-accuracy', 'forecast-bias'], asOf }}
              head={['Who', 'Days before the end', 'Accuracy', 'Bias', 'Bias in words']}
              rows={() =>
                [{ label: 'All', horizons: a.all }, ...a.groups].flatMap((g) =>
                  g.horizons.map((h) => [
                    g.label,
                    h.horizon,
                    h.accuracy,
                    h.bias,
                    h.biasWord ? BIAS_WORDS[h.biasWord] : null,
                  ]),
                )
              }
            />
          )}
        </>
      }
    >
      {found.error ? (
        <ErrorState title="Accuracy cannot be shown" text={found.error.message} onRetry={() => void found.refetch()} />
      ) : !a ? (
        <SkeletonRows rows={4} columns={5} />
      ) : a.groups.length === 0 ? (
        <EmptyState
          title="No quarter with submissions has ended yet"
          text="Submit a forecast before the end of the quarter: thirty days before it is what counts here."
          size="sm"
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section tabIndex={0} aria-label="Accuracy and bias" className="overflow-x-auto">
          <table className="tabular w-full text-base">
            <caption className="sr-only">
              Accuracy and bias of submissions by days before the end of the quarter
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th scope="col" className="py-1.5 pr-3 text-left font-medium">
                  {GROUPS.find((g) => g.value === groupBy)
                    ?.label.replace('By ', '')
                    .replace(/^./, (c) => c.toUpperCase())}
                </th>
                {a.all.map((h) => (
                  <th key={h.horizon} scope="col" className="px-3 py-1.5 text-right font-medium whitespace-nowrap">
                    {h.horizon} days before
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[{ key: 'all', label: 'All', horizons: a.all }, ...a.groups].map((g) => (
                <tr key={g.key} className="border-b border-line">
                  <th
                    scope="row"
                    className={`py-1.5 pr-3 text-left ${g.key === 'all' ? 'font-semibold' : 'font-normal'} text-ink`}
                  >
                    {g.label}
                  </th>
                  {g.horizons.map((h) => (
                    <td key={h.horizon} className="px-3 py-1.5 text-right whitespace-nowrap">
                      {h.accuracy === null ? (
                        <Missing label="Not enough data" />
                      ) : (
                        <>
                          <Judged
                            metric="forecast-accuracy"
                            value={h.accuracy}
                            of={a}
                            by={groupBy}
                            group={g}
                            horizon={h.horizon}
                            asOf={asOf}
                          >
                            <Num value={Number(h.accuracy)} percent digits={1} />
                          </Judged>
                          {h.biasWord && (
                            <span className="block text-sm text-muted">
                              <Judged
                                metric="forecast-bias"
                                value={h.bias}
                                of={a}
                                by={groupBy}
                                group={g}
                                horizon={h.horizon}
                                asOf={asOf}
                              >
                                {BIAS_WORDS[h.biasWord]}
                                {h.bias !== null && h.biasWord !== 'on_the_mark' && (
                                  <>
                                    {' by '}
                                    <Num value={Math.abs(Number(h.bias))} percent digits={1} />
                                  </>
                                )}
                              </Judged>
                            </span>
                          )}
                        </>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}

/** Said against came, by tenths of probability. */
export function CalibrationCard({ scope, asOf }: Props) {
  const found = useCall(getCalibration, { query: scope } as CallInput<typeof getCalibration>);
  const c = found.data;
  const share = (text: string | null) => (text === null ? null : Number(text));
  const filled = c?.deciles.filter((d) => d.count > 0) ?? [];
  return (
    <Card
      title="Probabilities of renewals"
      subtitle={
        c?.brier ? (
          <>
            Brier score{' '}
            <SumButton
              label="Brier score"
              value={Number(c.brier).toFixed(3)}
              sum={{
                metric: 'renewal-opportunity-brier',
                value: Number(c.brier),
                asOf,
                filters: [`${c.count} decided renewals`],
                of: {
                  items: filled.map((d) => ({
                    key: String(d.from),
                    label: `Probability ${d.from}–${d.to} %`,
                    accountId: null,
                    href: null,
                    parts: { said: d.said, came: d.came, renewals: d.count },
                  })),
                },
              }}
            />{' '}
            over {c.count} decided renewals; 0 is perfect, 0.25 a coin
          </>
        ) : (
          'Said against what came'
        )
      }
    >
      {found.error ? (
        <ErrorState title="This cannot be shown" text={found.error.message} onRetry={() => void found.refetch()} />
      ) : !c ? (
        <SkeletonRows rows={4} columns={2} />
      ) : filled.length === 0 ? (
        <EmptyState
          title="No renewal has been decided yet"
          text="Once renewals are won or lost you see here whether 80 % means 80 %."
          size="sm"
        />
      ) : (
        <BarChart
          title="Reliability of renewal probabilities"
          hideTitle
          summary={filled
            .map(
              (d) =>
                `Between ${d.from} and ${d.to} %: said ${percent(share(d.said))}, came ${percent(share(d.came))} of ${d.count}`,
            )
            .join('. ')}
          categories={filled.map((d) => `${d.from}–${d.to} % (${d.count})`)}
          categoryLabel="Probability"
          series={[
            { name: 'Said', values: filled.map((d) => share(d.said)) },
            { name: 'Came', values: filled.map((d) => share(d.came)) },
          ]}
          formatValue={percent}
          height={260}
          fileName="renewal-reliability"
        />
      )}
    </Card>
  );
}

const percent = (value: number | null): string => (value === null ? '–' : `${Math.round(value * 100)} %`);
