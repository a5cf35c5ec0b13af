// The forecast of a quarter: what stands by owner and kind, what was called, what changed since last week, how near earlier calls came.
import { Camera, Ellipsis, FileClock } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Banner,
  Button,
  DateText,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  Select,
  SkeletonRows,
  Switch,
  toast,
  useIsPhone,
} from '../../../ui/index.ts';
import { getForecast, listPeriods, type OwnerRow, takeSnapshot } from '../api-forecast.ts';
import { AccuracyCard, CalibrationCard } from './AccuracyCard.tsx';
import { ForecastCards } from './ForecastCards.tsx';
import { ForecastTable } from './ForecastTable.tsx';
import { ForecastTiles } from './ForecastTiles.tsx';
import { COLUMNS } from './forecastFigures.tsx';
import { csvOf, kindsIn } from './forecastTable.ts';
import { OpportunityDrawer } from './OpportunityDrawer.tsx';
import { RestateDialog } from './RestateDialog.tsx';
import { ManagerCall, SubmitForecast } from './SubmitForecast.tsx';
import { periodLabel } from './words.ts';

const WaterfallCard = lazy(async () => ({ default: (await import('./WaterfallCard.tsx')).WaterfallCard }));

type Calling = Parameters<typeof ManagerCall>[0]['of'];
const one = (value: unknown): string => (typeof value === 'string' ? value : '');

