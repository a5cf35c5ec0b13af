// Renewals: what falls due, nearest notice deadline first, as table, board by stage, or timeline. The address holds filters and view.
import { CalendarRange, Columns3, List } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { SumStat } from '../../../kernel/web/SumStat.tsx';
import { useSession } from '../../../kernel/web/session.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { wholeList } from '../../../kernel/web/whole.ts';
import {
  Button,
  DateText,
  PageHeader,
  SearchField,
  SegmentedControl,
  Select,
  SkeletonRows,
} from '../../../ui/index.ts';
import { listRenewals, type Renewal, summariseRenewals } from '../api-renewals.ts';
import { addDays, useToday } from './days.ts';
import { type RenewalFilter, renewalRow } from './filter.ts';
import { openPoints } from './parts.tsx';
import { LIKELIHOOD, OUTCOME, optionsOf, STAGE } from './words.ts';

const RenewalTable = lazy(() => import('./RenewalTable.tsx'));
const Board = lazy(() => import('./Board.tsx'));
const Timeline = lazy(() => import('./Timeline.tsx'));

type View = 'table' | 'board' | 'timeline';

const WITHIN = {
  30: 'Next 30 days',
  60: 'Next 60 days',
  90: 'Next 90 days',
  180: 'Next 180 days',
  365: 'Next 12 months',
} as const;
const SHOW = {
  open: 'Open',
  disagreement: 'Disagreements',
  checkpoint: 'Checkpoint due',
  passed: 'Deadline passed',
  decided: 'Decided',
} as const;
type Show = keyof typeof SHOW;

function filterOf(state: ReturnType<typeof useUrlState>[0], today: string, me: string): RenewalFilter {
  const show = (typeof state.show === 'string' && state.show in SHOW ? state.show : 'open') as Show;
  const within = Number(state.within);
  return {
    state: show === 'decided' ? ['decided'] : ['open'],
    ...(show === 'disagreement' ? { disagreement: 'true' } : {}),
    ...(show === 'checkpoint' ? { checkpointDue: 'true' } : {}),
    ...(show === 'passed' ? { noticeTo: addDays(today, -1) } : {}),
    ...(within in WITHIN && show !== 'passed'
      ? { noticeFrom: addDays(today, -365), noticeTo: addDays(today, within) }
      : {}),
    ...(typeof state.likelihood === 'string' && state.likelihood in LIKELIHOOD
      ? { likelihood: [state.likelihood] }
      : {}),
    ...(state.whose === 'mine' ? { ownerId: [me] } : {}),
    ...(typeof state.q === 'string' && state.q ? { q: state.q } : {}),
  } as RenewalFilter;
}

/** The filters of the address in words. */
function filterWords(state: ReturnType<typeof useUrlState>[0]): string[] {
  const show = typeof state.show === 'string' && state.show in SHOW ? SHOW[state.show as Show].toLowerCase() : null;
  const within = WITHIN[Number(state.within) as keyof typeof WITHIN];
  const likelihood = LIKELIHOOD[state.likelihood as Renewal['likelihood']];
  return [
    show,
    within ? `deadline in the ${within.toLowerCase()}` : null,
    likelihood ? likelihood.label.toLowerCase() : null,
    state.whose === 'mine' ? 'mine' : null,
    typeof state.q === 'string' && state.q ? `with “${state.q}”` : null,
  ].filter((word) => word !== null);
}

/** Of the likelihoods that the page shows, those that are a risk; none of them: a filter that nothing fits. */
function atRiskOf(filter: RenewalFilter): Partial<RenewalFilter> {
  const likelihood = filter.likelihood as string[] | undefined;
  const risks = (['at_risk', 'critical'] as const).filter((l) => !likelihood || likelihood.includes(l));
  return risks.length ? { likelihood: risks } : { noticeFrom: '9999-12-31' };
}

type Total = AnswerOf<typeof summariseRenewals>['due'];
const CSV = ['Account', 'Contract', 'Act by', 'Notice deadline', 'Term ends', 'Falls due'].concat([
  'Likelihood',
  'Probability in %',
  'Stage',
  'Outcome',
  'Needs',
  'Next step',
  'Owner',
]);
const csvRow = (r: Renewal) => [
  r.accountName,
  r.contractName,
  r.actByOn,
  r.noticeDeadlineOn,
  r.dueOn,
  r.due,
  LIKELIHOOD[r.likelihood].label,
  r.probability,
  STAGE[r.stage],
  r.outcome ? OUTCOME[r.outcome].label : null,
  openPoints(r).join('; '),
  r.nextStep,
  r.ownerName,
];

