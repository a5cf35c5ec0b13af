// The pipeline: board or table, filters in the address, one opportunity in a drawer beside it.
import { Columns3, Download, Plus, Rows3, Target } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { type UrlState, useUrlState } from '../../../kernel/web/urlState.ts';
import { Button, EmptyState, IconButton, Menu, SearchField, SegmentedControl, Select } from '../../../ui/index.ts';
import { listStages, type Opportunity, summariseOpportunities } from '../api.ts';
import { exportOpportunities } from './exporting.ts';
import { filterOf, filterWords } from './filters.ts';
import { LoseDialog } from './LoseDialog.tsx';
import { OpportunityDrawer } from './OpportunityDrawer.tsx';
import { PipelineBoard } from './PipelineBoard.tsx';
import { PipelineTable, sortOf } from './PipelineTable.tsx';
import { Sums } from './sums.tsx';
import { WinDialog } from './WinDialog.tsx';
import { CATEGORY_WORDS, optionsOf, TYPE_WORDS } from './words.ts';

const AddOpportunity = lazy(() => import('./AddOpportunity.tsx'));
const OPEN_ONLY = { pipeline: 'Pipeline', best_case: 'Best case', commit: 'Commit', omitted: 'Omitted' } as const;

const text = (value: UrlState[string]): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));

export default function PipelinePage() {
  usePlace({ title: 'Pipeline' });
  const [state, setState] = useUrlState();
  const mayWrite = useMay()('pipeline.write');
  const [isAdding, setAdding] = useState(false);
  const [closing, setClosing] = useState<{ of: Opportunity; outcome: 'won' | 'lost' } | null>(null);
  const view = text(state.view) === 'table' ? 'table' : 'board';
  const filter = filterOf(state, view);
  const stages = useCall(listStages, {}, { staleTime: 60_000 });
  const sums = useCall(
    summariseOpportunities,
    { query: { ...filter, state: ['open'] } } as CallInput<typeof summariseOpportunities>,
    { keepPrevious: true },
  );
  const open = (id: string) => setState({ opportunity: id }, { push: true });
  const isFiltered = ['q', 'who', 'type', 'category', 'owner', 'state', 'from', 'to', 'late'].some((k) => state[k]);
  const opened = text(state.opportunity);

  const toolbar = (
    <div className="flex flex-wrap items-end gap-2">
      <SegmentedControl
        label="View"
        hideText
        value={view}
        options={[
          { value: 'board', label: 'Board', icon: <Columns3 /> },
          { value: 'table', label: 'Table', icon: <Rows3 /> },
        ]}
        onChange={(next) => setState({ view: next === 'table' ? 'table' : undefined })}
      />
      <SegmentedControl
        label="Whose"
        value={text(state.who) === 'mine' ? 'mine' : 'all'}
        options={[
          { value: 'all', label: 'All' },
          { value: 'mine', label: 'Mine' },
        ]}
        onChange={(next) => setState({ who: next === 'mine' ? 'mine' : undefined })}
      />
      <SearchField
        label="Find an opportunity"
        placeholder="Find"
        value={text(state.q)}
        onChange={(q) => setState({ q: q || undefined })}
        className="w-40"
      />
      <Select
        label="Type"
        hideLabel
        placeholder="Any type"
        value={text(state.type) || null}
        options={optionsOf(TYPE_WORDS)}
        onChange={(type) => setState({ type })}
        onClear={() => setState({ type: undefined })}
        clearLabel="Any type"
      />
      <Select
        label="Category"
        hideLabel
        placeholder="Any category"
        value={text(state.category) || null}
        options={optionsOf<string>(view === 'table' ? CATEGORY_WORDS : OPEN_ONLY)}
        onChange={(category) => setState({ category })}
        onClear={() => setState({ category: undefined })}
        clearLabel="Any category"
      />
      {view === 'table' && (
        <Select
          label="State"
          hideLabel
          value={text(state.state) || 'open'}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'won', label: 'Won' },
            { value: 'lost', label: 'Lost' },
            { value: 'all', label: 'Open and closed' },
          ]}
          onChange={(next) => setState({ state: next === 'open' ? undefined : next })}
        />
      )}
      <span className="flex-1" />
      <Menu
        label="Export"
        placement="bottom end"
        trigger={<IconButton label="Export this list" icon={<Download />} variant="secondary" />}
        items={[
          {
            heading: isFiltered ? 'Export what the filters leave' : 'Export this list',
            items: (['xlsx', 'csv'] as const).map((format) => ({
              id: format,
              label: format === 'xlsx' ? 'Excel (XLSX)' : 'Text (CSV)',
              onAction: () => exportOpportunities(format, filter, sortOf(state.sort)),
            })),
          },
        ]}
      />
    </div>
  );
  const empty = isFiltered ? (
    <EmptyState
      title="Nothing fits these filters"
      actions={
        <Button
          onPress={() =>
            setState({
              q: undefined,
              who: undefined,
              type: undefined,
              category: undefined,
              owner: undefined,
              state: undefined,
              from: undefined,
              to: undefined,
              late: undefined,
            })
          }
        >
          Clear filters
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={<Target />}
      title="No opportunities yet"
      text="Add what may come: a renewal, more of the same, something new, another unit. Or import the deals of your CRM: stages come along."
      actions={
        <>
          {mayWrite && (
            <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)}>
              Add an opportunity
            </Button>
          )}
          <Button href="/import">Import deals</Button>
        </>
      }
    />
  );
  const isEmpty = sums.data?.count === 0 && stages.data !== undefined && !isFiltered;

  return (
    <div className="flex h-full min-h-0 flex-col gap-3 p-4 md:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight">Pipeline</h1>
          {sums.data && <Sums sums={sums.data} filter={{ ...filter, state: ['open'] }} filters={filterWords(state)} />}
        </div>
        {mayWrite && (
          <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)}>
            Add
          </Button>
        )}
      </div>
      {view === 'board' && toolbar}
      <div className="min-h-0 flex-1">
        {view === 'table' ? (
          <PipelineTable
            filter={filter}
            sort={sortOf(state.sort)}
            onSort={(sort) => setState({ sort })}
            onOpen={open}
            toolbar={toolbar}
            empty={empty}
          />
        ) : isEmpty ? (
          empty
        ) : (
          <PipelineBoard
            filter={filter}
            stages={stages.data?.items ?? []}
            mayWrite={mayWrite}
            onOpen={open}
            onClose={(of, outcome) => setClosing({ of, outcome })}
          />
        )}
      </div>
      {opened && <OpportunityDrawer key={opened} id={opened} onClose={() => setState({ opportunity: undefined })} />}
      {closing?.outcome === 'won' && <WinDialog id={closing.of.id} onClose={() => setClosing(null)} />}
      {closing?.outcome === 'lost' && <LoseDialog of={closing.of} onClose={() => setClosing(null)} />}
      {isAdding && (
        <Suspense>
          <AddOpportunity onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}
