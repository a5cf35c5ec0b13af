// The opportunities of one account.
import { Download, Plus, Target } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { Button, EmptyState, IconButton, Menu, SegmentedControl } from '../../../ui/index.ts';
import { summariseOpportunities } from '../api.ts';
import { exportOpportunities } from './exporting.ts';
import type { ApiFilter } from './filters.ts';
import { OpportunityDrawer } from './OpportunityDrawer.tsx';
import { PipelineTable } from './PipelineTable.tsx';
import { Sums } from './sums.tsx';

const AddOpportunity = lazy(() => import('./AddOpportunity.tsx'));

export default function PipelineTab({ accountId }: { accountId: string }) {
  const [state, setState] = useUrlState();
  const mayWrite = useMay()('pipeline.write');
  const [isAdding, setAdding] = useState(false);
  const shows = state.show === 'all' ? 'all' : 'open';
  const filter = { accountId: [accountId], ...(shows === 'open' ? { state: ['open'] } : {}) } as ApiFilter;
  const sums = useCall(
    summariseOpportunities,
    { query: { accountId: [accountId], state: ['open'] } } as CallInput<typeof summariseOpportunities>,
    { keepPrevious: true },
  );
  const opened = typeof state.opportunity === 'string' ? state.opportunity : null;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <PipelineTable
        filter={filter}
        sort={shows === 'open' ? 'closesOn' : '-closesOn'}
        hidesAccount
        height="auto"
        onOpen={(id) => setState({ opportunity: id }, { push: true })}
        toolbar={
          <div className="flex flex-1 flex-wrap items-center justify-between gap-2">
            <div className="flex flex-wrap items-center gap-3">
              <SegmentedControl
                label="Which"
                value={shows}
                options={[
                  { value: 'open', label: 'Open' },
                  { value: 'all', label: 'All' },
                ]}
                onChange={(show) => setState({ show: show === 'all' ? 'all' : undefined })}
              />
              {sums.data && (
                <Sums
                  sums={sums.data}
                  filter={{ accountId: [accountId], state: ['open'] }}
                  filters={['of this account']}
                />
              )}
            </div>
            <span className="flex items-center gap-2">
              <Menu
                label="Export"
                placement="bottom end"
                trigger={<IconButton label="Export this list" icon={<Download />} variant="secondary" />}
                items={[
                  {
                    id: 'xlsx',
                    label: 'Excel (XLSX)',
                    onAction: () => exportOpportunities('xlsx', filter, 'closesOn'),
                  },
                  { id: 'csv', label: 'Text (CSV)', onAction: () => exportOpportunities('csv', filter, 'closesOn') },
                ]}
              />
              {mayWrite && (
                <Button icon={<Plus />} onPress={() => setAdding(true)}>
                  Add
                </Button>
              )}
            </span>
          </div>
        }
        empty={
          <EmptyState
            icon={<Target />}
            title={shows === 'open' ? 'Nothing is open here' : 'No opportunities yet'}
            text="What could this account buy next: a renewal, more of the same, something new, another unit?"
            size="sm"
          />
        }
      />
      {opened && <OpportunityDrawer key={opened} id={opened} onClose={() => setState({ opportunity: undefined })} />}
      {isAdding && (
        <Suspense>
          <AddOpportunity accountId={accountId} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}
