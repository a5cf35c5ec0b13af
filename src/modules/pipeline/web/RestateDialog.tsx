// A closed quarter looked at again: what was corrected is said, how it closed stays beside it.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, TextArea, toast } from '../../../ui/index.ts';
import { type Period, restatePeriod } from '../api-forecast.ts';
import { periodLabel } from './words.ts';

export function RestateDialog({ period, onClose }: { period: Period; onClose: () => void }) {
  const [note, setNote] = useState('');
  const verb = useVerb(restatePeriod, { refreshes: ['forecast.'] });
  const save = useSubmit(async () => {
    await verb.mutateAsync({ body: { period: period.id, note } });
    toast.show({ title: `${periodLabel(period.id)} restated`, tone: 'good' });
    onClose();
  });
  const message = save.message('note');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Restate ${periodLabel(period.id)}`}
      description="Takes the figures of this quarter as they are now. How it closed stays, and accuracy is still measured by it."
      footer={
        <Button variant="primary" onPress={() => void save.run()} isLoading={save.isBusy} isDisabled={!note.trim()}>
          Restate
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {message && <Banner tone="poor">{message}</Banner>}
        <TextArea
          label="What was corrected"
          isRequired
          value={note}
          onChange={setNote}
          rows={3}
          maxLength={5000}
          error={save.fieldError('note')}
        />
      </div>
    </Dialog>
  );
}
