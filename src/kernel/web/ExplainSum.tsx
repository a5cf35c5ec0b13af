// "Explain this number" for a sum that a page narrows with filters of its own: definition, filters, as of when, and the rows of its list.
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Banner, Button, DateText, Drawer, Link, toast } from '../../ui/index.ts';
import type { Figure, MetricDefinition } from '../contract/metrics.ts';
import type { CallInput, RouteSpec } from '../contract/route.ts';
import { Meaning, type Row, Rows, saveRows } from './Explain.tsx';
import { FigureText, useDefinition } from './Figure.tsx';
import { useList } from './queries.ts';
import { type ItemOf, wholeList } from './whole.ts';

/** The list that the sum is of: its route, what the page asks it with, and what each item adds; null: nothing. */
export type RowsOf<S extends RouteSpec> = { route: S; input: CallInput<S>; rowOf: (item: ItemOf<S>) => Row | null };

export type SumProps<S extends RouteSpec> = {
  /** Id of the definition in the registry. */
  metric: string;
  value: Figure;
  asOf: string;
  /** The filters of the page, in words. */
  filters?: readonly string[];
  /** Currencies without a rate: left out of the sum. */
  missing?: readonly string[];
  /** A list, or rows that the page has already. */
  of: RowsOf<S> | { items: readonly Row[] };
};

/** Load it lazily, through `SumStat` or `SumButton`. */
export default function ExplainSum<S extends RouteSpec>(
  props: SumProps<S> & {
    onClose: () => void;
    /** Stands between definition and rows: how the figure splits. */
    children?: ReactNode;
    footer?: ReactNode;
  },
) {
  const { metric, value, asOf, filters = [], missing = [], of, onClose, children, footer } = props;
  const definition = useDefinition(metric);
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={definition?.label ?? 'Explain this number'}
      size="lg"
      {...(footer ? { footer } : {})}
    >
      <div className="flex flex-col gap-6">
        <section>
          <div className="tabular text-3xl font-semibold tracking-tight">
            <FigureText value={value} unit={definition?.unit ?? 'part'} style="full" />
          </div>
          <p className="mt-1 text-sm text-muted">
            As of <DateText value={asOf} />
            {filters.length > 0 ? ` · only ${filters.join(', ')}` : ' · all that you see'}
          </p>
        </section>
        {missing.length > 0 && (
          <Banner tone="watch" title={`No rate for ${missing.join(', ')}: left out of the sum`}>
            <Link href="/settings/rates">Enter or import rates</Link>
          </Banner>
        )}
        {definition && <Meaning definition={definition} />}
        {children}
        {'items' in of ? (
          <Behind
            metric={metric}
            definition={definition}
            rows={of.items}
            all={() => Promise.resolve(of.items)}
            isLoading={false}
            error={null}
            onRetry={() => {}}
          />
        ) : (
          <Listed metric={metric} definition={definition} of={of} />
        )}
      </div>
    </Drawer>
  );
}

type Described = { metric: string; definition: MetricDefinition | undefined };

const rowsOf = <S extends RouteSpec>(items: readonly ItemOf<S>[], of: RowsOf<S>): Row[] =>
  items.map(of.rowOf).filter((row) => row !== null);

/** Rows that a list has, page after page. */
function Listed<S extends RouteSpec>({ of, ...described }: Described & { of: RowsOf<S> }) {
  const list = useList(of.route, of.input);
  return (
    <Behind
      {...described}
      rows={rowsOf(list.items as ItemOf<S>[], of)}
      all={async () => rowsOf(await wholeList(of.route, of.input), of)}
      isLoading={list.isPending}
      error={list.error ? list.error.message : null}
      onRetry={() => void list.refetch()}
      more={
        list.hasNextPage && (
          <Button
            variant="quiet"
            className="mt-2"
            isLoading={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        )
      }
    />
  );
}

type BehindProps = Described & {
  rows: readonly Row[];
  /** All rows, for the file. */
  all: () => Promise<readonly Row[]>;
  isLoading: boolean;
  error: string | null;
  onRetry: () => void;
  more?: ReactNode;
};

function Behind({ metric, definition, rows, all, more, ...state }: BehindProps) {
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      saveRows(metric, await all(), definition);
    } catch (error) {
      toast.show({ title: 'The rows could not be loaded', text: (error as Error).message, tone: 'poor' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section>
      <div className="flex flex-wrap items-end justify-between gap-2">
        <h3 className="text-lg font-semibold">Rows behind it</h3>
        <Button
          size="sm"
          icon={<Download aria-hidden="true" />}
          isLoading={isBusy}
          isDisabled={rows.length === 0}
          onPress={() => void take()}
        >
          CSV
        </Button>
      </div>
      <Rows rows={rows} {...state} />
      {more}
    </section>
  );
}
