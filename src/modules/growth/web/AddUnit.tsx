// Adding a part of the account as a row of the grid.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, TextField, toast } from '../../../ui/index.ts';
import { createUnit } from '../api.ts';

export default function AddUnit({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const create = useVerb(createUnit, { refreshes: ['growth.'] });
  const submit = useSubmit(async () => {
    await create.mutateAsync({ body: { accountId, name } });
    toast.show({ title: `${name} added`, tone: 'good' });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add unit"
      description="A plant, a department, a country: a part that buys for itself and is no account of its own."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isLoading={submit.isBusy}
            isDisabled={!name.trim()}
            onPress={() => void submit.run()}
          >
            Add unit
          </Button>
        </>
      }
    >
      {submit.message('name') && (
        <Banner tone="poor" title="Not added">
          {submit.message('name')}
        </Banner>
      )}
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
        isRequired
        {...(submit.fieldError('name') ? { error: submit.fieldError('name')! } : {})}
      />
    </Dialog>
  );
}
