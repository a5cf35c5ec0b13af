// The catalogue: products by name, names that wait to be known, series.
import { Package, Plus, Search, Upload } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { wholeList } from '../../../kernel/web/whole.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Button,
  Checkbox,
  EmptyState,
  Missing,
  Money,
  Num,
  PageHeader,
  SearchField,
  Select,
  Tabs,
} from '../../../ui/index.ts';
import { listProducts, listSeries, listUnknown, type ProductLine } from '../api.ts';
import { SeriesList } from './SeriesList.tsx';
import { UnknownNames } from './UnknownNames.tsx';
import { BILLING_WORDS, KIND_WORDS } from './words.ts';

const ProductDrawer = lazy(() => import('./ProductDrawer.tsx'));
const AddProduct = lazy(() => import('./AddProduct.tsx'));
const TABS = ['catalogue', 'names', 'series'] as const;

export default function Products() {
  const [state, setState] = useUrlState();
  const mayEdit = useMay()('products.write');
  const mayImport = useMay()('imports.run');
  const [isAdding, setAdding] = useState(false);
  const tab = TABS.find((t) => t === state.tab) ?? 'catalogue';
  const unknown = useCall(listUnknown, { query: { limit: 100 } });
  const waiting = unknown.data?.items.length ?? 0;
  return (
    <>
      <PageHeader
        title="Products"
        subtitle="What we sell, at which list prices, and what it costs us to deliver"
        actions={
          mayEdit ? (
            <>
              {mayImport && (
                <Button icon={<Upload />} href="/import">
                  Import
                </Button>
              )}
              <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)}>
                Add product
              </Button>
            </>
          ) : undefined
        }
        tabs={
          <Tabs
            label="Parts of products"
            selected={tab}
            items={[
              { id: 'catalogue', label: 'Catalogue', href: '/products' },
              {
                id: 'names',
                label: 'Unknown names',
                href: '/products?tab=names',
                ...(waiting ? { count: waiting } : {}),
              },
              { id: 'series', label: 'Series', href: '/products?tab=series' },
            ]}
          />
        }
      />
      <div className="min-w-0 p-4 md:p-6">
        {tab === 'catalogue' && <Catalogue mayEdit={mayEdit} waiting={waiting} onAdd={() => setAdding(true)} />}
        {tab === 'names' && <UnknownNames />}
        {tab === 'series' && <SeriesList mayEdit={mayEdit} />}
      </div>
      <Suspense>
        {typeof state.product === 'string' && (
          <ProductDrawer key={state.product} id={state.product} onClose={() => setState({ product: undefined })} />
        )}
        {isAdding && <AddProduct onClose={() => setAdding(false)} />}
      </Suspense>
    </>
  );
}

const rowId = (p: ProductLine) => p.id;

const CSV = ['Product', 'Code', 'Series', 'Kind', 'Price', 'Billed', 'Cost of delivery, share', 'Cost of delivery'];
/** A row a list price; a product without one has a row all the same. */
const csvRows = (p: ProductLine) =>
  (p.prices.length ? p.prices : [null]).map((x) => [
    p.name,
    p.code,
    p.seriesName,
    KIND_WORDS[p.kind],
    x?.price ?? null,
    x ? BILLING_WORDS[x.billing] : null,
    p.deliveryCostShare,
    p.deliveryCost,
  ]);
