// "Explain this number" for a sum that a page narrows with filters of its own: definition, filters, as of when, and the rows of its list.
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Banner, Button, DateText, Drawer, Link, toast } from '../../ui/index.ts';
import type { Figure } from '../contract/metrics.ts';
import type { CallInput, RouteSpec } from '../contract/route.ts';
import { Meaning, type Row, Rows, saveRows } from './Explain.tsx';
import { FigureText, useDefinition } from './Figure.tsx';
import { useList } from './queries.ts';
import { type ItemOf, wholeList } from './whole.ts';

/** The list that the sum is of: its route, what the page asks it with, and what each item adds. */
export type RowsOf<S extends RouteSpec> = { route: S; input: CallInput<S>; rowOf: (item: ItemOf<S>) => Row };

export type SumProps<S extends RouteSpec> = {
  /** Id of the definition in the registry. */
  metric: string;
  value: Figure;
  asOf: string;
  /** The filters of the page, in words. */
  filters?: readonly string[];
  /** Currencies without a rate: left out of the sum. */
  missing?: readonly string[];
  of: RowsOf<S>;
};

/** Load it lazily, through `SumStat` or `SumButton`. */
export default function ExplainSum<S extends RouteSpec>(props: SumProps<S> & { onClose: () => void }) {
  const { metric, value, asOf, filters = [], missing = [], of, onClose } = props;
  const definition = useDefinition(metric);
  const list = useList(of.route, of.input);
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      saveRows(metric, (await wholeList(of.route, of.input)).map(of.rowOf), definition);
    } catch (error) {
      toast.show({ title: 'The rows could not be loaded', text: (error as Error).message, tone: 'poor' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={definition?.label ?? 'Explain this number'}
      size="lg"
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
        <section>
          <div className="flex flex-wrap items-end justify-between gap-2">
            <h3 className="text-lg font-semibold">Rows behind it</h3>
            <Button
              size="sm"
              icon={<Download aria-hidden="true" />}
              isLoading={isBusy}
              isDisabled={list.items.length === 0}
              onPress={() => void take()}
            >
              CSV
            </Button>
          </div>
          <Rows
            rows={(list.items as ItemOf<S>[]).map(of.rowOf)}
            isLoading={list.isPending}
            error={list.error ? list.error.message : null}
            onRetry={() => void list.refetch()}
          />
          {list.hasNextPage && (
            <Button
              variant="quiet"
              className="mt-2"
              isLoading={list.isFetchingNextPage}
              onPress={() => void list.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </section>
      </div>
    </Drawer>
  );
}
