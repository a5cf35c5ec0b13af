// Growth of one account: its figures, the whitespace grid with the accounts below, our share of the wallet, what it brings and costs.
import { CopyPlus, Download, Grid3x3, LayoutGrid, List, Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { saveBlob, toCsv } from '../../../ui/chartFiles.ts';
import {
  Banner,
  Button,
  Card,
  Checkbox,
  EmptyState,
  ErrorState,
  SegmentedControl,
  Select,
  SkeletonRows,
  toast,
  useIsPhone,
} from '../../../ui/index.ts';
import { bulkCells, copyGrid, type Grid, type GridCell, getGrid, putCell } from '../api.ts';
import type { BulkChange } from './BulkEdit.tsx';
import { CellList } from './CellList.tsx';
import { type At, gridTable, keyAt } from './gridModel.ts';
import { PnlCard } from './PnlCard.tsx';
import { WalletCard } from './WalletCard.tsx';
import { type CellChange, WhitespaceGrid } from './WhitespaceGrid.tsx';
import { currenciesWith } from './words.ts';

const CellDrawer = lazy(() => import('./CellDrawer.tsx'));
const BulkEdit = lazy(() => import('./BulkEdit.tsx'));
const AddUnit = lazy(() => import('./AddUnit.tsx'));

export default function GrowthTab({ accountId }: { accountId: string }) {
  const [state, setState] = useUrlState();
  const withChildren = state.below !== 'false';
  const year = typeof state.year === 'string' ? state.year : undefined;
  const grid = useCall(
    getGrid,
    { query: { accountId, ...(withChildren ? { withChildren: 'true' } : {}), ...(year ? { year } : {}) } },
    { keepPrevious: true },
  );
  const ask = { accountId, ...(withChildren ? { withChildren: 'true' as const } : {}) };
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <MetricStat metric="penetration" query={ask} />
        <MetricStat metric="whitespace" query={ask} />
        <MetricStat metric="share-of-wallet" query={ask} />
        <MetricStat metric="account-margin" query={ask} />
      </div>
      {grid.data ? (
        <Shown
          key={`${grid.data.year} ${withChildren}`}
          accountId={accountId}
          grid={grid.data}
          answeredAt={grid.dataUpdatedAt}
          withChildren={withChildren}
          setState={setState}
          state={state}
        />
      ) : grid.isError ? (
        <ErrorState text={grid.error.message} onRetry={() => void grid.refetch()} />
      ) : (
        <SkeletonRows rows={8} columns={6} />
      )}
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <WalletCard accountId={accountId} />
        <PnlCard accountId={accountId} withChildren={withChildren} />
      </div>
    </div>
  );
}

type ShownProps = {
  accountId: string;
  grid: Grid;
  answeredAt: number;
  withChildren: boolean;
  state: ReturnType<typeof useUrlState>[0];
  setState: ReturnType<typeof useUrlState>[1];
};

