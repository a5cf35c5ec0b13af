// The portfolio: every account that the member sees, as a table, a tree or a timeline of renewals. The address holds its state.
import {
  ArrowDownUp,
  Building2,
  CalendarRange,
  ChevronDown,
  Download,
  FolderTree,
  ListTree,
  Plus,
  Table2,
} from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { gather, useModules } from '../../../kernel/web/module.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { Slot } from '../../../kernel/web/slot.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { formatNumber } from '../../../ui/format.ts';
import {
  Badge,
  Button,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  SearchField,
  SegmentedControl,
  SkeletonRows,
  useFormatSettings,
  useIsPhone,
} from '../../../ui/index.ts';
import { listMembers } from '../../people/api.ts';
import { getWorkspace, listFields } from '../../settings/api.ts';
import { accountFacets, summariseAccounts } from '../api.ts';
import { AccountTable } from './AccountTable.tsx';
import { type AccountGridColumn, accountColumns, accountFilterFields } from './columns.tsx';
import { useToday } from './days.ts';
import { PortfolioStats } from './PortfolioStats.tsx';
import { PortfolioViews } from './PortfolioViews.tsx';
import {
  apiFilter,
  exportColumns,
  filtersOf,
  filtersParam,
  GROUPS,
  type Group,
  groupOf,
  importOf,
  type Sort,
  sortOf,
} from './portfolioState.ts';
import { NEAR_DAYS, tierWords } from './words.ts';

const FirstAccounts = lazy(() => import('./FirstAccounts.tsx'));
const PortfolioTree = lazy(() => import('./PortfolioTree.tsx'));
const RenewalTimeline = lazy(() => import('./RenewalTimeline.tsx'));
const AddAccount = lazy(() => import('./AddAccount.tsx'));

const GROUP_WORDS: Record<Group, string> = {
  tier: 'By tier',
  owner: 'By owner',
  status: 'By status',
  industry: 'By industry',
  country: 'By country',
};

const PHONE_SORTS: { value: Sort; label: string }[] = [
  { value: '-arr', label: 'ARR' },
  { value: 'renewalOn', label: 'Renewal' },
  { value: 'name', label: 'Name' },
  { value: '-updatedAt', label: 'Updated' },
];

/** Starts a download without leaving the page. */
function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