function columnsOf(): GridColumn<ProductLine>[] {
  return [
    {
      id: 'name',
      header: 'Product',
      width: 260,
      minWidth: 160,
      text: (p) => p.name,
      cell: (p) => <span className="truncate font-medium">{p.name}</span>,
    },
    {
      id: 'code',
      header: 'Code',
      width: 120,
      text: (p) => p.code ?? '',
      cell: (p) => p.code ?? <Missing label="None" />,
    },
    {
      id: 'series',
      header: 'Series',
      width: 150,
      text: (p) => p.seriesName ?? '',
      cell: (p) => p.seriesName ?? <Missing label="None" />,
    },
    { id: 'kind', header: 'Kind', width: 110, text: (p) => KIND_WORDS[p.kind], cell: (p) => KIND_WORDS[p.kind] },
    {
      id: 'prices',
      header: 'List prices today',
      width: 280,
      text: (p) => p.prices.map((x) => `${x.price.amount} ${x.price.currency}`).join(', '),
      cell: (p) =>
        p.prices.length ? (
          <span className="truncate">
            {p.prices.map((x, i) => (
              <span key={`${x.price.currency} ${x.billing}`}>
                {i > 0 && ' · '}
                <Money value={x.price} /> <span className="text-muted">{BILLING_WORDS[x.billing]}</span>
              </span>
            ))}
          </span>
        ) : (
          <Missing label="None" />
        ),
    },
    {
      id: 'cost',
      header: 'Cost of delivery',
      width: 160,
      align: 'end',
      text: (p) => (p.deliveryCostShare === null ? '' : String(p.deliveryCostShare)),
      cell: (p) =>
        p.deliveryCostShare !== null ? (
          <Num value={p.deliveryCostShare} percent />
        ) : p.deliveryCost ? (
          <span>
            <Money value={p.deliveryCost} /> <span className="text-muted">a {p.unitName}</span>
          </span>
        ) : (
          <Missing />
        ),
    },
  ];
}

function Catalogue({ mayEdit, waiting, onAdd }: { mayEdit: boolean; waiting: number; onAdd: () => void }) {
  const [state, setState] = useUrlState();
  const series = useCall(listSeries, {});
  const q = typeof state.q === 'string' ? state.q : '';
  const seriesId = typeof state.series === 'string' ? state.series : null;
  const isArchive = state.archived === 'true';
  const find = {
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(seriesId ? { seriesId } : {}),
    ...(isArchive ? { archived: 'true' } : {}),
  };
  const list = useList(listProducts, { query: { limit: 100, ...find } } as CallInput<typeof listProducts>);
  const columns = useMemo(() => columnsOf(), []);
  const isFiltered = q.trim() !== '' || seriesId !== null || isArchive;
  return (
    <DataGrid<ProductLine>
      label="Products"
      columns={columns}
      rows={list.items}
      rowId={rowId}
      onOpen={(p) => setState({ product: p.id })}
      toolbar={
        <div className="flex flex-wrap items-center gap-3">
          <SearchField
            label="Find a product"
            placeholder="Name, code or other name"
            shortcut="/"
            value={q}
            onChange={(next) => setState({ q: next || undefined })}
            className="w-64 max-md:w-full"
          />
          {(series.data?.items.length ?? 0) > 0 && (
            <Select
              label="Series"
              hideLabel
              value={seriesId}
              options={(series.data?.items ?? []).map((s) => ({ value: s.id, label: s.name }))}
              onChange={(next) => setState({ series: next ?? undefined })}
              onClear={() => setState({ series: undefined })}
              placeholder="All series"
            />
          )}
          <Checkbox isSelected={isArchive} onChange={(isOn) => setState({ archived: isOn ? 'true' : undefined })}>
            Archived
          </Checkbox>
          <TakeCsv
            fileName="products"
            head={CSV}
            rows={async () =>
              (
                await wholeList(listProducts, { query: { ...find, limit: 200 } } as CallInput<typeof listProducts>)
              ).flatMap(csvRows)
            }
          />
        </div>
      }
      isLoading={list.isPending}
      {...(list.isError ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      onLoadMore={() => void list.fetchNextPage()}
      empty={
        isFiltered ? (
          <EmptyState
            size="sm"
            icon={<Search />}
            title={isArchive ? 'Nothing is archived' : 'No product matches'}
            actions={
              <Button onPress={() => setState({ q: undefined, series: undefined, archived: undefined })}>
                Show all products
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={<Package />}
            title="No products yet"
            text={
              waiting
                ? `What you brought in names ${waiting === 1 ? 'a product that is' : `${waiting} products that are`} not in the catalogue. Say what they are, and every row has its product.`
                : 'Contracts, opportunities and the whitespace grid point at products. Import your price list, or add the first one.'
            }
            actions={
              mayEdit ? (
                <>
                  {waiting > 0 && (
                    <Button variant="primary" href="/products?tab=names">
                      Look at the names
                    </Button>
                  )}
                  <Button href="/import">Import a price list</Button>
                  <Button variant={waiting ? 'secondary' : 'primary'} onPress={onAdd}>
                    Add product
                  </Button>
                </>
              ) : undefined
            }
          />
        )
      }
    />
  );
}
