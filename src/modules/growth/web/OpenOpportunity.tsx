// The step from a cell to an opportunity: its name, amount and the day it should close.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Banner, Button, Dialog, MoneyField, type MoneyValue, TextField, toast } from '../../../ui/index.ts';
import { type Cell, openOpportunity } from '../api.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export default function OpenOpportunity({
  cell,
  currencies,
  onClose,
}: {
  cell: Cell;
  currencies: string[];
  onClose: () => void;
}) {
  const go = useGo();
  const open = useVerb(openOpportunity, { refreshes: ['growth.', 'pipeline.', 'insights.'] });
  const [name, setName] = useState(`${cell.productName} · ${cell.unitName ?? cell.accountName}`.slice(0, 200));
  const [amount, setAmount] = useState<MoneyValue | null>(cell.open ?? cell.potential);
  const [closesOn, setClosesOn] = useState<string | null>(inDays(90));
  const submit = useSubmit(async () => {
    const made = await open.mutateAsync({ params: { id: cell.id! }, body: { name, amount, closesOn: closesOn! } });
    toast.show({
      title: 'Opportunity opened',
      text: name,
      tone: 'good',
      action: { label: 'Open', onAction: () => go(`/pipeline?opportunity=${made.opportunityId}`) },
    });
    onClose();
  });
  const error = (field: string) => {
    const message = submit.fieldError(field);
    return message ? { error: message } : {};
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Open opportunity"
      description={`${cell.productName} at ${cell.unitName ?? cell.accountName}`}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isLoading={submit.isBusy}
            isDisabled={!name.trim() || !closesOn}
            onPress={() => void submit.run()}
          >
            Open opportunity
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('name', 'amount', 'closesOn') && (
          <Banner tone="poor" title="Not opened">
            {submit.message('name', 'amount', 'closesOn')}
          </Banner>
        )}
        <TextField label="Name" value={name} onChange={setName} maxLength={200} isRequired {...error('name')} />
        <MoneyField
          label="Amount a year"
          value={amount}
          onChange={setAmount}
          currencies={currencies}
          {...error('amount')}
        />
        <DatePicker label="Closes on" value={closesOn} onChange={setClosesOn} isRequired {...error('closesOn')} />
      </div>
    </Dialog>
  );
}
