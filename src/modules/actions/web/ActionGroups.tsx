// A list of actions in groups by urgency; what is done is folded away and asked for only when opened.
import { ChevronRight, CircleCheckBig } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { Button, Card, cx, EmptyState, ErrorState, SkeletonRows } from '../../../ui/index.ts';
import { type Action, getAction, listActions } from '../api.ts';
import { ActionRow } from './ActionRow.tsx';
import { useToday } from './days.ts';
import { GROUP_WORDS, type Group, grouped } from './groups.ts';

const AddAction = lazy(() => import('./AddAction.tsx'));

type Props = {
  /** In the words of `actions.list`, without status. */
  filter: Record<string, unknown>;
  hidesAccount?: boolean;
  empty: ReactNode;
};

export function ActionGroups({ filter, hidesAccount = false, empty }: Props) {
  const today = useToday();
  const [state, setState] = useUrlState();
  const [editing, setEditing] = useState<Action | null>(null);
  const showsDone = state.done === 'true';
  const ask = (more: Record<string, unknown>) =>
    ({ query: { ...filter, limit: 100, ...more } }) as CallInput<typeof listActions>;
  const open = useList(listActions, ask({ status: ['open'], sort: 'due' }));
  const closed = useList(listActions, ask({ status: ['done', 'dropped'], sort: '-updatedAt' }), {
    enabled: showsDone,
  });
  const litId = typeof state.action === 'string' ? state.action : null;
  const lit = useCall(getAction, { params: { id: litId ?? '' } }, { enabled: litId !== null });
  if (open.isPending) return <SkeletonRows rows={6} columns={3} />;
  if (open.isError && open.items.length === 0)
    return <ErrorState text={open.error.message} onRetry={() => void open.refetch()} />;
  const known = new Set(closed.items.map((a) => a.id));
  const all = [...open.items.filter((a) => !known.has(a.id)), ...(showsDone ? closed.items : [])];
  // A hit of the search may lie beyond what is loaded.
  if (lit.data && !all.some((a) => a.id === lit.data.id)) all.unshift(lit.data);
  // Just ticked: it stays where the eye is until the list is asked again.
  const groups = grouped(all, today);
  const section = (group: Group, actions: readonly Action[]) => (
    <Card
      key={group}
      padding="none"
      title={
        <span className={cx(group === 'overdue' && 'text-poor-text')}>
          {GROUP_WORDS[group]} <span className="tabular font-normal text-muted">{actions.length}</span>
        </span>
      }
    >
      <ul className="border-t border-line">
        {actions.map((action) => (
          <ActionRow
            key={action.id}
            action={action}
            hidesAccount={hidesAccount}
            onEdit={setEditing}
            isLit={action.id === litId}
          />
        ))}
      </ul>
    </Card>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {groups.length === 0 && empty}
      {groups.filter((g) => g.group !== 'done').map((g) => section(g.group, g.actions))}
      {open.hasNextPage && (
        <Button onPress={() => void open.fetchNextPage()} isLoading={open.isFetchingNextPage} className="self-center">
          Show more
        </Button>
      )}
      {groups.filter((g) => g.group === 'done').map((g) => section(g.group, g.actions))}
      {showsDone && closed.isPending && <SkeletonRows rows={3} columns={3} />}
      {showsDone && !closed.isPending && closed.items.length === 0 && (
        <EmptyState size="sm" icon={<CircleCheckBig />} title="Nothing done yet" />
      )}
      {showsDone && closed.hasNextPage && (
        <Button
          onPress={() => void closed.fetchNextPage()}
          isLoading={closed.isFetchingNextPage}
          className="self-center"
        >
          Show more that is done
        </Button>
      )}
      <Button
        variant="quiet"
        size="sm"
        className="self-start"
        icon={<ChevronRight className={cx('transition-transform', showsDone && 'rotate-90')} />}
        onPress={() => setState({ done: showsDone ? undefined : 'true' })}
      >
        {showsDone ? 'Hide what is done' : 'Show what is done'}
      </Button>
      <Suspense>{editing && <AddAction key={editing.id} action={editing} onClose={() => setEditing(null)} />}</Suspense>
    </div>
  );
}
