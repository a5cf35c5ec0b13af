// All people at the accounts that the member sees: search, filters and sort in the address, endless, exported as shown.
import { Download, UserPlus, Users } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { decodeFilters, encodeFilters } from '../../../ui/filters.ts';
import { formatNumber } from '../../../ui/format.ts';
import { Button, EmptyState, IconButton, Menu, SearchField, useFormatSettings } from '../../../ui/index.ts';
import { listPeople, type Person, type Role, SORTS, summarisePeople } from '../api.ts';
import { peopleColumns } from './columns.tsx';
import { exportPeople } from './exporting.ts';
import { apiFilter, filterFields } from './filtering.ts';

const AddPerson = lazy(() => import('./AddPerson.tsx'));
const columns = peopleColumns(false);
type Row = { person: Person; role: Role | undefined };
const rowId = ({ person }: Row) => person.id;
const rowHref = ({ person }: Row) => `/people/${person.id}`;

export default function People() {
  const [state, setState] = useUrlState();
  const mayWrite = useMay()('stakeholders.write');
  const { locale } = useFormatSettings();
  const [isAdding, setAdding] = useState(false);
  const [text, setText] = useState(typeof state.q === 'string' ? state.q : '');
  usePlace({ title: 'People' });
  const coded = typeof state.f === 'string' ? state.f : '';
  const q = typeof state.q === 'string' ? state.q : '';
  const filters = useMemo(() => decodeFilters(coded, filterFields), [coded]);
  const filter = useMemo(() => apiFilter(filters, q), [filters, q]);
  const sort = SORTS.find((s) => s === state.sort) ?? 'name';
  const isFiltered = Object.keys(filter).length > 0;
  const list = useList(listPeople, { query: { ...filter, sort, limit: 100 } } as CallInput<typeof listPeople>);
  const summary = useCall(summarisePeople, { query: filter } as CallInput<typeof summarisePeople>, {
    keepPrevious: true,
  });
  const rows = useMemo(
    () =>
      list.items.map((person): Row => {
        const wanted = filter.accountId as string[] | undefined;
        return { person, role: person.accounts.find((r) => wanted?.includes(r.accountId)) ?? person.accounts[0] };
      }),
    [list.items, filter.accountId],
  );
  const clear = () => {
    setText('');
    setState({ f: undefined, q: undefined });
  };
  const count = summary.data?.count;
  const add = (
    <Button variant="primary" icon={<UserPlus />} onPress={() => setAdding(true)}>
      Add person
    </Button>
  );
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 px-4 pt-3 pb-4 max-md:pb-2 md:px-6">
      <div className="flex items-center gap-4">
        <h1 className="text-xl font-semibold tracking-tight max-md:sr-only">People</h1>
        {count !== undefined && <span className="tabular text-base text-muted">{formatNumber(count, locale)}</span>}
        <span className="flex-1" />
        {mayWrite && add}
      </div>
      <DataGrid<Row>
        label="People"
        height="fill"
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowHref={rowHref}
        sort={{ column: 'name', direction: sort.startsWith('-') ? 'desc' : 'asc' }}
        onSortChange={(next) => setState({ sort: next?.direction === 'desc' ? '-name' : undefined })}
        toolbar={
          <>
            <SearchField
              label="Find in this list"
              placeholder="Find by name, title or e-mail"
              shortcut="/"
              value={text}
              onChange={(value) => {
                setText(value);
                setState({ q: value.trim() || undefined });
              }}
              className="w-60 max-md:flex-1"
            />
            <FilterBar
              fields={filterFields}
              value={filters}
              onChange={(next) => setState({ f: encodeFilters(next) || undefined })}
              {...(isFiltered && count !== undefined
                ? { resultText: count === 1 ? '1 person' : `${formatNumber(count, locale)} people` }
                : {})}
            />
            <span className="flex-1" />
            <Menu
              label="Export"
              placement="bottom end"
              trigger={<IconButton label="Export this list" icon={<Download />} variant="secondary" />}
              items={[
                {
                  heading: isFiltered ? 'Export what the filters leave' : 'Export all people',
                  items: (['xlsx', 'csv'] as const).map((format) => ({
                    id: format,
                    label: format === 'xlsx' ? 'Excel (XLSX)' : 'Text (CSV)',
                    onAction: () => exportPeople(format, filter, sort),
                  })),
                },
              ]}
            />
          </>
        }
        isLoading={list.isPending}
        error={list.isError ? list.error.message : undefined}
        onRetry={() => void list.refetch()}
        empty={
          isFiltered ? (
            <EmptyState
              icon={<Users />}
              title="Nobody matches"
              text="Take a filter away, or look for another name."
              actions={<Button onPress={clear}>Clear filters</Button>}
            />
          ) : (
            <EmptyState
              icon={<Users />}
              title="No people yet"
              text="Add the people who decide at your accounts, or bring them in with a file of contacts."
              actions={mayWrite ? add : undefined}
            />
          )
        }
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
      <Suspense>{isAdding && <AddPerson onClose={() => setAdding(false)} />}</Suspense>
    </div>
  );
}
