// What changed at the account, newest first, in words, by kind.
import { History } from 'lucide-react';
import { useMemo } from 'react';
import { useModules } from '../../../kernel/web/module.ts';
import { useList } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Select,
  SkeletonRows,
  Timeline,
  useFormatSettings,
} from '../../../ui/index.ts';
import { accountTimeline } from '../api.ts';
import { tell } from './changes.ts';
import { useProfile } from './useProfile.tsx';

export default function TimelineTab({ accountId }: { accountId: string }) {
  const modules = useModules();
  const settings = useFormatSettings();
  const { workspace } = useSession();
  const { account } = useProfile();
  const [state, setState] = useUrlState();
  /** Word → the tables it covers. */
  const kinds = useMemo(
    () =>
      Map.groupBy(
        modules.flatMap((m) => Object.entries(m.changes ?? {})),
        ([, word]) => word,
      ),
    [modules],
  );
  const words = useMemo(() => new Map(modules.flatMap((m) => Object.entries(m.changes ?? {}))), [modules]);
  const kind = typeof state.kind === 'string' && kinds.has(state.kind) ? state.kind : null;
  const what = kind ? kinds.get(kind)!.map(([table]) => table) : undefined;
  const list = useList(accountTimeline, {
    params: { id: accountId },
    query: { limit: 50, ...(what ? { what } : {}) },
  });

  const currency = (field: string) => {
    const money = { arr: account.arr, potential: account.potential, annual_revenue: account.annualRevenue }[field];
    return money?.currency ?? workspace.currency;
  };
  const items = list.items.flatMap((entry) => {
    if (modules.some((m) => m.isNoise?.(entry))) return [];
    const { title, changes, tone } = tell(entry, words.get(entry.what) ?? wordOf(entry.what), settings, currency);
    // What changed only behind the scenes says nothing to the reader.
    if (entry.what === 'account' && entry.action === 'update' && tone === 'accent' && changes.length === 0) return [];
    return [{ id: entry.id, at: entry.at, by: entry.by, title, changes, tone }];
  });

  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-base font-semibold">What changed</h2>
        <Select
          label="Kind of change"
          hideLabel
          className="w-44"
          placeholder="All changes"
          value={kind}
          options={[...kinds.keys()].map((word) => ({ value: word, label: word }))}
          onChange={(next) => setState({ kind: next })}
          onClear={() => setState({ kind: undefined })}
          clearLabel="All changes"
        />
      </div>
      {list.isPending ? (
        <SkeletonRows rows={6} columns={2} />
      ) : list.isError ? (
        <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <Card>
          <EmptyState
            icon={<History />}
            title={kind ? 'No change of this kind yet' : 'Nothing changed yet'}
            text="Every change of the account, its people and plans is noted here by itself."
            actions={kind ? <Button onPress={() => setState({ kind: undefined })}>Show all changes</Button> : undefined}
          />
        </Card>
      ) : (
        <Timeline
          label="What changed"
          items={items}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
        />
      )}
    </div>
  );
}

/** A table whose room gave no word for it. */
function wordOf(table: string): string {
  const words = table.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
