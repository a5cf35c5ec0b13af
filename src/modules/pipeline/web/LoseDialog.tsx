// Lost: why, to whom, what is to be learnt.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, Select, TextArea, TextField, toast } from '../../../ui/index.ts';
import { LOST_REASONS, type Opportunity } from '../api.ts';
import { loseOpportunity } from '../api-closing.ts';
import { REFRESHES } from './useOpportunity.ts';
import { LOST_WORDS } from './words.ts';

type Reason = (typeof LOST_REASONS)[number];

export function LoseDialog({ of, onClose }: { of: Opportunity; onClose: () => void }) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [competitor, setCompetitor] = useState(of.competitor);
  const [note, setNote] = useState('');
  const lose = useVerb(loseOpportunity, { refreshes: REFRESHES });
  const save = useSubmit(async () => {
    if (!reason) return;
    await lose.mutateAsync({ params: { id: of.id }, body: { version: of.version, reason, note, competitor } });
    toast.show({ title: `${of.name} is closed as lost`, text: LOST_WORDS[reason] });
    onClose();
  });
  const message = save.message('reason', 'note', 'competitor');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Lost"
      description={`${of.name} · ${of.accountName}`}
      footer={
        <Button variant="danger" onPress={() => void save.run()} isLoading={save.isBusy} isDisabled={!reason}>
          Close as lost
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {message && <Banner tone="poor">{message}</Banner>}
        <Select
          label="Why"
          isRequired
          placeholder="Choose the main reason"
          value={reason}
          options={LOST_REASONS.map((value) => ({ value, label: LOST_WORDS[value] }))}
          onChange={(next) => setReason(next)}
          error={save.fieldError('reason')}
        />
        <TextField
          label="Competitor"
          value={competitor}
          onChange={setCompetitor}
          maxLength={200}
          error={save.fieldError('competitor')}
        />
        <TextArea
          label="What happened, and what we learn from it"
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
