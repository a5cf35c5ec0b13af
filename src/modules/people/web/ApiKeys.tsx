// API keys: made, shown once, used by other programs, withdrawn. An admin sees and makes them for everybody.
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import {
  Badge,
  Button,
  CodeText,
  ConfirmDialog,
  EmptyState,
  PaneHeader,
  RelativeTime,
  StatusPill,
  Switch,
  toast,
} from '../../../ui/index.ts';
import { type ApiKey, listApiKeys, revokeApiKey } from '../api.ts';
import { AddApiKey } from './AddApiKey.tsx';

/** What a key is worth now. */
export function keyState(key: ApiKey, now: Date): 'works' | 'expired' | 'withdrawn' {
  if (key.revokedAt) return 'withdrawn';
  return key.expiresAt && Date.parse(key.expiresAt) <= now.getTime() ? 'expired' : 'works';
}
const STATES = {
  works: { tone: 'good', label: 'Works' },
  expired: { tone: 'watch', label: 'Expired' },
  withdrawn: { tone: 'neutral', label: 'Withdrawn' },
} as const;

export default function ApiKeys() {
  const mayManage = useMay()('members.manage');
  const { member } = useSession();
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [hasOld, setOld] = useState(false);
  const list = useList(listApiKeys, { query: { limit: 100 } });
  const revoke = useVerb(revokeApiKey);
  const now = new Date();
  const rows = list.items.filter((key) => hasOld || keyState(key, now) === 'works');
  const oldCount = list.items.length - list.items.filter((key) => keyState(key, now) === 'works').length;

  const columns: GridColumn<ApiKey>[] = [
    {
      id: 'name',
      header: 'Name',
      width: 190,
      minWidth: 140,
      text: (k) => k.name,
      cell: (k) => <span className="truncate">{k.name}</span>,
    },
    ...(hasOld
      ? [
          {
            id: 'state',
            header: 'State',
            width: 110,
            text: (k: ApiKey) => STATES[keyState(k, now)].label,
            cell: (k: ApiKey) => <StatusPill variant="plain" {...STATES[keyState(k, now)]} />,
          },
        ]
      : []),
    {
      id: 'prefix',
      header: 'Begins with',
      width: 130,
      text: (k) => k.prefix,
      cell: (k) => <CodeText>{k.prefix}…</CodeText>,
    },
    ...(mayManage
      ? [
          {
            id: 'member',
            header: 'Acts as',
            width: 150,
            text: (k: ApiKey) => k.memberName,
            cell: (k: ApiKey) => (
              <span className="flex min-w-0 items-center gap-2">
                <span className="truncate">{k.memberName}</span>
                {k.memberId === member.id && <Badge tone="accent">You</Badge>}
              </span>
            ),
          },
        ]
      : []),
    {
      id: 'lastUsed',
      header: 'Last used',
      width: 130,
      sortValue: (k) => k.lastUsedAt,
      cell: (k) => <RelativeTime value={k.lastUsedAt} />,
    },
    {
      id: 'expires',
      header: 'Ends',
      width: 125,
      sortValue: (k) => k.expiresAt,
      cell: (k) => (k.expiresAt ? <RelativeTime value={k.expiresAt} /> : <span className="text-faint">Never</span>),
    },
    {
      id: 'created',
      header: 'Made',
      width: 130,
      isHidden: true,
      sortValue: (k) => k.createdAt,
      cell: (k) => <RelativeTime value={k.createdAt} />,
    },
    {
      id: 'actions',
      header: 'Withdraw',
      width: 110,
      align: 'end',
      card: 'side',
      canHide: false,
      isSortable: false,
      cell: (k) =>
        keyState(k, now) === 'works' ? (
          <Button size="sm" variant="quiet" aria-label={`Withdraw ${k.name}`} onPress={() => setRevoking(k)}>
            Withdraw
          </Button>
        ) : null,
    },
  ];

  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="API keys"
        text={
          <>
            Other programs use OpenKAM with a key. It acts as its member, with the same rights. What can be called is
            listed in{' '}
            <a href="/openapi.json" className="text-accent-text underline underline-offset-2">
              openapi.json
            </a>
            .
          </>
        }
        actions={
          <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)}>
            New key
          </Button>
        }
      />
      <DataGrid
        label="API keys"
        columns={columns}
        rows={rows}
        rowId={(k) => k.id}
        isLoading={list.isPending}
        {...(list.error ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        {...(oldCount > 0
          ? {
              toolbar: (
                <Switch
                  label={`Also ${oldCount} that no longer ${oldCount === 1 ? 'works' : 'work'}`}
                  isSelected={hasOld}
                  onChange={setOld}
                />
              ),
            }
          : {})}
        empty={
          <EmptyState
            icon={<KeyRound />}
            title="No keys in use"
            text="Make one for a spreadsheet, a data warehouse or a script, and give each its own: then one can be withdrawn without the others."
            actions={<Button onPress={() => setAdding(true)}>New key</Button>}
          />
        }
      />
      {isAdding && <AddApiKey onClose={() => setAdding(false)} />}
      {revoking && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && setRevoking(null)}
          title={`Withdraw ${revoking.name}?`}
          text={
            <>
              Whatever uses it stops working at once, and this cannot be undone.
              {revoking.lastUsedAt && (
                <>
                  {' '}
                  It was last used <RelativeTime value={revoking.lastUsedAt} />.
                </>
              )}
            </>
          }
          confirmLabel="Withdraw"
          onConfirm={async () => {
            await revoke.mutateAsync({ params: { id: revoking.id } });
            toast.show({ title: `${revoking.name} is withdrawn` });
          }}
        />
      )}
    </div>
  );
}
