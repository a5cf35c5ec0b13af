// The figures above the forecast. Those of the present quarter as a whole are metrics; of other quarters and teams the accounts explain them.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { SumStat } from '../../../kernel/web/SumStat.tsx';
import type { getForecast } from '../api-forecast.ts';
import { ofCell, ofManagerCall, ofSubmissions, ownersOf } from './forecastFigures.tsx';

type Forecast = AnswerOf<typeof getForecast>;
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
  const place = { forecast: f, restated, scope };
  const isMetric = f.state === 'present' && !scope.teamId;
  const submitted = sums ? `${sums.submitted.owners} of ${sums.submitted.of} have submitted` : '';
  const said = sums?.managerCall?.byName ? `by ${sums.managerCall.byName}` : 'None yet';
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
            sum={sums && ofCell(place, { name: sums.teamName, team: sums }, of, null)}
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
          <SumStat
            label="Owners’ calls"
            hint={submitted}
            sum={sums && ofSubmissions(place, sums.teamName, ownersOf(place, sums))}
          />
          <SumStat
            label="Manager’s call"
            hint={said}
            sum={sums && ofManagerCall(place, sums.teamName, sums.teamId === null ? 'all' : 'team', sums.managerCall)}
          />
        </>
      )}
    </div>
  );
}
