// The decision log: who decided what, why, and what followed. Endless, by account.
import { Gavel } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useList } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { Badge, cx, DateText, EmptyState, Missing, type Option, RelativeTime } from '../../../ui/index.ts';
import { AccountField } from '../../accounts/web/index.ts';
import { listDecisions } from '../api.ts';
import { DECISION_TONE, DECISION_WORD, type DecisionRow } from './words.ts';

export default function DecisionsTab({ onOpen }: { onOpen: (id: string) => void }) {
  const [state, setState] = useUrlState();
  const accountId = typeof state.of === 'string' ? state.of : undefined;
  const [account, setAccount] = useState<Option | null>(null);
  const log = useList(listDecisions, { query: { limit: 50, ...(accountId ? { accountId } : {}) } });
  // The address knows only the id; the first row brings the name.
  const known = log.items.find((d) => d.accountId === accountId)?.accountName;
  useEffect(() => {
    if (accountId && known && account?.value !== accountId) setAccount({ value: accountId, label: known });
  }, [accountId, known, account]);
  const columns = useMemo(() => makeColumns(), []);
  return (
    <DataGrid<DecisionRow>
      label="Decisions"
      columns={columns}
      rows={log.items}
      rowId={(d) => d.id}
      rowLabel={(d) => `${d.accountName}: ${DECISION_WORD[d.decision]}`}
      onOpen={(d) => onOpen(d.accountId)}
      isLoading={log.isPending}
      error={log.error?.message}
      onRetry={() => void log.refetch()}
      hasMore={log.hasNextPage}
      isLoadingMore={log.isFetchingNextPage}
      onLoadMore={() => void log.fetchNextPage()}
      toolbar={
        <div className="w-full max-w-72">
          <AccountField
            label="Account"
            hideLabel
            placeholder="Decisions on one account"
            value={accountId ? account : null}
            onChange={(next) => {
              setAccount(next);
              setState({ of: next?.value });
            }}
          />
        </div>
      }
      empty={
        <EmptyState
          icon={<Gavel />}
          title={accountId ? 'Nothing decided on this account' : 'Nothing decided yet'}
          text="Decisions are made in the review or at an account. Each keeps its reason and the day to look again."
        />
      }
    />
  );
}

const makeColumns = (): GridColumn<DecisionRow>[] => [
  {
    id: 'account',
    header: 'Account',
    width: 200,
    text: (d) => d.accountName,
    cell: (d) => <span className={cx('truncate', d.withdrawnAt && 'text-muted')}>{d.accountName}</span>,
    card: 'title',
  },
  {
    id: 'decision',
    header: 'Decision',
    width: 170,
    text: (d) => DECISION_WORD[d.decision] + (d.withdrawnAt ? ', withdrawn' : ''),
    cell: (d) => (
      <span className="flex items-center gap-1.5">
        <Badge tone={d.withdrawnAt ? 'outline' : DECISION_TONE[d.decision]}>{DECISION_WORD[d.decision]}</Badge>
        {d.withdrawnAt && <span className="text-sm text-muted">withdrawn</span>}
      </span>
    ),
    card: 'side',
  },
  {
    id: 'reason',
    header: 'Reason',
    width: 360,
    minWidth: 220,
    text: (d) => d.reason,
    cell: (d) => (
      <span className="truncate" title={d.reason}>
        {d.reason}
      </span>
    ),
  },
  {
    id: 'when',
    header: 'Decided',
    width: 120,
    sortValue: (d) => d.decidedAt,
    text: (d) => d.decidedAt,
    cell: (d) => <RelativeTime value={d.decidedAt} />,
  },
  {
    id: 'by',
    header: 'By',
    width: 130,
    text: (d) => d.decidedBy ?? '',
    cell: (d) => (d.decidedBy ? <span className="truncate">{d.decidedBy}</span> : <Missing />),
  },
  {
    id: 'suggested',
    header: 'Suggested was',
    width: 120,
    text: (d) => (d.suggested ? DECISION_WORD[d.suggested] : ''),
    cell: (d) =>
      d.suggested === null ? (
        <Missing label="No review yet" />
      ) : (
        <span className={d.suggested === d.decision ? 'text-muted' : 'text-watch-text'}>
          {DECISION_WORD[d.suggested]}
        </span>
      ),
  },
  {
    id: 'tier',
    header: 'Tier',
    width: 140,
    text: (d) =>
      d.tierBefore === d.tierAfter ? (d.tierAfter ?? '') : `${d.tierBefore ?? '–'} → ${d.tierAfter ?? '–'}`,
    cell: (d) =>
      d.tierBefore === d.tierAfter ? (
        (d.tierAfter ?? <Missing />)
      ) : (
        <span className="truncate">
          {d.tierBefore ?? 'none'} → {d.tierAfter ?? 'none'}
        </span>
      ),
  },
  {
    id: 'next',
    header: 'Look again',
    width: 120,
    sortValue: (d) => d.nextReviewOn,
    text: (d) => d.nextReviewOn,
    cell: (d) => <DateText value={d.nextReviewOn} />,
  },
  {
    id: 'over',
    header: 'Over capacity',
    align: 'end',
    width: 110,
    isHidden: true,
    sortValue: (d) => d.overCapacityBy,
    text: (d) => (d.overCapacityBy > 0 ? String(d.overCapacityBy) : ''),
    cell: (d) => (d.overCapacityBy > 0 ? d.overCapacityBy : <Missing label="No" />),
  },
];
