// The actions at one account.
import { ListChecks } from 'lucide-react';
import { useMay } from '../../../kernel/web/session.ts';
import { EmptyState } from '../../../ui/index.ts';
import { ActionGroups } from './ActionGroups.tsx';
import { QuickAdd } from './QuickAdd.tsx';

export default function ActionsTab({ accountId }: { accountId: string }) {
  const mayWrite = useMay()('actions.write');
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {mayWrite && <QuickAdd accountId={accountId} />}
      <ActionGroups
        filter={{ accountId }}
        hidesAccount
        empty={
          <EmptyState
            icon={<ListChecks />}
            title="Nothing to do here"
            text="Write down the next step with this account: what, who, until when."
          />
        }
      />
    </div>
  );
}
