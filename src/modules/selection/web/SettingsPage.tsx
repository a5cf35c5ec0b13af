// Criteria under Settings: the same editor of the model as on the selection's own tab, one draft for both.
import { Button, PaneHeader } from '../../../ui/index.ts';
import ModelTab from './ModelTab.tsx';

export default function SettingsPage() {
  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="Criteria"
        text="What key accounts are chosen by: three to five criteria, how much each counts, and where its scores come from."
        actions={<Button href="/selection">See the ranking</Button>}
      />
      <ModelTab />
    </div>
  );
}
