// Ending a contract before its time: the last day, and why.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Banner, Button, Dialog, TextArea, toast } from '../../../ui/index.ts';
import { type ContractPage, cancelContract } from '../api.ts';
import { useToday } from './days.ts';

export default function CancelDialog({ contract: c, onClose }: { contract: ContractPage; onClose: () => void }) {
  const today = useToday();
  const [endsOn, setEndsOn] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const cancel = useVerb(cancelContract, { refreshes: ['contracts.', 'renewals.', 'accounts.', 'insights.'] });
  const submit = useSubmit(async () => {
    await cancel.mutateAsync({ params: { id: c.id }, body: { version: c.version, endsOn: endsOn!, reason } });
    toast.show({ title: `Cancelled: ${c.name}` });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Cancel the contract"
      description="Lines end with the last day, and its renewal is dropped. This cannot be undone."
      footer={
        <Button
          variant="danger"
          isLoading={submit.isBusy}
          isDisabled={!endsOn || !reason.trim()}
          onPress={() => void submit.run()}
        >
          Cancel the contract
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('endsOn', 'reason') && <Banner tone="poor">{submit.message('endsOn', 'reason')}</Banner>}
        <DatePicker
          label="Last day"
          isRequired
          value={endsOn}
          onChange={setEndsOn}
          error={submit.fieldError('endsOn') ?? ''}
        />
        <TextArea
          label="Why"
          isRequired
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={2000}
          error={submit.fieldError('reason') ?? ''}
        />
      </div>
    </Dialog>
  );
}
