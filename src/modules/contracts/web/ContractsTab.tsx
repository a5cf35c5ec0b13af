// The contracts of one account, what they bring, and what falls due next.
import { FileSignature, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import {
  Button,
  DateText,
  EmptyState,
  ErrorState,
  Link,
  Missing,
  Money,
  SkeletonRows,
  StatusPill,
} from '../../../ui/index.ts';
import { type Contract, listContracts } from '../api.ts';
import { listRenewals, type Renewal } from '../api-renewals.ts';
import { GiveGet } from './GiveGet.tsx';
import { Deadline, StandPill } from './parts.tsx';
import { STATUS } from './words.ts';

const AddContract = lazy(() => import('./AddContract.tsx'));

export default function ContractsTab({ accountId }: { accountId: string }) {
  const mayWrite = useMay()('contracts.write');
  const contracts = useList(listContracts, { query: { accountId, sort: '-ends', limit: 100 } });
  const renewals = useList(listRenewals, { query: { accountId: [accountId], sort: 'notice', limit: 100 } });
  const [isAdding, setAdding] = useState(false);
  const adding = isAdding && (
    <Suspense fallback={null}>
      <AddContract accountId={accountId} onClose={() => setAdding(false)} />
    </Suspense>
  );
  if (contracts.isPending) return <SkeletonRows rows={5} columns={4} />;
  if (contracts.error) return <ErrorState text={contracts.error.message} onRetry={() => void contracts.refetch()} />;
  if (contracts.items.length === 0)
    return (
      <>
        <EmptyState
          icon={<FileSignature />}
          title="No contract yet"
          text="Add what is signed: lines, term and notice period. The renewal, its notice deadline and checkpoints come by themselves."
          actions={
            mayWrite ? (
              <Button variant="primary" onPress={() => setAdding(true)}>
                Add contract
              </Button>
            ) : undefined
          }
        />
        {adding}
      </>
    );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {mayWrite && (
        <Button className="self-start" icon={<Plus />} onPress={() => setAdding(true)}>
          Add contract
        </Button>
      )}
      <ul className="flex flex-col gap-3">
        {contracts.items.map((c) => (
          <ContractRow key={c.id} contract={c} renewal={renewals.items.find((r) => r.id === c.renewalId)} />
        ))}
      </ul>
      <GiveGet accountId={accountId} mayWrite={mayWrite} />
      {adding}
    </div>
  );
}

function ContractRow({ contract: c, renewal: r }: { contract: Contract; renewal: Renewal | undefined }) {
  return (
    <li className="grid gap-x-6 gap-y-2 rounded-ui border border-line bg-surface p-4 md:grid-cols-[minmax(0,1fr)_9rem_12rem_11rem]">
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <Link href={`/contracts/${c.id}`} tone="text" className="truncate text-lg font-semibold">
            {c.name}
          </Link>
          {c.status !== 'active' && <StatusPill tone={STATUS[c.status].tone} label={STATUS[c.status].label} />}
        </div>
        <p className="text-sm text-muted">
          <DateText value={c.startsOn} /> – {c.endsOn ? <DateText value={c.endsOn} /> : 'open-ended'}
          {c.number && ` · ${c.number}`}
          {c.autoRenews && ' · renews by itself'}
        </p>
      </div>
      <div>
        <p className="text-sm text-muted">A year</p>
        <p className="tabular font-medium">
          <MetricButton metric="contract-value" query={{ of: c.id }} label={`Value of a year of ${c.name}`}>
            <Money value={c.arr} />
          </MetricButton>
        </p>
      </div>
      <div>
        <p className="text-sm text-muted">{c.noticeDeadlineOn ? 'Notice deadline' : 'Term ends'}</p>
        {r ? <Deadline renewal={r} /> : c.endsOn ? <DateText value={c.endsOn} /> : <Missing label="None" />}
      </div>
      <div>
        <p className="text-sm text-muted">Renewal</p>
        {r ? (
          <Link href={`/renewals/${r.id}`} tone="text">
            <StandPill renewal={r} />
            <span className="sr-only">, renewal of {c.name}</span>
          </Link>
        ) : (
          <Missing label="None due" />
        )}
      </div>
    </li>
  );
}
