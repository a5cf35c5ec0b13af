// One plan on a page of its own.
import { useParams } from '@tanstack/react-router';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Button, EmptyState, ErrorState, SkeletonRows } from '../../../ui/index.ts';
import { getPlan } from '../api.ts';
import { PlanSheet } from './PlanSheet.tsx';

export default function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const plan = useCall(getPlan, { params: { id } });
  usePlace(
    plan.data
      ? { title: `Plan of ${plan.data.accountName}`, above: [{ label: 'Plans', href: '/plans' }], isThing: true }
      : null,
  );
  if (plan.error && !plan.data) {
    return plan.error.status === 404 || plan.error.status === 422 ? (
      <EmptyState
        title="There is no such plan, or you may not see it"
        text="Its account may have been given to somebody else."
        actions={<Button href="/plans">All plans</Button>}
      />
    ) : (
      <ErrorState text={plan.error.message} onRetry={() => void plan.refetch()} />
    );
  }
  return (
    <div className="p-4 md:p-6">
      {plan.data ? (
        <>
          <h1 className="sr-only">Plan of {plan.data.accountName}</h1>
          <PlanSheet page={plan.data} showsAccount />
        </>
      ) : (
        <SkeletonRows rows={10} columns={3} />
      )}
    </div>
  );
}
