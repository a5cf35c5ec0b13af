// The next renewal of an account, on its overview: until when notice can be given, how likely it is, what it still needs.
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useCall } from '../../../kernel/web/queries.ts';
import { Card, Link, Money, StatusPill } from '../../../ui/index.ts';
import { listRenewals } from '../api-renewals.ts';
import { Deadline, openPoints, StandPill } from './parts.tsx';

export default function NextRenewal({ accountId }: { accountId: string }) {
  const list = useCall(listRenewals, { query: { accountId: [accountId], state: ['open'], sort: 'notice', limit: 2 } });
  const [next, another] = list.data?.items ?? [];
  // An account without contracts has its tab to begin with: an empty card here would only be in the way.
  if (!next) return null;
  return (
    <Card
      title="Next renewal"
      footer={another && <Link href={`/accounts/${accountId}?tab=contracts`}>All contracts</Link>}
    >
      <div className="flex flex-col gap-2">
        <div className="flex items-baseline justify-between gap-2">
          <Link href={`/renewals/${next.id}`} className="min-w-0 truncate">
            {next.contractName}
          </Link>
          <span className="tabular font-medium">
            <MetricButton metric="renewal-due" query={{ of: next.id }} label="Falls due">
              <Money value={next.due} style="compact" />
            </MetricButton>
          </span>
        </div>
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm text-muted">{next.noticeDeadlineOn ? 'Notice until' : 'Ends'}</span>
          <Deadline renewal={next} />
        </div>
        <StandPill renewal={next} />
        {openPoints(next).map((point) => (
          <StatusPill key={point} variant="plain" tone="watch" label={point} />
        ))}
      </div>
    </Card>
  );
}
