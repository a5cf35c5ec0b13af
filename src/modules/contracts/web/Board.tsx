// Renewals as a board: a column a stage, the nearest deadline on top. A card moves by its menu.
import { MoreHorizontal } from 'lucide-react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { asProblem } from '../../../kernel/web/submit.ts';
import {
  Button,
  cx,
  ErrorState,
  IconButton,
  Link,
  Menu,
  Money,
  Skeleton,
  StatusPill,
  toast,
} from '../../../ui/index.ts';
import { STAGES } from '../api.ts';
import { listRenewals, type Renewal, type summariseRenewals, updateRenewal } from '../api-renewals.ts';
import { useToday } from './days.ts';
import { type RenewalFilter, renewalRow } from './filter.ts';
import { Deadline, openPoints, StandPill } from './parts.tsx';
import { STAGE } from './words.ts';

type Stage = Renewal['stage'];
type Summary = AnswerOf<typeof summariseRenewals> | undefined;

export default function Board({ filter, summary }: { filter: RenewalFilter; summary: Summary }) {
  return (
    <section
      aria-label="Renewals by stage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      className="scroll-quiet flex min-h-96 flex-1 gap-3 overflow-x-auto rounded-ui pb-2"
    >
      {STAGES.map((stage) => (
        <Column key={stage} stage={stage} filter={filter} sum={summary?.byStage.find((s) => s.stage === stage)} />
      ))}
    </section>
  );
}

function Column({
  stage,
  filter,
  sum,
}: {
  stage: Stage;
  filter: RenewalFilter;
  sum: NonNullable<Summary>['byStage'][number] | undefined;
}) {
  const shown: RenewalFilter = stage === 'decided' ? { ...filter, state: ['decided'] } : filter;
  const today = useToday();
  const list = useList(listRenewals, {
    query: { ...shown, stage: [stage], sort: stage === 'decided' ? '-due' : 'notice', limit: 30 },
  });
  return (
    <section
      aria-label={STAGE[stage]}
      className="flex w-72 shrink-0 flex-col overflow-hidden rounded-ui border border-line bg-sunken/50"
    >
      <header className="flex items-baseline justify-between gap-2 border-b border-line bg-surface px-3 py-2.5">
        <h2 className="text-base font-semibold">{STAGE[stage]}</h2>
        <span className="tabular text-sm text-muted">
          {sum ? sum.count : ''}{' '}
          {sum && sum.count > 0 && (
            <SumButton
              label={`${STAGE[stage]}: falls due`}
              sum={{
                metric: 'open-renewals',
                value: { amount: sum.due.amount, currency: sum.due.currency },
                asOf: today,
                filters: [STAGE[stage].toLowerCase()],
                missing: sum.due.missing,
                of: {
                  route: listRenewals,
                  input: { query: { ...shown, stage: [stage], sort: '-value' as const, limit: 100 } },
                  rowOf: renewalRow,
                },
              }}
            />
          )}
        </span>
      </header>
      <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-2">
        {list.isPending && <Skeleton className="h-24 w-full" />}
        {list.error && <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />}
        {!list.isPending && list.items.length === 0 && <p className="px-1 py-2 text-sm text-muted">Nothing here</p>}
        {list.items.map((r) => (
          <Card key={r.id} renewal={r} />
        ))}
        {list.hasNextPage && (
          <Button
            size="sm"
            variant="quiet"
            isLoading={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </div>
    </section>
  );
}

function Card({ renewal: r }: { renewal: Renewal }) {
  const move = useVerb(updateRenewal, { refreshes: ['renewals.', 'insights.'] });
  const points = openPoints(r);
  const to = async (stage: Exclude<Stage, 'decided'>) => {
    try {
      await move.mutateAsync({ params: { id: r.id }, body: { version: r.version, stage } });
      toast.show({
        title: `${r.accountName}: ${STAGE[stage].toLowerCase()}`,
        tone: 'good',
        action: {
          label: 'Undo',
          onAction: () =>
            void move.mutateAsync({ params: { id: r.id }, body: { stage: r.stage as Exclude<Stage, 'decided'> } }),
        },
      });
    } catch (reason) {
      toast.show({ title: 'It could not be moved', text: asProblem(reason).message, tone: 'poor' });
    }
  };
  return (
    <article
      className={cx(
        'flex flex-col gap-1.5 rounded-ui border border-line bg-surface p-2.5',
        move.isPending && 'opacity-60',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <Link href={`/renewals/${r.id}`} tone="text" className="min-w-0 font-medium">
          {r.accountName}
        </Link>
        {r.can.update && (
          <Menu
            label={`Move ${r.accountName}`}
            trigger={<IconButton label={`Move ${r.accountName}`} icon={<MoreHorizontal />} size="sm" />}
            items={[
              {
                heading: 'Move to',
                items: STAGES.filter((s): s is Exclude<Stage, 'decided'> => s !== 'decided').map((s) => ({
                  id: s,
                  label: STAGE[s],
                  isSelected: s === r.stage,
                  onAction: () => void to(s),
                })),
              },
              { id: 'decide', label: 'Decide…', href: `/renewals/${r.id}?decide=1` },
            ]}
          />
        )}
      </div>
      <p className="truncate text-sm text-muted">{r.contractName}</p>
      <div className="flex items-center justify-between gap-2 text-sm">
        <Deadline renewal={r} />
        <span className="tabular font-medium">
          <Money value={r.due} style="compact" />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <StandPill renewal={r} />
      </div>
      {points[0] && <StatusPill variant="plain" tone="watch" label={points[0]} />}
    </article>
  );
}
