// Changing many cells alike: only what is filled in here changes.
import { useState } from 'react';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, MoneyField, type MoneyValue, NumberField, Select } from '../../../ui/index.ts';
import type { Status } from '../api.ts';
import { statusOptions } from './words.ts';

export type BulkChange = {
  status?: Status;
  potential?: MoneyValue;
  fit?: number;
  access?: number;
  effort?: number;
};

export default function BulkEdit({
  count,
  currencies,
  onClose,
  onSend,
}: {
  count: number;
  currencies: string[];
  onClose: () => void;
  onSend: (change: BulkChange) => Promise<void>;
}) {
  const [status, setStatus] = useState<Status | null>(null);
  const [potential, setPotential] = useState<MoneyValue | null>(null);
  const [fit, setFit] = useState<number | null>(null);
  const [access, setAccess] = useState<number | null>(null);
  const [effort, setEffort] = useState<number | null>(null);
  const change: BulkChange = {
    ...(status ? { status } : {}),
    ...(potential ? { potential } : {}),
    ...(fit !== null ? { fit } : {}),
    ...(access !== null ? { access } : {}),
    ...(effort !== null ? { effort } : {}),
  };
  const submit = useSubmit(async () => {
    await onSend(change);
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Change ${count} cells`}
      description="What you leave empty stays as it is."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isLoading={submit.isBusy}
            isDisabled={Object.keys(change).length === 0}
            onPress={() => void submit.run()}
          >
            Change {count} cells
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {submit.message() && (
          <Banner tone="poor" title="Not changed">
            {submit.message()}
          </Banner>
        )}
        <Select
          label="Status"
          value={status}
          options={statusOptions}
          onChange={setStatus}
          onClear={() => setStatus(null)}
          placeholder="Leave as it is"
        />
        <MoneyField label="Potential in a year" value={potential} onChange={setPotential} currencies={currencies} />
        <NumberField label="Fit" unit="%" minValue={0} maxValue={100} value={fit} onChange={setFit} />
        <NumberField label="Access" unit="%" minValue={0} maxValue={100} value={access} onChange={setAccess} />
        <NumberField label="Effort" minValue={0.1} maxValue={100} step={0.1} value={effort} onChange={setEffort} />
      </div>
    </Dialog>
  );
}