export default function Portfolio() {
  const [state, setState] = useUrlState();
  const { workspace } = useSession();
  const { locale } = useFormatSettings();
  const today = useToday();
  const may = useMay();
  const isPhone = useIsPhone();
  const modules = useModules();
  const [more, setMore] = useState<readonly AccountGridColumn[]>([]);
  const [isAdding, setAdding] = useState(false);
  usePlace({ title: 'Portfolio' });

  const facets = useCall(accountFacets, {}, { staleTime: 60_000 });
  const fieldList = useCall(listFields, { query: { entity: 'accounts' } }, { staleTime: 60_000 });
  const settings = useCall(getWorkspace, {}, { staleTime: 60_000 });
  const custom = useMemo(() => fieldList.data?.items ?? [], [fieldList.data]);
  const tiers = useMemo(
    () => tierWords(settings.data?.preferences.tiers ?? [], facets.data?.tiers ?? []),
    [settings.data, facets.data],
  );
  const members = useCall(listMembers, { query: { limit: 200 } }, { staleTime: 60_000 });
  const fields = useMemo(
    () =>
      accountFilterFields({
        facets: facets.data,
        tiers,
        custom,
        currency: workspace.currency,
        members: members.data?.items ?? [],
      }),
    [facets.data, tiers, custom, workspace.currency, members.data],
  );
  const filters = useMemo(() => filtersOf(state, fields), [state, fields]);
  const filter = useMemo(
    () => apiFilter(state, fields, { today, currency: workspace.currency }),
    [state, fields, today, workspace.currency],
  );
  const sort = sortOf(state);
  const group = groupOf(state);
  const isFiltered = Object.keys(filter).length > 0;
  const summary = useCall(summariseAccounts, { query: filter } as never, { keepPrevious: true });
  // Links with filters of custom fields need those fields before they mean anything.
  const isReady = !fieldList.isPending || !String(state.f ?? '').includes('custom');

  const extra = useMemo(() => gather(modules, 'portfolioViews', may), [modules, may]);
  const views = [
    { value: 'table', label: 'Table', icon: <Table2 /> },
    { value: 'tree', label: 'Tree', icon: <FolderTree /> },
    { value: 'renewals', label: 'Renewals', icon: <CalendarRange /> },
    ...extra.map((v) => ({ value: v.id, label: v.label, icon: <v.icon /> })),
  ];
  const view = views.find((v) => v.value === state.view)?.value ?? 'table';
  const other = extra.find((v) => v.id === view);
  const clear = useCallback(() => setState({ f: undefined, q: undefined, import: undefined }), [setState]);
  const [text, setText] = useState(typeof state.q === 'string' ? state.q : '');
  const [seenQ, setSeenQ] = useState(state.q);
  if (seenQ !== state.q) {
    // Back, forward or a saved view changed it.
    setSeenQ(state.q);
    if ((state.q ?? '') !== text.trim()) setText(typeof state.q === 'string' ? state.q : '');
  }

  if (summary.data?.count === 0 && !isFiltered) {
    return (
      <>
        <PageHeader title="Portfolio" />
        <Suspense>
          <FirstAccounts onAdd={() => setAdding(true)} />
          {isAdding && <AddAccount onClose={() => setAdding(false)} />}
        </Suspense>
      </>
    );
  }

  const exportAs = (format: 'csv' | 'xlsx', isWhole = false) => {
    const query = new URLSearchParams({ format, sort, ...(group ? { group } : {}) });
    if (group === 'tier') for (const tier of tiers) query.append('groupFirst', tier);
    for (const [key, value] of Object.entries(filter))
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one));
    if (!isWhole)
      for (const column of exportColumns(state, accountColumns({ today, locale, custom, more })))
        query.append('columns', column);
    download(`/api/v1/exports/accounts?${query}`);
  };
  const groupItems = [
    { id: 'none', label: 'No groups', isSelected: group === null, onAction: () => setState({ group: undefined }) },
    ...GROUPS.map((g) => ({
      id: g,
      label: GROUP_WORDS[g],
      isSelected: group === g,
      onAction: () => setState({ group: g }),
    })),
  ];
  const exports = {
    heading: isFiltered ? 'Export what the filters leave' : 'Export all accounts',
    items: [
      { id: 'xlsx', label: 'Excel, columns as shown', onAction: () => exportAs('xlsx') },
      { id: 'csv', label: 'CSV, columns as shown', onAction: () => exportAs('csv') },
      { id: 'all', label: 'Excel, every field', onAction: () => exportAs('xlsx', true) },
    ],
  };
  const mayExport = may('exports.run');
  const sorts = PHONE_SORTS.map((s) => ({
    id: s.value,
    label: s.label,
    isSelected: sort === s.value,
    onAction: () => setState({ sort: s.value }),
  }));
  const search = (
    <SearchField
      label="Find in this list"
      placeholder="Find by name"
      shortcut="/"
      value={text}
      onChange={(value) => {
        setText(value);
        setState({ q: value.trim() || undefined });
      }}
      className={isPhone ? 'flex-1' : 'w-48'}
    />
  );
  const filterBar = (
    <>
      {importOf(state) && (
        <Badge tone="accent" onRemove={() => setState({ import: undefined })} textValue="this import">
          From one import
        </Badge>
      )}
      <FilterBar
        fields={fields}
        value={filters}
        onChange={(next) => setState({ f: filtersParam(next) })}
        {...(isFiltered && summary.data ? { resultText: resultText(summary.data.count, locale) } : {})}
      />
    </>
  );
  const viewSwitch = (
    <SegmentedControl
      label="Show as"
      hideText
      value={view}
      options={views}
      onChange={(next) => setState({ view: next === 'table' ? undefined : next }, { push: true })}
    />
  );
  const toolbar = isPhone ? (
    <>
      <div className="flex w-full items-center gap-2">
        {search}
        <Menu
          label="Sort, group, export"
          placement="bottom end"
          trigger={<IconButton label="Sort, group, export" icon={<ArrowDownUp />} variant="secondary" />}
          items={[
            { heading: 'Sort by', items: sorts },
            { heading: 'Groups', items: groupItems },
            ...(mayExport ? [exports] : []),
          ]}
        />
      </div>
      {filterBar}
      <span className="flex-1" />
      {viewSwitch}
    </>
  ) : (
    <>
      {search}
      {filterBar}
      <span className="flex-1" />
      {view === 'table' && (
        <Menu
          label="Group"
          placement="bottom end"
          trigger={
            <Button variant="quiet" icon={<ListTree />} iconEnd={<ChevronDown />}>
              {group ? GROUP_WORDS[group] : 'Group'}
            </Button>
          }
          items={groupItems}
        />
      )}
      {viewSwitch}
      {mayExport && (
        <Menu
          label="Export"
          placement="bottom end"
          trigger={<IconButton label="Export this list" icon={<Download />} variant="secondary" />}
          items={[exports]}
        />
      )}
    </>
  );
  const none = (
    <EmptyState
      icon={<Building2 />}
      title="No account matches"
      text="Take a filter away, or look for another name."
      actions={<Button onPress={clear}>Clear filters</Button>}
    />
  );

  return (
    <div className="flex h-full min-h-0 flex-col gap-3 px-4 pt-3 pb-4 max-md:pb-2 md:px-6">
      <div className="flex items-center gap-4 md:gap-6">
        <h1 className="text-xl font-semibold tracking-tight max-md:sr-only">Portfolio</h1>
        <PortfolioViews state={state} setState={setState} />
        {may('accounts.write') && (
          <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)} className="max-md:hidden">
            Add account
          </Button>
        )}
      </div>
      <PortfolioStats
        filter={filter}
        isFiltered={isFiltered}
        onShowRenewals={() =>
          setState({ f: `renewalOn.inNextDays.${NEAR_DAYS}`, q: undefined, sort: 'renewalOn' }, { push: true })
        }
        onShowUnowned={() => setState({ f: 'ownerId.isEmpty.', q: undefined }, { push: true })}
      />
      {!isReady ? (
        <SkeletonRows rows={10} columns={5} />
      ) : view === 'table' ? (
        <AccountTable
          filter={filter}
          sort={sort}
          group={group}
          custom={custom}
          more={more}
          onMore={setMore}
          tiers={tiers}
          tags={facets.data?.tags ?? []}
          state={state}
          setState={setState}
          toolbar={toolbar}
          empty={none}
        />
      ) : (
        <>
          <div className="flex min-w-0 flex-wrap items-center gap-2">{toolbar}</div>
          <Suspense fallback={<SkeletonRows rows={10} columns={5} />}>
            {view === 'tree' ? (
              <PortfolioTree filter={filter} empty={none} />
            ) : view === 'renewals' ? (
              <RenewalTimeline filter={filter} empty={none} />
            ) : (
              other && <Slot load={other.load} props={{ filter }} />
            )}
          </Suspense>
        </>
      )}
      <Suspense>{isAdding && <AddAccount onClose={() => setAdding(false)} />}</Suspense>
    </div>
  );
}

const resultText = (count: number, locale: string) =>
  count === 1 ? '1 account' : `${formatNumber(count, locale)} accounts`;
