// The pipeline as a board: a column a stage, cards moved by drag or keyboard; won and lost ask what has to be known.
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Board } from '../../../ui/Board.tsx';
import { ErrorState, Money, Skeleton } from '../../../ui/index.ts';
import { getBoard, type Opportunity, type Stage, summariseOpportunities } from '../api.ts';
import { OpportunityCard } from './cards.tsx';
import type { ApiFilter } from './filters.ts';
import { StageSum } from './sums.tsx';
import { useOpportunityVerbs } from './useOpportunity.ts';

type Props = {
  filter: ApiFilter;
  stages: readonly Stage[];
  mayWrite: boolean;
  onOpen: (id: string) => void;
  onClose: (opportunity: Opportunity, outcome: 'won' | 'lost') => void;
};

export function PipelineBoard({ filter, stages, mayWrite, onOpen, onClose }: Props) {
  const verbs = useOpportunityVerbs();
  const board = useCall(getBoard, { query: { ...filter, perStage: 50 } } as CallInput<typeof getBoard>, {
    keepPrevious: true,
  });
  const sums = useCall(summariseOpportunities, { query: filter } as CallInput<typeof summariseOpportunities>, {
    keepPrevious: true,
  });
  if (board.error)
    return (
      <ErrorState
        title="The pipeline cannot be shown"
        text={board.error.message}
        onRetry={() => void board.refetch()}
      />
    );
  if (!board.data)
    return (
      <div className="flex gap-3">
        {stages.slice(0, 5).map((s) => (
          <Skeleton key={s.id} className="h-80 w-72 shrink-0" />
        ))}
      </div>
    );
  const items = board.data.items;
  return (
    <Board
      label="Pipeline by stage"
      columns={stages.map((stage) => {
        const sum = sums.data?.stages.find((s) => s.stageId === stage.id);
        const cards = items.filter((o) => o.stageId === stage.id);
        return {
          id: stage.id,
          label: stage.name,
          tone: stage.outcome === 'won' ? 'good' : stage.outcome === 'lost' ? 'poor' : 'neutral',
          detail: (
            <>
              {sum?.count ?? cards.length} ·{' '}
              {sum && sum.total.amount !== 0 ? (
                <StageSum sum={sum} stage={stage} filter={filter} asOf={sums.data!.asOf} />
              ) : (
                <Money value={sum?.total ?? null} style="compact" />
              )}
              {stage.outcome === 'open' && ` · ${stage.probability} %`}
            </>
          ),
          cards: cards.map((o) => ({
            id: o.id,
            label: `${o.name}, ${o.accountName}`,
            content: <OpportunityCard of={o} />,
            isFixed: !o.can.win,
          })),
          ...(sum && sum.count > cards.length
            ? { more: `${sum.count - cards.length} more: filter, or look at the table` }
            : {}),
        };
      })}
      onOpen={onOpen}
      {...(mayWrite
        ? {
            onMove: (id: string, stageId: string) => {
              const o = items.find((x) => x.id === id);
              const stage = stages.find((s) => s.id === stageId);
              if (!o || !stage || o.stageId === stageId) return;
              if (o.state !== 'open') {
                if (stage.outcome === 'open') void verbs.reopen(o);
              } else if (stage.outcome !== 'open') onClose(o, stage.outcome);
              else void verbs.move(o, stage);
            },
          }
        : {})}
    />
  );
}
