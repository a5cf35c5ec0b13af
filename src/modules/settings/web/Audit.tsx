// The audit log: who changed what and when, narrowed by kind, member, action and time; one entry opens with before and after.
import { ListFilter, ScrollText, X } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { useModules } from '../../../kernel/web/module.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Badge,
  Button,
  ComboBox,
  EmptyState,
  type Option,
  PaneHeader,
  RelativeTime,
  Select,
  useFormatSettings,
  useIsPhone,
} from '../../../ui/index.ts';
import { getMember, listMembers } from '../../people/api.ts';
import { readAudit } from '../api.ts';
import { AuditEntry } from './AuditEntry.tsx';
import { ACTIONS, type Entry, kindsOf, kindWord, meansWord, shownChanges, tablesByWord } from './auditWords.ts';

const text = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) || undefined;

export default function Audit() {
  const modules = useModules();
  const kinds = useMemo(() => kindsOf(modules.map((m) => m.changes ?? {})), [modules]);
  const tables = useMemo(() => tablesByWord(kinds), [kinds]);
  const settings = useFormatSettings();
  const [url, setUrl] = useUrlState();
  const [opened, setOpened] = useState<Entry | null>(null);
  const kind = text(url.kind);
  const find = {
    what: kind ? (tables.get(kind) ?? [kind]) : undefined,
    memberId: text(url.by),
    action: (Object.keys(ACTIONS) as Entry['action'][]).find((a) => a === url.action),
    from: text(url.from),
    to: text(url.to),
    rowId: text(url.row),
    accountId: text(url.account),
  };
  const query = Object.fromEntries(Object.entries(find).filter(([, value]) => value !== undefined));
  const isPhone = useIsPhone();
  const [hasFilters, setFilters] = useState(false);
  const filterCount = Object.keys(query).length;
  const isNarrowed = filterCount > 0;
  const list = useList(readAudit, { query: { limit: 100, ...query } });
  const showAll = () =>
    setUrl({
      kind: undefined,
      by: undefined,
      action: undefined,
      from: undefined,
      to: undefined,
      row: undefined,
      account: undefined,
    });

  const columns: GridColumn<Entry>[] = [
    {
      id: 'at',
      header: 'When',
      width: 140,
      isSortable: false,
      cell: (e) => <RelativeTime value={e.at} />,
    },
    {
      id: 'what',
      header: 'What',
      width: 285,
      card: 'title',
      isSortable: false,
      cell: (e) => (
        <span className="flex min-w-0 items-center gap-2">
          <Badge tone={ACTIONS[e.action].tone}>{ACTIONS[e.action].label}</Badge>
          <span className="min-w-0 truncate">
            {kindWord(kinds, e.what)}
            {(e.label ?? e.accountName) && <span className="font-medium"> {e.label ?? e.accountName}</span>}
          </span>
        </span>
      ),
    },
    {
      id: 'fields',
      header: 'Fields',
      width: 160,
      card: 'none',
      isSortable: false,
      cell: (e) => (
        <span className="truncate text-muted">
          {e.action === 'update'
            ? shownChanges(e.changes, settings)
                .map((c) => c.label)
                .join(', ')
            : ''}
        </span>
      ),
    },
    {
      id: 'by',
      header: 'By',
      width: 130,
      isSortable: false,
      cell: (e) => (
        <span className="min-w-0 truncate">
          {e.by} <span className="text-sm text-muted">{meansWord(e.means)}</span>
        </span>
      ),
    },
    {
      id: 'account',
      header: 'Account',
      width: 140,
      card: 'none',
      isSortable: false,
      cell: (e) => <span className="truncate">{e.what === 'account' ? '' : e.accountName}</span>,
    },
  ];
  const only = list.items[0];

  return (
    <div className="flex flex-col gap-4">
      <PaneHeader title="Audit log" text="Who changed what, newest first. Nothing can be taken out of it." />
      {isPhone && (
        <Button
          size="sm"
          icon={<ListFilter />}
          aria-expanded={hasFilters}
          className="self-start"
          onPress={() => setFilters(!hasFilters)}
        >
          {filterCount > 0 ? `Filters (${filterCount})` : 'Filters'}
        </Button>
      )}
      {(!isPhone || hasFilters) && (
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-5">
          <Select
            label="Kind"
            size="sm"
            options={[...tables.keys()].map((word) => ({ value: word, label: word }))}
            value={kind ?? null}
            onChange={(next) => setUrl({ kind: next })}
            onClear={() => setUrl({ kind: undefined })}
            clearLabel="Everything"
            placeholder="Everything"
          />
          <ByMember id={find.memberId} onChange={(by) => setUrl({ by })} />
          <Select
            label="Action"
            size="sm"
            options={(Object.keys(ACTIONS) as Entry['action'][]).map((a) => ({ value: a, label: ACTIONS[a].label }))}
            value={find.action ?? null}
            onChange={(action) => setUrl({ action })}
            onClear={() => setUrl({ action: undefined })}
            clearLabel="All"
            placeholder="All"
          />
          <DatePicker
            label="From"
            size="sm"
            value={find.from ?? null}
            onChange={(from) => setUrl({ from: from ?? undefined })}
          />
          <DatePicker label="To" size="sm" value={find.to ?? null} onChange={(to) => setUrl({ to: to ?? undefined })} />
        </div>
      )}
      {(find.rowId || find.accountId) && (
        <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
          Only
          {find.rowId && (
            <Badge tone="accent" onRemove={() => setUrl({ row: undefined })} textValue="this filter">
              {only ? `${kindWord(kinds, only.what)} ${only.label ?? ''}` : 'one thing'}
            </Badge>
          )}
          {find.accountId && (
            <Badge tone="accent" onRemove={() => setUrl({ account: undefined })} textValue="this filter">
              {only?.accountName ? `all about ${only.accountName}` : 'one account'}
            </Badge>
          )}
        </div>
      )}
      <DataGrid
        label="Audit log"
        columns={columns}
        rows={list.items}
        rowId={(e) => e.id}
        rowLabel={(e) => `${ACTIONS[e.action].label} ${kindWord(kinds, e.what)} ${e.label ?? ''}`}
        onOpen={setOpened}
        hideColumnChooser
        isLoading={list.isPending}
        {...(list.error ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        empty={
          <EmptyState
            icon={<ScrollText />}
            title={isNarrowed ? 'Nothing fits' : 'Nothing has changed yet'}
            text={isNarrowed ? 'Take a filter away, or choose a longer time.' : 'Every change is noted here by itself.'}
            actions={
              isNarrowed && (
                <Button icon={<X />} onPress={showAll}>
                  Show everything
                </Button>
              )
            }
          />
        }
      />
      {opened && (
        <AuditEntry
          entry={opened}
          kind={kindWord(kinds, opened.what)}
          onClose={() => setOpened(null)}
          onOnly={(change) => {
            setOpened(null);
            setUrl(change, { push: true });
          }}
        />
      )}
    </div>
  );
}

function ByMember({ id, onChange }: { id: string | undefined; onChange: (id: string | undefined) => void }) {
  const [picked, setPicked] = useState<Option | null>(null);
  const known = useCall(getMember, { params: { id: id ?? '' } }, { enabled: id !== undefined && picked?.value !== id });
  const fetched = useMemo(() => (known.data ? { value: known.data.id, label: known.data.name } : null), [known.data]);
  const load = useCallback(async (q: string, signal: AbortSignal) => {
    const { items } = await call(
      listMembers,
      { query: { limit: 50, includeDeactivated: 'true', ...(q ? { q } : {}) } },
      { signal },
    );
    return items.map((m) => ({ value: m.id, label: m.name }));
  }, []);
  return (
    <ComboBox
      label="By"
      size="sm"
      placeholder="Anybody"
      load={load}
      value={id === undefined ? null : picked?.value === id ? picked : fetched}
      onChange={(option) => {
        setPicked(option);
        onChange(option?.value);
      }}
    />
  );
}
