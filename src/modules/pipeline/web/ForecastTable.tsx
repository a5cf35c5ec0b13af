// The forecast as a table: an owner a row, opened to their accounts; kinds of business × closed, commit, best case, pipeline; what was called.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { FigureButton } from '../../../kernel/web/Figure.tsx';
import { SumDrawer } from '../../../kernel/web/SumStat.tsx';
import { Button, IconButton, Missing, Money, RelativeTime, StatusPill } from '../../../ui/index.ts';
import type { Figures, getForecast, OwnerRow } from '../api-forecast.ts';
import { AccountRows, Cells, cell, type Explain, sticky } from './ForecastCells.tsx';
import { type Explained, ofCell, ofManagerCall, ofSubmissions, ownersOf, type Place } from './forecastFigures.tsx';
import { kindsIn, STEPS } from './forecastTable.ts';
import { KIND_WORDS } from './words.ts';

type Forecast = AnswerOf<typeof getForecast>;
type Team = Forecast['teams'][number];
export type ForecastTableProps = {
  forecast: Forecast;
  restated: boolean;
  scope: Place['scope'];
  onSubmit: (row: OwnerRow) => void;
  onCall: (of: { ownerId?: string; teamId?: string; name: string; figures: Figures }) => void;
};

const head = 'px-2 py-1.5 text-right text-sm font-medium whitespace-nowrap text-muted';