function Shown({ accountId, grid, answeredAt, withChildren, state, setState }: ShownProps) {
  const isPhone = useIsPhone();
  const view = state.view === 'list' || state.view === 'grid' ? state.view : isPhone ? 'list' : 'grid';
  const [ahead, setAhead] = useState<ReadonlyMap<string, Partial<GridCell>>>(new Map());
  const [selection, setSelection] = useState<At[]>([]);
  const [dialog, setDialog] = useState<'unit' | 'bulk' | null>(null);
  const put = useVerb(putCell, { refreshes: ['growth.', 'insights.'] });
  const bulk = useVerb(bulkCells, { refreshes: ['growth.', 'insights.'] });
  const copy = useVerb(copyGrid, { refreshes: ['growth.', 'insights.'] });
  const cells = useMemo(() => new Map(grid.cells.map((c) => [keyAt(c.unit, c.product), c])), [grid.cells]);
  // What was sent waits for what was sent before it, so that fast typing never meets its own older version.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const pending = useRef(0);
  const stored = useRef(new Map<string, number>());
  const latest = useRef(cells);
  latest.current = cells;
  const versionOf = (at: At): number | null => {
    const key = keyAt(at.unit, at.product);
    const versions = [latest.current.get(key)?.version, stored.current.get(key)].filter((v) => typeof v === 'number');
    return versions.length ? Math.max(...versions) : null;
  };
  // The server's answer is what counts as soon as it is here and nothing more is on its way.
  useEffect(() => {
    if (!answeredAt || pending.current > 0) return;
    stored.current.clear();
    setAhead((before) => (before.size ? new Map() : before));
  }, [answeredAt]);

  const placeOf = (at: At) => {
    const unit = grid.units[at.unit]!;
    return { accountId: unit.accountId, unitId: unit.unitId, productId: grid.products[at.product]!.id };
  };
  const openAt = (at: At) => {
    const p = placeOf(at);
    setState({ cell: `${p.accountId}.${p.unitId ?? ''}.${p.productId}` });
  };
  const opened = typeof state.cell === 'string' ? state.cell.split('.') : null;

  const change = (places: At[], wanted: CellChange) => {
    setAhead((before) => {
      const next = new Map(before);
      for (const p of places)
        next.set(keyAt(p.unit, p.product), {
          ...next.get(keyAt(p.unit, p.product)),
          ...(wanted.status ? { status: wanted.status, owned: wanted.status === 'ours' } : {}),
          ...(wanted.potential !== undefined ? { potential: wanted.potential?.amount ?? null, open: null } : {}),
        });
      return next;
    });
    const fail = (reason: unknown) => {
      const problem = asProblem(reason);
      setAhead(new Map());
      toast.show({
        title: problem.code === 'version_conflict' ? 'Somebody else changed this cell' : 'Not changed',
        text:
          problem.code === 'version_conflict'
            ? 'The grid shows it as it stands now. Nothing was overwritten.'
            : problem.message,
        tone: 'poor',
      });
    };
    const [first] = places;
    const send = async () => {
      if (places.length > 1 || !first) return sendBulk(places, wanted);
      const done = await put.mutateAsync({
        body: { ...placeOf(first), year: grid.year, version: versionOf(first), ...wanted },
      });
      if (done.version !== null) stored.current.set(keyAt(first.unit, first.product), done.version);
    };
    pending.current += 1;
    queue.current = queue.current
      .then(send)
      .catch(fail)
      .finally(() => {
        pending.current -= 1;
        if (pending.current === 0) setAhead((before) => (before.size ? new Map() : before));
      });
  };
  const sendBulk = async (places: At[], wanted: CellChange | BulkChange) => {
    const done = await bulk.mutateAsync({
      body: {
        year: grid.year,
        cells: places.map((p) => ({ ...placeOf(p), version: versionOf(p) })),
        change: wanted,
      },
    });
    toast.show({
      title: `${done.changed} ${done.changed === 1 ? 'cell' : 'cells'} changed`,
      ...(done.conflicts
        ? { text: `${done.conflicts} were changed by somebody else and left alone.`, tone: 'watch' as const }
        : { tone: 'good' as const }),
    });
  };
  const takeOver = (from: number) =>
    copy.mutate(
      { body: { accountId, withChildren, from, to: grid.year } },
      {
        onSuccess: ({ copied }) =>
          toast.show({
            title: copied ? `${copied} cells taken over from ${from}` : `Nothing new in ${from}`,
            tone: 'good',
          }),
        onError: (error) => toast.show({ title: 'Not taken over', text: error.message, tone: 'poor' }),
      },
    );
  const download = () => {
    const { header, rows } = gridTable(grid);
    saveBlob(
      new Blob(['\uFEFF', toCsv(header, rows)], { type: 'text/csv;charset=utf-8' }),
      `whitespace-${grid.units[0]?.name ?? ''}-${grid.year}.csv`,
    );
  };
  const thisYear = new Date().getFullYear();
  const years = [...new Set([...grid.years, thisYear, thisYear + 1, grid.year])].sort((a, b) => b - a);
  const earlier = grid.years.filter((y) => y < grid.year).at(-1);

  return (
    <Card
      title="Whitespace"
      subtitle={`Who has what, and what could be ours · amounts in ${grid.currency}, a year`}
      actions={
        grid.can.update ? (
          <Button size="sm" icon={<Plus />} onPress={() => setDialog('unit')}>
            Add unit
          </Button>
        ) : undefined
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        {grid.warnings.map((w) => (
          <Banner key={w.message} tone="watch" title={w.message} />
        ))}
        <div className="flex flex-wrap items-center gap-3">
          <SegmentedControl
            label="View"
            value={view}
            onChange={(next) => setState({ view: next })}
            options={[
              { value: 'grid', label: 'Grid', icon: <LayoutGrid /> },
              { value: 'list', label: 'List', icon: <List /> },
            ]}
          />
          <Select
            label="Year"
            hideLabel
            size="sm"
            value={String(grid.year)}
            options={years.map((y) => ({ value: String(y), label: String(y) }))}
            onChange={(next) => setState({ year: next ?? undefined })}
          />
          <Checkbox isSelected={withChildren} onChange={(isOn) => setState({ below: isOn ? undefined : 'false' })}>
            With accounts below
          </Checkbox>
          {grid.can.update && earlier !== undefined && (
            <Button
              size="sm"
              variant="quiet"
              icon={<CopyPlus />}
              isLoading={copy.isPending}
              onPress={() => takeOver(earlier)}
            >
              Copy from {earlier}
            </Button>
          )}
          {grid.cells.length > 0 && (
            <Button size="sm" variant="quiet" icon={<Download />} onPress={download}>
              CSV
            </Button>
          )}
          {selection.length > 1 && (
            <span className="flex items-center gap-2">
              <span className="text-sm text-muted">{selection.length} cells selected</span>
              {grid.can.update && (
                <Button size="sm" onPress={() => setDialog('bulk')}>
                  Edit
                </Button>
              )}
            </span>
          )}
        </div>
        {grid.products.length === 0 ? (
          <EmptyState
            icon={<Grid3x3 />}
            title="No products yet"
            text="The grid needs what you sell: add products by hand or import your catalogue."
            actions={<Button href="/products">Open products</Button>}
          />
        ) : view === 'grid' ? (
          <>
            <WhitespaceGrid
              grid={grid}
              ahead={ahead}
              onOpen={openAt}
              onChange={change}
              selection={selection}
              onSelect={setSelection}
            />
            {grid.can.update && (
              <p className="text-sm text-muted max-sm:hidden">
                Arrows move, Shift+arrows select, O ours, C competitor, I in-house, U unknown, N not eligible, digits
                set the potential (250k), Enter opens. The deeper the colour, the higher the priority.
              </p>
            )}
          </>
        ) : (
          <CellList grid={grid} cells={grid.cells} onOpen={openAt} />
        )}
      </div>
      <Suspense>
        {opened?.length === 3 && (
          <CellDrawer
            key={state.cell as string}
            place={{ accountId: opened[0]!, unitId: opened[1] || null, productId: opened[2]!, year: grid.year }}
            currency={grid.currency}
            onClose={() => setState({ cell: undefined })}
          />
        )}
        {dialog === 'unit' && <AddUnit accountId={accountId} onClose={() => setDialog(null)} />}
        {dialog === 'bulk' && (
          <BulkEdit
            count={selection.length}
            currencies={currenciesWith(grid.currency)}
            onClose={() => setDialog(null)}
            onSend={(wanted) => sendBulk(selection, wanted)}
          />
        )}
      </Suspense>
    </Card>
  );
}