export default function RenewalsPage() {
  usePlace({ title: 'Renewals' });
  const today = useToday();
  const { member } = useSession();
  const [state, setState] = useUrlState();
  const view: View = state.view === 'board' || state.view === 'timeline' ? state.view : 'table';
  const filter = filterOf(state, today, member.id);
  const summary = useCall(summariseRenewals, { query: filter }, { keepPrevious: true });
  const s = summary.data;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const told = filterWords(state);
  const sumOf = (metric: string, total: Total | undefined, more: Partial<RenewalFilter> = {}) =>
    s && total
      ? {
          metric,
          value: { amount: total.amount, currency: total.currency },
          asOf: s.asOf,
          missing: total.missing,
          filters: told,
          of: {
            route: listRenewals,
            input: { query: { ...filter, ...more, sort: '-value' as const, limit: 100 } },
            rowOf: renewalRow,
          },
        }
      : null;
  const filtered = ['show', 'within', 'likelihood', 'whose', 'q'].some((key) => state[key] !== undefined);
  return (
    <div className="flex flex-col md:h-full md:min-h-0">
      <PageHeader
        title="Renewals"
        subtitle={
          <>
            Every term that falls due, by the last day for notice
            {s && (
              <>
                {' · as of '}
                <DateText value={s.asOf} />
              </>
            )}
          </>
        }
        actions={
          <SegmentedControl<View>
            label="View"
            value={view}
            options={[
              { value: 'table', label: 'Table', icon: <List /> },
              { value: 'board', label: 'Board', icon: <Columns3 /> },
              { value: 'timeline', label: 'Timeline', icon: <CalendarRange /> },
            ]}
            onChange={(next) => setState({ view: next === 'table' ? undefined : next })}
          />
        }
      />
      <div className="flex min-h-0 flex-1 flex-col gap-4 p-4 md:p-6">
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
          <SumStat
            label="Shown"
            value={s?.count}
            hint={s && s.noticePassed > 0 ? `${s.noticePassed} past their deadline` : 'renewals'}
            sum={sumOf('open-renewals', s?.due)}
          />
          <SumStat label="Value that falls due" hint={missing(s?.due.missing)} sum={sumOf('open-renewals', s?.due)} />
          <SumStat label="Weighted" hint="value × probability" sum={sumOf('weighted-renewals', s?.weighted)} />
          <SumStat
            label="At risk"
            hint="at risk and critical"
            sum={sumOf('renewals-at-risk', s?.atRisk, atRiskOf(filter))}
          />
          <MetricStat
            metric="renewal-rate-value-gross"
            label="Renewal rate, 12 months"
            hint="by value, without rises"
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <SearchField
            label="Find a renewal"
            size="sm"
            className="w-full sm:w-56"
            placeholder="Account or contract"
            value={text(state.q) ?? ''}
            onChange={(q) => setState({ q: q || undefined })}
          />
          <Select<Show>
            label="Which"
            hideLabel
            size="sm"
            value={(text(state.show) as Show | null) ?? 'open'}
            options={optionsOf(SHOW)}
            onChange={(show) => setState({ show: show === 'open' ? undefined : (show ?? undefined) })}
          />
          <Select<string>
            label="Deadline within"
            hideLabel
            size="sm"
            value={text(state.within)}
            placeholder="Any deadline"
            clearLabel="Any deadline"
            onClear={() => setState({ within: undefined })}
            options={Object.entries(WITHIN).map(([value, label]) => ({ value, label }))}
            onChange={(within) => setState({ within: within ?? undefined })}
          />
          <Select<string>
            label="Likelihood"
            hideLabel
            size="sm"
            value={text(state.likelihood)}
            placeholder="Any likelihood"
            clearLabel="Any likelihood"
            onClear={() => setState({ likelihood: undefined })}
            options={Object.entries(LIKELIHOOD).map(([value, { label }]) => ({ value, label }))}
            onChange={(likelihood) => setState({ likelihood: likelihood ?? undefined })}
          />
          <SegmentedControl
            label="Whose"
            value={state.whose === 'mine' ? 'mine' : 'all'}
            options={[
              { value: 'all', label: 'All' },
              { value: 'mine', label: 'Mine' },
            ]}
            onChange={(whose) => setState({ whose: whose === 'all' ? undefined : whose })}
          />
          {filtered && (
            <Button
              size="sm"
              variant="quiet"
              onPress={() =>
                setState({ show: undefined, within: undefined, likelihood: undefined, whose: undefined, q: undefined })
              }
            >
              Reset
            </Button>
          )}
          <span className="flex-1" />
          <TakeCsv
            fileName="renewals"
            head={CSV}
            figures={{ metrics: ['renewal-due', 'renewal-probability', 'renewal-days-left'], asOf: s?.asOf ?? today }}
            rows={async () => (await wholeList(listRenewals, { query: { ...filter, limit: 200 } })).map(csvRow)}
          />
        </div>
        <Suspense fallback={<SkeletonRows rows={8} columns={5} />}>
          {view === 'board' ? (
            <Board filter={filter} summary={s} />
          ) : view === 'timeline' ? (
            <Timeline filter={filter} />
          ) : (
            <div className="h-[75vh] min-h-0 md:h-auto md:flex-1">
              <RenewalTable filter={filter} isFiltered={filtered} />
            </div>
          )}
        </Suspense>
      </div>
    </div>
  );
}

const missing = (currencies: string[] | undefined) =>
  currencies?.length ? `without ${currencies.join(', ')}: no rate` : 'a year';
