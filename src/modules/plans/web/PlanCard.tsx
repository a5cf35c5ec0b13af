// The plan on the account's overview: how complete it is, their top goals, the next milestone.
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Button, Card, Link, Meter, SkeletonRows } from '../../../ui/index.ts';
import { getPlan, listPlans } from '../api.ts';
import { goalProgress } from '../rules.ts';
import { Ring } from './Completeness.tsx';
import { quarterWords } from './words.ts';

const RANK = { theirs: 0, ours: 3, short: 0, mid: 1, long: 2 };

export default function PlanCard({ accountId }: { accountId: string }) {
  const may = useMay();
  const plans = useCall(listPlans, { query: { accountId, limit: 1 } });
  const summary = plans.data?.items[0];
  const plan = useCall(getPlan, { params: { id: summary?.id ?? '' } }, { enabled: summary !== undefined });
  const href = `/accounts/${accountId}?tab=plan`;
  if (plans.data && !summary) {
    return (
      <Card title="Plan">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">No plan yet. One page says what they want and what we do about it.</p>
          {may('plans.write') && (
            <Button size="sm" href={href}>
              Start the plan
            </Button>
          )}
        </div>
      </Card>
    );
  }
  if (!plan.data || !summary) {
    return (
      <Card title="Plan">
        <SkeletonRows rows={3} columns={2} />
      </Card>
    );
  }
  const { content } = plan.data;
  const goals = [...content.goals.items]
    .sort((a, b) => RANK[a.side] + RANK[a.horizon] - RANK[b.side] - RANK[b.horizon])
    .slice(0, 3);
  const next = content.milestones.items
    .filter((milestone) => milestone.doneOn === null)
    .sort((a, b) => a.quarter.localeCompare(b.quarter))[0];
  return (
    <Card
      title="Plan"
      actions={
        <Link href={href} className="flex items-center gap-2 text-sm">
          <Ring percent={plan.data.completeness} size={20} />
          <span className="tabular">{plan.data.completeness} % complete</span>
        </Link>
      }
    >
      {goals.length === 0 ? (
        <p className="text-muted">
          It names no goal of theirs yet. <Link href={href}>Add their top three</Link>
        </p>
      ) : (
        <ol className="flex flex-col gap-2">
          {goals.map((goal, at) => {
            const progress = goalProgress(goal);
            return (
              <li key={goal.id} className="flex items-center gap-3">
                <span className="tabular w-4 font-semibold text-accent-text">{at + 1}</span>
                <span className="min-w-0 flex-1 truncate">{goal.text || 'A goal without a name'}</span>
                {progress !== null && (
                  <Meter
                    label={`Progress of ${goal.text}`}
                    hideLabel
                    value={progress * 100}
                    tone={progress >= 1 ? 'good' : 'accent'}
                    className="w-20"
                  />
                )}
              </li>
            );
          })}
        </ol>
      )}
      {next && (
        <p className="mt-3 border-t border-line pt-3 text-sm text-muted">
          Next milestone: <span className="text-ink">{next.text || 'without a name'}</span> ·{' '}
          {quarterWords(next.quarter)}
        </p>
      )}
    </Card>
  );
}