export function ForecastTable({ forecast, restated, scope, onSubmit, onCall }: ForecastTableProps) {
  const { rows, teams, currency } = forecast;
  const kinds = kindsIn(rows);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const [explained, setExplained] = useState<Explained | null>(null);
  const place: Place = { forecast, restated, scope };
  const explain: Explain = {
    cell: (whose, column, kind) => setExplained(ofCell(place, whose, column, kind)),
    said: setExplained,
  };
  const everybody = teams.find((t) => t.teamId === null);
  const named = teams.filter((t) => t.teamId !== null);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
      tabIndex={0}
      aria-label="Forecast by owner"
      className="overflow-x-auto rounded-ui border border-line bg-surface"
    >
      <table className="w-full border-collapse text-base">
        <caption className="sr-only">
          Forecast of {forecast.period.id} by owner, all amounts in {currency}
        </caption>
        <thead>
          <tr className="border-b border-line">
            <th
              scope="col"
              rowSpan={2}
              className={`${sticky} min-w-44 px-3 py-1.5 text-left text-sm font-medium text-muted`}
            >
              Owner
            </th>
            <th
              scope="colgroup"
              colSpan={2}
              className="border-l border-line px-2 py-1.5 text-left text-sm font-semibold text-ink"
            >
              Called
            </th>
            <th
              scope="colgroup"
              colSpan={3}
              className="border-l border-line px-2 py-1.5 text-left text-sm font-semibold text-ink"
            >
              Together
            </th>
            {kinds.map((kind) => (
              <th
                key={kind}
                scope="colgroup"
                colSpan={STEPS.length}
                className="border-l border-line px-2 py-1.5 text-left text-sm font-semibold text-ink"
              >
                {KIND_WORDS[kind]}
              </th>
            ))}
          </tr>
          <tr className="border-b border-line">
            <th scope="col" className={`${head} border-l border-line`}>
              Owner
            </th>
            <th scope="col" className={head}>
              Manager
            </th>
            <th scope="col" className={`${head} border-l border-line`}>
              To commit
            </th>
            <th scope="col" className={head}>
              To best
            </th>
            <th scope="col" className={head}>
              Weighted
            </th>
            {kinds.map((kind) => (
              <Fragment key={kind}>
                {STEPS.map((step, i) => (
                  <th key={step.key} scope="col" className={`${head} ${i === 0 ? 'border-l border-line' : ''}`}>
                    {step.label}
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = row.ownerId ?? 'none';
            const isOpen = open.has(id);
            return (
              <Fragment key={id}>
                <tr className="border-b border-line hover:bg-hover">
                  <th scope="row" className={`${sticky} px-1 py-1 text-left font-medium text-ink`}>
                    <span className="flex items-center gap-1">
                      <IconButton
                        label={`${isOpen ? 'Hide' : 'Show'} the accounts of ${row.ownerName}`}
                        hideTooltip
                        size="sm"
                        icon={isOpen ? <ChevronDown /> : <ChevronRight />}
                        aria-expanded={isOpen}
                        onPress={() => toggle(id)}
                      />
                      <span className="truncate">{row.ownerName}</span>
                    </span>
                  </th>
                  <td className={`${cell} border-l border-line`}>
                    <Submitted
                      row={row}
                      currency={currency}
                      onSubmit={() => onSubmit(row)}
                      onExplain={() => explain.said(ofSubmissions(place, row.ownerName, [row]))}
                    />
                  </td>
                  <td className={cell}>
                    <Said
                      of={row.managerCall}
                      who={row.ownerName}
                      currency={currency}
                      onExplain={() => explain.said(ofManagerCall(place, row.ownerName, 'owner', row.managerCall))}
                      action={
                        row.can.call && row.ownerId ? (
                          <Button
                            size="sm"
                            variant="quiet"
                            onPress={() => onCall({ ownerId: row.ownerId!, name: row.ownerName, figures: row.total })}
                          >
                            {row.managerCall ? 'Again' : 'Call'}
                          </Button>
                        ) : null
                      }
                    />
                  </td>
                  <Cells
                    kinds={kinds}
                    of={row}
                    whose={{ name: row.ownerName, owner: row }}
                    explain={explain}
                    currency={currency}
                  />
                </tr>
                {isOpen && (
                  <AccountRows
                    owner={row}
                    periodId={forecast.period.id}
                    kinds={kinds}
                    restated={restated}
                    explain={explain}
                  />
                )}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot className="border-t-2 border-line-strong">
          {[...named, ...(everybody ? [everybody] : [])].map((team) => (
            <tr key={team.teamId ?? 'all'} className="border-b border-line bg-sunken">
              <th scope="row" className="sticky left-0 z-10 bg-sunken px-3 py-1.5 text-left font-semibold text-ink">
                {team.teamName}
              </th>
              <td className={`${cell} border-l border-line`}>
                {team.submitted.owners === 0 ? (
                  <Missing label="Nobody has said anything yet" />
                ) : (
                  <>
                    <FigureButton
                      label={`Called by owners, ${team.teamName}`}
                      onPress={() => explain.said(ofSubmissions(place, team.teamName, ownersOf(place, team)))}
                    >
                      <Money value={{ amount: team.submitted.commit, currency }} style="compact" />
                    </FigureButton>
                    <span className="block text-sm text-muted">
                      {team.submitted.owners} of {team.submitted.of}
                    </span>
                  </>
                )}
              </td>
              <td className={cell}>
                <Said
                  of={team.managerCall}
                  who={team.teamName}
                  currency={currency}
                  onExplain={() =>
                    explain.said(
                      ofManagerCall(place, team.teamName, team.teamId === null ? 'all' : 'team', team.managerCall),
                    )
                  }
                  action={callOf(team, forecast, onCall)}
                />
              </td>
              <Cells
                kinds={kinds}
                of={team}
                whose={{ name: team.teamName, team }}
                explain={explain}
                currency={currency}
              />
            </tr>
          ))}
        </tfoot>
      </table>
      <SumDrawer sum={explained} onClose={() => setExplained(null)} />
    </section>
  );
}

function callOf(team: Team, forecast: Forecast, onCall: ForecastTableProps['onCall']): ReactNode {
  if (!forecast.can.manage || forecast.state === 'past') return null;
  return (
    <Button
      size="sm"
      variant="quiet"
      onPress={() =>
        onCall({
          ...(team.teamId ? { teamId: team.teamId } : {}),
          name: team.teamName,
          figures: team.total,
        })
      }
    >
      {team.managerCall ? 'Again' : 'Call'}
    </Button>
  );
}

type SubmittedProps = { row: OwnerRow; currency: string; onSubmit: () => void; onExplain: () => void };

function Submitted({ row, currency, onSubmit, onExplain }: SubmittedProps) {
  const said = row.submission;
  const why = said?.staleBecause.includes('changes') ? 'the pipeline changed' : 'older than a week';
  return (
    <span className="flex flex-col items-end">
      <span className="flex items-center justify-end gap-1">
        {said ? (
          <FigureButton label={`Owner’s call, ${row.ownerName}`} onPress={onExplain}>
            <Money value={{ amount: said.commit, currency }} style="compact" />
          </FigureButton>
        ) : (
          <Missing label="Nothing submitted" />
        )}
        {row.can.submit && (
          <Button size="sm" variant="quiet" onPress={onSubmit}>
            {said ? 'Again' : 'Submit'}
          </Button>
        )}
      </span>
      {said && (
        <span className="text-sm text-muted" title={said.note || undefined}>
          {said.stale ? (
            <StatusPill variant="plain" tone="watch" label="Stale" detail={`· ${why}`} />
          ) : (
            <RelativeTime value={said.at} />
          )}
        </span>
      )}
    </span>
  );
}

type SaidProps = {
  of: OwnerRow['managerCall'];
  who: string;
  currency: string;
  onExplain: () => void;
  action: ReactNode;
};

function Said({ of, who, currency, onExplain, action }: SaidProps) {
  return (
    <span className="flex flex-col items-end">
      <span className="flex items-center justify-end gap-1">
        {of ? (
          <FigureButton label={`Manager’s call, ${who}`} onPress={onExplain}>
            <Money value={{ amount: of.commit, currency }} style="compact" />
          </FigureButton>
        ) : (
          <Missing label="No call" />
        )}
        {action}
      </span>
      {of && (
        <span className="text-sm text-muted" title={of.note || undefined}>
          {of.byName}
        </span>
      )}
    </span>
  );
}
