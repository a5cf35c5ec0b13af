// The plan on the account's page, or the way to start it.
import { useCall } from '../../../kernel/web/queries.ts';
import { ErrorState, SkeletonRows } from '../../../ui/index.ts';
import { getPlan, listPlans } from '../api.ts';
import { PlanSheet } from './PlanSheet.tsx';
import { StartPlan } from './StartPlan.tsx';

export default function PlanTab({ accountId }: { accountId: string }) {
  const plans = useCall(listPlans, { query: { accountId, limit: 1 } });
  const id = plans.data?.items[0]?.id;
  const plan = useCall(getPlan, { params: { id: id ?? '' } }, { enabled: id !== undefined });
  const failed = [plans, plan].find((query) => query.error && !query.data);
  if (failed) return <ErrorState text={failed.error?.message} onRetry={() => void failed.refetch()} />;
  if (plans.data && !id) return <StartPlan accountId={accountId} />;
  if (!plan.data) return <SkeletonRows rows={10} columns={3} />;
  return <PlanSheet page={plan.data} showsAccount={false} />;
}
