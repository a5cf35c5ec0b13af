// Growth over the portfolio: what is most worth doing, whose contracts with others end soon, how budgets are used.
import { CalendarClock, Target } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { wholeList } from '../../../kernel/web/whole.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Banner,
  Button,
  DateText,
  EmptyState,
  ErrorState,
  Meter,
  Missing,
  Money,
  PageHeader,
  SkeletonRows,
  StatusPill,
  Tabs,
} from '../../../ui/index.ts';
import { listEnding, listWhitespace, type WhitespaceItem } from '../api.ts';
import { listBudgets } from '../api-money.ts';
import { STATUS_TONES, STATUS_WORDS } from './words.ts';

const CellDrawer = lazy(() => import('./CellDrawer.tsx'));
const TABS = ['whitespace', 'ending', 'budgets'] as const;

export default function Growth() {
  const [state, setState] = useUrlState();
  const { workspace } = useSession();
  const tab = TABS.find((t) => t === state.tab) ?? 'whitespace';
  const opened = typeof state.cell === 'string' ? state.cell.split('.') : null;
  const open = (i: WhitespaceItem) => setState({ cell: `${i.accountId}.${i.unitId ?? ''}.${i.productId}.${i.year}` });
  return (
    <>
      <PageHeader
        title="Growth"
        subtitle="What the accounts that you see could still buy from us"
        tabs={
          <Tabs
            label="Parts of growth"
            selected={tab}
            items={[
              { id: 'whitespace', label: 'Worth doing', href: '/growth' },
              { id: 'ending', label: 'Contracts with others', href: '/growth?tab=ending' },
              { id: 'budgets', label: 'Budgets', href: '/growth?tab=budgets' },
            ]}
          />
        }
      />
      <div className="flex min-w-0 flex-col gap-6 p-4 md:p-6">
        <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
          <MetricStat metric="whitespace" />
          <MetricStat metric="penetration" />
          <MetricStat metric="share-of-wallet" />
          <MetricStat metric="account-margin" />
        </div>
        {tab === 'whitespace' && <WorthDoing onOpen={open} />}
        {tab === 'ending' && <Ending onOpen={open} />}
        {tab === 'budgets' && <Budgets />}
      </div>
      <Suspense>
        {opened?.length === 4 && (
          <CellDrawer
            key={state.cell as string}
            place={{ accountId: opened[0]!, unitId: opened[1] || null, productId: opened[2]!, year: Number(opened[3]) }}
            currency={workspace.currency}
            onClose={() => setState({ cell: undefined })}
          />
        )}
      </Suspense>
    </>
  );
}

const shared: Record<string, GridColumn<WhitespaceItem>> = {
  account: {
    id: 'account',
    header: 'Account',
    width: 200,
    minWidth: 190,
    text: (i) => i.accountName,
    cell: (i) => <span className="truncate font-medium">{[i.accountName, i.unitName].filter(Boolean).join(', ')}</span>,
  },
  product: { id: 'product', header: 'Product', width: 150, text: (i) => i.productName, cell: (i) => i.productName },
  status: {
    id: 'status',
    header: 'Status',
    card: 'side',
    width: 125,
    text: (i) => STATUS_WORDS[i.status],
    cell: (i) => <StatusPill tone={STATUS_TONES[i.status]} label={STATUS_WORDS[i.status]} />,
  },
  competitor: {
    id: 'competitor',
    header: 'Competitor',
    width: 140,
    text: (i) => i.competitorName ?? '',
    cell: (i) => i.competitorName ?? <Missing />,
  },
  ends: {
    id: 'ends',
    header: 'Their contract ends',
    width: 200,
    text: (i) => i.incumbentEndsOn ?? '',
    cell: (i) => <Ends on={i.incumbentEndsOn} />,
  },
  nextStep: {
    id: 'nextStep',
    header: 'Next step',
    card: 'wide',
    width: 200,
    text: (i) => i.nextStep,
    cell: (i) => (i.nextStep ? <span className="truncate">{i.nextStep}</span> : <Missing />),
  },
};
const money = (id: 'priority' | 'open' | 'potential', header: string, hint?: string): GridColumn<WhitespaceItem> => ({
  id,
  header,
  align: 'end',
  width: 110,
  ...(hint ? { hint } : {}),
  text: (i) => (i[id] ? String(i[id].amount) : ''),
  cell: (i) => <Money value={i[id]} />,
});
const idOf = (i: WhitespaceItem) => i.id;