export default function ForecastPage() {
  usePlace({ title: 'Forecast' });
  const { member } = useSession();
  const isPhone = useIsPhone();
  const [state, setState] = useUrlState();
  const [submitting, setSubmitting] = useState<OwnerRow | null>(null);
  const [calling, setCalling] = useState<Calling | null>(null);
  const [isRestating, setRestating] = useState(false);
  const period = one(state.period);
  const teamId = one(state.team);
  const restated = one(state.restated) === 'yes';
  const scope = teamId ? { teamId } : {};
  const periods = useCall(listPeriods, {}, { staleTime: 60_000 });
  const found = useCall(
    getForecast,
    {
      query: { ...(period ? { period } : {}), ...scope, ...(restated ? { restated: 'true' } : {}) },
    } as CallInput<typeof getForecast>,
    { keepPrevious: true },
  );
  const snapshot = useVerb(takeSnapshot, { refreshes: ['forecast.'] });
  const f = found.data;
  const mine = f?.rows.find((r) => r.ownerId === member.id);
  const everybody = f?.teams.find((t) => t.teamId === (teamId || null)) ?? f?.teams[0];
  const opened = one(state.opportunity);

  const takeNow = () =>
    void snapshot
      .mutateAsync({ body: {} })
      .then(() => toast.show({ title: 'Snapshot taken', tone: 'good' }))
      .catch((error: unknown) => toast.show({ title: 'No snapshot', text: asProblem(error).message, tone: 'poor' }));

  return (
    <div className="mx-auto flex w-full max-w-[110rem] flex-col gap-5 px-4 pt-3 pb-8 md:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
          <h1 className="self-center text-xl font-semibold tracking-tight">Forecast</h1>
          <Select
            label="Quarter"
            hideLabel
            value={f?.period.id ?? null}
            placeholder="Quarter"
            options={(periods.data?.items ?? []).map((p) => ({
              value: p.id,
              label: periodLabel(p.id),
              description:
                p.state === 'present' ? 'now' : p.frozenAt ? 'closed' : p.state === 'past' ? 'over' : 'to come',
            }))}
            onChange={(next) =>
              setState({ period: next === periods.data?.present ? undefined : next, restated: undefined })
            }
          />
          {f && (f.teams.length > 1 || teamId) && (
            <TeamSelect teamId={teamId} onChange={(next) => setState({ team: next || undefined })} forecast={f} />
          )}
          {f && (
            <span className="pb-2 text-sm text-muted">
              In {f.currency}, as of <DateText value={f.frozenAt?.slice(0, 10) ?? f.asOf} />
            </span>
          )}
        </div>
        <div className="flex items-center gap-2">
          {f?.can.submit && mine?.can.submit && (
            <Button variant="primary" onPress={() => setSubmitting(mine)}>
              {mine.submission ? 'Submit again' : 'Submit my forecast'}
            </Button>
          )}
          {f && f.rows.length > 0 && (
            <TakeCsv
              label="Export the forecast as CSV"
              fileName={`forecast-${f.period.id}`}
              head={csvOf(f).head}
              rows={() => csvOf(f).rows}
              figures={{
                metrics: ['forecast-called', 'forecast-manager-call', ...Object.values(COLUMNS).map((c) => c.metric)],
                asOf: f.frozenAt?.slice(0, 10) ?? f.asOf,
              }}
            />
          )}
          {f?.can.manage && (
            <Menu
              label="More for the forecast"
              placement="bottom end"
              items={[
                { id: 'snapshot', label: 'Take a snapshot now', icon: <Camera />, onAction: takeNow },
                ...(f.frozenAt
                  ? [
                      {
                        id: 'restate',
                        label: 'Restate this quarter',
                        icon: <FileClock />,
                        onAction: () => setRestating(true),
                      },
                    ]
                  : []),
              ]}
              trigger={<IconButton label="More" icon={<Ellipsis />} />}
            />
          )}
        </div>
      </div>

      {f?.frozenAt && (
        <Banner tone="info" title={`${periodLabel(f.period.id)} is closed`}>
          <div className="flex flex-col gap-2">
            <span>
              {restated && f.restatements.length > 0 ? 'Shown as last restated.' : 'Shown as it closed on'}{' '}
              {!(restated && f.restatements.length > 0) && <DateText value={f.frozenAt.slice(0, 10)} />}
            </span>
            {f.restatements.map((r) => (
              <span key={r.snapshotId}>
                Restated on <DateText value={r.at.slice(0, 10)} />
                {r.byName && ` by ${r.byName}`}: {r.note}
              </span>
            ))}
            {f.restatements.length > 0 && (
              <Switch
                label="Show as last restated"
                isSelected={restated}
                onChange={(on) => setState({ restated: on ? 'yes' : undefined })}
              />
            )}
          </div>
        </Banner>
      )}
      {f && f.missing.length > 0 && (
        <Banner tone="watch">
          No exchange rate is known for {f.missing.join(', ')}: amounts in {f.missing.length === 1 ? 'it' : 'them'} are
          left out.
        </Banner>
      )}
      {f && f.slipped > 0 && (
        <Banner
          tone="watch"
          actions={
            <Button size="sm" href="/pipeline?view=table&late=yes">
              Look at them
            </Button>
          }
        >
          {f.slipped === 1 ? 'One open opportunity has' : `${f.slipped} open opportunities have`} a close day before
          this quarter and count nowhere.
        </Banner>
      )}

      {found.error ? (
        <ErrorState
          title="The forecast cannot be shown"
          text={found.error.message}
          onRetry={() => void found.refetch()}
        />
      ) : !f ? (
        <SkeletonRows rows={8} columns={8} />
      ) : (
        <>
          <ForecastTiles forecast={f} sums={everybody} scope={scope} restated={restated} />
          {f.rows.length === 0 ? (
            <EmptyState
              title="Nothing stands in this quarter"
              text="Opportunities that are expected to close in it, and what was won in it, show here."
              actions={<Button href="/pipeline">Open the pipeline</Button>}
            />
          ) : isPhone ? (
            <ForecastCards
              forecast={f}
              restated={restated}
              scope={scope}
              onSubmit={setSubmitting}
              onCall={setCalling}
            />
          ) : (
            <ForecastTable
              forecast={f}
              restated={restated}
              scope={scope}
              onSubmit={setSubmitting}
              onCall={setCalling}
            />
          )}
          <Suspense fallback={<SkeletonRows rows={6} columns={2} />}>
            <WaterfallCard
              period={f.period.id}
              scope={scope}
              onOpen={(opportunity) => setState({ opportunity }, { push: true })}
            />
          </Suspense>
          <div className="grid gap-5 xl:grid-cols-2">
            <AccuracyCard scope={scope} asOf={f.asOf} />
            <CalibrationCard scope={scope} asOf={f.asOf} />
          </div>
        </>
      )}

      {submitting && f && (
        <SubmitForecast
          row={submitting}
          period={f.period}
          currency={f.currency}
          kinds={kindsIn([submitting])}
          isMe={submitting.ownerId === member.id}
          onClose={() => setSubmitting(null)}
        />
      )}
      {calling && f && (
        <ManagerCall of={calling} period={f.period} currency={f.currency} onClose={() => setCalling(null)} />
      )}
      {isRestating && f && <RestateDialog period={f.period} onClose={() => setRestating(false)} />}
      {opened && <OpportunityDrawer key={opened} id={opened} onClose={() => setState({ opportunity: undefined })} />}
    </div>
  );
}

type Forecast = NonNullable<ReturnType<typeof useCall<typeof getForecast>>['data']>;

function TeamSelect({
  teamId,
  onChange,
  forecast,
}: {
  teamId: string;
  onChange: (id: string) => void;
  forecast: Forecast;
}) {
  const [known] = useState(() => forecast.teams);
  return (
    <Select
      label="Team"
      hideLabel
      value={teamId || 'all'}
      options={known.map((t) => ({ value: t.teamId ?? 'all', label: t.teamName }))}
      onChange={(next) => onChange(next === 'all' ? '' : next)}
    />
  );
}
