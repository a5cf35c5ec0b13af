// The figures above the forecast. Those of the present quarter as a whole are metrics; of other quarters and teams the accounts explain them.
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { SumStat } from '../../../kernel/web/SumStat.tsx';
import { Money, Stat } from '../../../ui/index.ts';
import { type getForecast, getForecastAccounts } from '../api-forecast.ts';
import { periodLabel } from './words.ts';

type Forecast = AnswerOf<typeof getForecast>;
type Item = AnswerOf<typeof getForecastAccounts>['items'][number];
type Props = {
  forecast: Forecast;
  sums: Forecast['teams'][number] | undefined;
  scope: { teamId?: string };
  restated: boolean;
};

const TILES = [
  { metric: 'forecast-closed', label: 'Closed', hint: 'Won in the quarter', of: 'closed' },
  { metric: 'forecast-commit', label: 'To commit', hint: 'Closed and commit', of: 'upToCommit' },
  { metric: 'forecast-best', label: 'To best case', hint: 'With best case', of: 'upToBest' },
  { metric: 'forecast-weighted', label: 'Weighted', hint: 'Open amounts × probability', of: 'weighted' },
] as const;

export function ForecastTiles({ forecast: f, sums, scope, restated }: Props) {
  const money = (amount: number | undefined) => (amount === undefined ? null : { amount, currency: f.currency });
  const isMetric = f.state === 'present' && !scope.teamId;
  const submitted = sums ? `${sums.submitted.owners} of ${sums.submitted.of} have submitted` : '';
  const said = sums?.managerCall?.byName ? `by ${sums.managerCall.byName}` : 'None yet';
  const input = {
    query: { period: f.period.id, ...scope, ...(restated ? { restated: 'true' } : {}) },
  } as CallInput<typeof getForecastAccounts>;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      {TILES.map(({ metric, label, hint, of }) =>
        isMetric ? (
          <MetricStat key={metric} metric={metric} label={label} hint={hint} />
        ) : (
          <SumStat
            key={metric}
            label={label}
            hint={hint}
            sum={{
              metric,
              value: money(sums?.total[of] ?? 0),
              asOf: f.frozenAt?.slice(0, 10) ?? f.asOf,
              filters: [periodLabel(f.period.id), ...(scope.teamId && sums ? [sums.teamName] : [])],
              missing: f.missing,
              of: {
                route: getForecastAccounts,
                input,
                rowOf: (i: Item) => ({
                  key: i.accountId,
                  label: i.accountName,
                  accountId: i.accountId,
                  href: `/accounts/${i.accountId}?tab=pipeline`,
                  parts: { value: money(i.total[of]) },
                }),
              },
            }}
          />
        ),
      )}
      {isMetric ? (
        <>
          <MetricStat metric="forecast-called" label="Owners’ calls" hint={submitted} />
          <MetricStat metric="forecast-manager-call" label="Manager’s call" hint={said} />
        </>
      ) : (
        <>
          <Stat
            label="Owners’ calls"
            value={
              <Money value={sums && sums.submitted.owners > 0 ? money(sums.submitted.commit) : null} style="compact" />
            }
            hint={submitted}
          />
          <Stat
            label="Manager’s call"
            value={<Money value={money(sums?.managerCall?.commit)} style="compact" />}
            hint={said}
          />
        </>
      )}
    </div>
  );
}