function Ends({ on }: { on: string | null }) {
  const { workspace } = useSession();
  if (!on) return <Missing />;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: workspace.zone }).format(new Date());
  return <DateText value={on} relativeTo={today} />;
}

const CSV = ['Account', 'Unit', 'Product', 'Year', 'Status', 'Potential', 'Open', 'Priority', 'Competitor'].concat([
  'Their contract ends',
  'Next step',
]);
const csvRow = (i: WhitespaceItem) => [
  i.accountName,
  i.unitName,
  i.productName,
  i.year,
  STATUS_WORDS[i.status],
  i.potential,
  i.open,
  i.priority,
  i.competitorName,
  i.incumbentEndsOn,
  i.nextStep,
];

function WorthDoing({ onOpen }: { onOpen: (i: WhitespaceItem) => void }) {
  const list = useList(listWhitespace, { query: { limit: 50 } });
  const columns = useMemo(
    () => [
      shared.account!,
      shared.product!,
      money('priority', 'Priority', 'Open × fit × access / effort'),
      money('open', 'Open'),
      money('potential', 'Potential'),
      shared.status!,
      shared.competitor!,
      shared.ends!,
      shared.nextStep!,
    ],
    [],
  );
  const warnings = list.data?.pages[0]?.warnings ?? [];
  return (
    <>
      {warnings.map((w) => (
        <Banner key={w.message} tone="watch" title={w.message} />
      ))}
      <DataGrid<WhitespaceItem>
        label="What is most worth doing"
        columns={columns}
        toolbar={
          <span className="ml-auto">
            <TakeCsv
              fileName="worth-doing"
              head={CSV}
              rows={async () => (await wholeList(listWhitespace, { query: { limit: 200 } })).map(csvRow)}
            />
          </span>
        }
        rows={list.items}
        rowId={idOf}
        onOpen={onOpen}
        isLoading={list.isPending}
        {...(list.isError ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        empty={
          <EmptyState
            icon={<Target />}
            title="No potential has been said yet"
            text="Open an account and its tab Growth: say who has what, and what it could bring."
            actions={<Button href="/">Open the portfolio</Button>}
          />
        }
      />
    </>
  );
}

function Ending({ onOpen }: { onOpen: (i: WhitespaceItem) => void }) {
  const list = useList(listEnding, { query: { limit: 50 } });
  const columns = useMemo(
    () => [
      shared.account!,
      shared.ends!,
      shared.competitor!,
      shared.product!,
      money('open', 'Open'),
      money('priority', 'Priority'),
      shared.nextStep!,
    ],
    [],
  );
  return (
    <DataGrid<WhitespaceItem>
      label="Contracts with others that end within twelve months"
      columns={columns}
      toolbar={
        <span className="ml-auto">
          <TakeCsv
            fileName="contracts-with-others"
            head={CSV}
            rows={async () => (await wholeList(listEnding, { query: { limit: 200 } })).map(csvRow)}
          />
        </span>
      }
      rows={list.items}
      rowId={idOf}
      onOpen={onOpen}
      isLoading={list.isPending}
      {...(list.isError ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      onLoadMore={() => void list.fetchNextPage()}
      empty={
        <EmptyState
          icon={<CalendarClock />}
          title="No contract with others ends within twelve months"
          text="Note in a cell of the grid when their contract ends: it is listed here a year before."
        />
      }
    />
  );
}

function Budgets() {
  const budgets = useCall(listBudgets, {});
  if (budgets.isPending) return <SkeletonRows rows={4} columns={3} />;
  if (budgets.isError) return <ErrorState text={budgets.error.message} onRetry={() => void budgets.refetch()} />;
  if (budgets.data.items.length === 0)
    return (
      <EmptyState
        title="No budgets this year"
        text="A head sets what may be spent on an account under its tab Growth."
      />
    );
  return (
    <ul className="grid grid-cols-1 gap-5 md:grid-cols-2">
      {budgets.data.items.map((b) => (
        <li key={b.accountId ?? b.memberId}>
          <Meter
            label={b.name}
            value={Math.max(0, b.spent.amount)}
            max={Math.max(1, b.budget.amount)}
            tone={b.spent.amount > b.budget.amount ? 'poor' : 'good'}
            valueText={`${Math.round((100 * b.spent.amount) / Math.max(1, b.budget.amount))} %`}
          />
          <p className="mt-1 text-sm text-muted">
            <Money value={b.spent} /> of <Money value={b.budget} />
          </p>
        </li>
      ))}
    </ul>
  );
}
