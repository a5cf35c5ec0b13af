// The forecast as a table: an owner a row, opened to their accounts; kinds of business × closed, commit, best case, pipeline; what was called.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Button, IconButton, Link, Missing, Money, RelativeTime, StatusPill } from '../../../ui/index.ts';
import { type Figures, type getForecast, getForecastAccounts, type OwnerRow } from '../api-forecast.ts';
import { kindsIn, type ShownKind, STEPS } from './forecastTable.ts';
import { KIND_WORDS } from './words.ts';

type Forecast = AnswerOf<typeof getForecast>;
type Team = Forecast['teams'][number];
export type ForecastTableProps = {
  forecast: Forecast;
  restated: boolean;
  onSubmit: (row: OwnerRow) => void;
  onCall: (of: { ownerId?: string; teamId?: string; name: string; figures: Figures }) => void;
};

const head = 'px-2 py-1.5 text-right text-sm font-medium whitespace-nowrap text-muted';
const cell = 'tabular px-2 py-1.5 text-right whitespace-nowrap';
const sticky = 'sticky left-0 z-10 bg-surface';

export function ForecastTable({ forecast, restated, onSubmit, onCall }: ForecastTableProps) {
  const { rows, teams, currency } = forecast;
  const kinds = kindsIn(rows);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
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
                    <Submitted row={row} currency={currency} onSubmit={() => onSubmit(row)} />
                  </td>
                  <td className={cell}>
                    <Said
                      of={row.managerCall}
                      currency={currency}
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
                  <Cells kinds={kinds} of={row} currency={currency} />
                </tr>
                {isOpen && (
                  <AccountRows ownerId={row.ownerId} periodId={forecast.period.id} kinds={kinds} restated={restated} />
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
                    <Money value={{ amount: team.submitted.commit, currency }} style="compact" />
                    <span className="block text-sm text-muted">
                      {team.submitted.owners} of {team.submitted.of}
                    </span>
                  </>
                )}
              </td>
              <td className={cell}>
                <Said of={team.managerCall} currency={currency} action={callOf(team, forecast, onCall)} />
              </td>
              <Cells kinds={kinds} of={team} currency={currency} />
            </tr>
          ))}
        </tfoot>
      </table>
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

type Sums = { kinds: Partial<Record<ShownKind, Figures>>; total: Figures };

function Cells({ kinds, of, currency }: { kinds: readonly ShownKind[]; of: Sums; currency: string }) {
  const amount = (value: number) => (
    <Money value={{ amount: value, currency }} style="compact" className={value === 0 ? 'text-faint' : ''} />
  );
  return (
    <>
      <td className={`${cell} border-l border-line font-medium text-ink`}>{amount(of.total.upToCommit)}</td>
      <td className={cell}>{amount(of.total.upToBest)}</td>
      <td className={cell}>{amount(of.total.weighted)}</td>
      {kinds.map((kind) => (
        <Fragment key={kind}>
          {STEPS.map((step, i) => (
            <td key={step.key} className={`${cell} ${i === 0 ? 'border-l border-line' : ''}`}>
              {amount(of.kinds[kind]?.[step.key] ?? 0)}
            </td>
          ))}
        </Fragment>
      ))}
    </>
  );
}

function Submitted({ row, currency, onSubmit }: { row: OwnerRow; currency: string; onSubmit: () => void }) {
  const said = row.submission;
  const why = said?.staleBecause.includes('changes') ? 'the pipeline changed' : 'older than a week';
  return (
    <span className="flex flex-col items-end">
      <span className="flex items-center justify-end gap-1">
        {said ? (
          <Money value={{ amount: said.commit, currency }} style="compact" />
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

function Said({ of, currency, action }: { of: OwnerRow['managerCall']; currency: string; action: ReactNode }) {
  return (
    <span className="flex flex-col items-end">
      <span className="flex items-center justify-end gap-1">
        {of ? <Money value={{ amount: of.commit, currency }} style="compact" /> : <Missing label="No call" />}
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

type AccountProps = { ownerId: string | null; periodId: string; kinds: readonly ShownKind[]; restated: boolean };

function AccountRows({ ownerId, periodId, kinds, restated }: AccountProps) {
  const found = useCall(getForecastAccounts, {
    query: {
      period: periodId,
      ...(ownerId ? { ownerId: [ownerId] } : {}),
      ...(restated ? { restated: 'true' } : {}),
    },
  } as CallInput<typeof getForecastAccounts>);
  const wide = kinds.length * STEPS.length + 6;
  const line = (children: ReactNode) => (
    <tr className="border-b border-line">
      <td colSpan={wide} className="py-1.5 pl-10 text-sm text-muted">
        {children}
      </td>
    </tr>
  );
  if (found.error) return line(found.error.message);
  if (!found.data) return line('Loading…');
  const { items, currency } = found.data;
  if (items.length === 0) return line('Nothing stands in this quarter.');
  return (
    <>
      {items.map((a) => (
        <tr key={a.accountId} className="border-b border-line text-muted">
          <th scope="row" className={`${sticky} py-1 pr-2 pl-10 text-left font-normal`}>
            <Link href={`/accounts/${a.accountId}?tab=pipeline`} tone="text">
              {a.accountName}
            </Link>
          </th>
          <td colSpan={2} className="border-l border-line" />
          <Cells kinds={kinds} of={a} currency={currency} />
        </tr>
      ))}
    </>
  );
}
