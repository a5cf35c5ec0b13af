// All actions: mine or everybody's that I may see, by urgency.
import { ListChecks } from 'lucide-react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { EmptyState, SegmentedControl } from '../../../ui/index.ts';
import { summariseActions } from '../api.ts';
import { ActionGroups } from './ActionGroups.tsx';
import { QuickAdd } from './QuickAdd.tsx';

export default function Actions() {
  const [state, setState] = useUrlState();
  const mayWrite = useMay()('actions.write');
  usePlace({ title: 'Actions' });
  const who = state.who === 'all' ? 'all' : 'mine';
  const filter = who === 'mine' ? { mine: 'true' } : {};
  const summary = useCall(summariseActions, { query: filter } as CallInput<typeof summariseActions>, {
    keepPrevious: true,
  });
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 px-4 pt-3 pb-8 md:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight max-md:sr-only">Actions</h1>
        <SegmentedControl
          label="Whose"
          value={who}
          options={[
            { value: 'mine', label: 'Mine' },
            { value: 'all', label: 'All' },
          ]}
          onChange={(next) => setState({ who: next === 'mine' ? undefined : next, action: undefined })}
        />
        {summary.data && (
          <p className="tabular text-base text-muted">
            {summary.data.open} open
            {summary.data.overdue > 0 && <span className="text-poor-text"> · {summary.data.overdue} overdue</span>}
            {summary.data.dueThisWeek > 0 && ` · ${summary.data.dueThisWeek} due this week`}
          </p>
        )}
      </div>
      {mayWrite && <QuickAdd />}
      <ActionGroups
        filter={filter}
        empty={
          <EmptyState
            icon={<ListChecks />}
            title={who === 'mine' ? 'Nothing waits for you' : 'No open actions'}
            text="Write down what is to be done, or press c anywhere and choose Action."
          />
        }
      />
    </div>
  );
}
