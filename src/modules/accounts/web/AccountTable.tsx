// The portfolio as a table: endless, sorted by the server, with chosen columns, groups and changes of many at once.
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import type { UrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid, type GridGroup } from '../../../ui/DataGrid.tsx';
import { Money, useFormatSettings } from '../../../ui/index.ts';
import { type Account, groupAccounts, listAccounts } from '../api.ts';
import { type AccountGridColumn, accountColumns, type CustomField } from './columns.tsx';
import { useToday } from './days.ts';
import { type ApiFilter, colsParam, type Group, gridSort, layoutOf, type Sort, sortParam } from './portfolioState.ts';
import { STATUS_WORDS } from './words.ts';

const BulkEdit = lazy(() => import('./BulkEdit.tsx'));
const OtherColumns = lazy(() => import('./OtherColumns.tsx'));

const WIDTHS = 'openkam:portfolio.widths';

function readWidths(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(WIDTHS) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

type Props = {
  filter: ApiFilter;
  sort: Sort;
  group: Group | null;
  custom: readonly CustomField[];
  /** Columns of other rooms, and where they are told when they are known. */
  more: readonly AccountGridColumn[];
  onMore: (columns: readonly AccountGridColumn[]) => void;
  tiers: readonly string[];
  tags: readonly string[];
  state: UrlState;
  setState: (change: UrlState) => void;
  toolbar: ReactNode;
  empty: ReactNode;
};

/** The key of the group that an account is in, and its name. */
function groupOfAccount(group: Group, a: Account): { key: string; label: string } {
  switch (group) {
    case 'owner':
      return { key: a.ownerId ?? '', label: a.ownerName ?? 'No owner' };
    case 'status':
      return { key: a.status, label: STATUS_WORDS[a.status].label };
    default: {
      const value = a[group];
      return {
        key: value ?? '',
        label: value ?? { tier: 'No tier', industry: 'No industry', country: 'No country' }[group],
      };
    }
  }
}

export function AccountTable(props: Props) {
  const { filter, sort, group, custom, more, tiers, tags, state, setState, toolbar, empty } = props;
  const { locale } = useFormatSettings();
  const today = useToday();
  const may = useMay();
  const mayWrite = may('accounts.write');
  const [selection, setSelection] = useState<Set<string>>(new Set());
  const [widths, setWidths] = useState(readWidths);
  const list = useList(listAccounts, {
    query: {
      ...filter,
      sort,
      limit: 100,
      ...(group ? { group } : {}),
      // The highest tier first, as the workspace orders them.
      ...(group === 'tier' ? { groupFirst: [...tiers] } : {}),
    },
  } as CallInput<typeof listAccounts>);
  const groups = useCall(
    groupAccounts,
    { query: { ...filter, group: group ?? 'tier' } } as CallInput<typeof groupAccounts>,
    {
      enabled: group !== null,
      keepPrevious: true,
    },
  );

  const columns = useMemo(() => accountColumns({ today, locale, custom, more }), [today, locale, custom, more]);
  const layout = useMemo(() => layoutOf(state, columns, widths), [state, columns, widths]);
  const sums = useMemo(() => new Map(groups.data?.items.map((g) => [g.key ?? '', g])), [groups.data]);
  const groupBy = useMemo(() => {
    if (!group) return undefined;
    return (a: Account): GridGroup => {
      const { key, label } = groupOfAccount(group, a);
      const sum = sums.get(key);
      return {
        key: key || 'none',
        label,
        ...(sum
          ? {
              count: sum.count,
              detail: (
                <>
                  <Money value={sum.arr} style="compact" /> ARR
                </>
              ),
            }
          : {}),
      };
    };
  }, [group, sums]);

  return (
    <>
      <Suspense>
        <OtherColumns rows={list.items} isShown={(id) => !layout.hidden.includes(id)} onColumns={props.onMore} />
      </Suspense>
      <DataGrid<Account>
        label="Accounts"
        height="fill"
        columns={columns}
        rows={list.items}
        rowId={rowId}
        rowHref={rowHref}
        sort={gridSort(sort)}
        onSortChange={(next) => setState({ sort: sortParam(next) })}
        layout={layout}
        onLayoutChange={(next) => {
          setState({ cols: colsParam(next, columns) });
          setWidths(next.widths);
          try {
            localStorage.setItem(WIDTHS, JSON.stringify(next.widths));
          } catch {
            // Widths then last until reload.
          }
        }}
        {...(groupBy ? { groupBy } : {})}
        {...(mayWrite
          ? {
              selection,
              onSelectionChange: setSelection,
              bulkActions: (ids: string[], clear: () => void) => (
                <Suspense>
                  <BulkEdit ids={ids} tiers={tiers} tags={tags} mayAssign={may('accounts.assign')} clear={clear} />
                </Suspense>
              ),
            }
          : {})}
        toolbar={toolbar}
        isLoading={list.isPending}
        error={list.isError ? list.error.message : undefined}
        onRetry={() => void list.refetch()}
        empty={empty}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

const rowId = (a: Account) => a.id;
const rowHref = (a: Account) => `/accounts/${a.id}`;
