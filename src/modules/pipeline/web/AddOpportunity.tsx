// Adding an opportunity in a dialog. What was typed survives.
import { useId, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Banner, Button, Dialog, MoneyField, type Option, Select, TextField, toast } from '../../../ui/index.ts';

import { AccountField, MemberField } from '../../accounts/web/index.ts';
import { createOpportunity, listStages, type Opportunity } from '../api.ts';
import { currencyChoices } from './currencies.ts';
import { ProductField } from './pickers.tsx';
import { REFRESHES } from './useOpportunity.ts';
import { optionsOf, TYPE_WORDS } from './words.ts';

type Form = {
  name: string;
  account: Option | null;
  owner: Option | null;
  product: Option | null;
  type: Opportunity['type'];
  amount: { amount: number; currency: string } | null;
  closesOn: string | null;
  stageId: string | null;
  nextStep: string;
};
const plain = (option: Option | null) => option && { value: option.value, label: option.label };

type Props = { onClose: () => void; accountId?: string; onAdded?: (id: string) => void };

export default function AddOpportunity({ onClose, accountId, onAdded }: Props) {
  const id = useId();
  const { member, workspace } = useSession();
  const [draft, setDraft] = useDraft<Form>(`pipeline.new${accountId ?? ''}`);
  const [start] = useState<Form>({
    name: '',
    account: null,
    owner: { value: member.id, label: member.name },
    product: null,
    type: 'upsell',
    amount: null,
    closesOn: null,
    stageId: null,
    nextStep: '',
  });
  const form = draft ?? start;
  const set = (change: Partial<Form>) => setDraft({ ...form, ...change });
  const stages = useCall(listStages, {}, { staleTime: 60_000 });
  const open = (stages.data?.items ?? []).filter((s) => s.outcome === 'open');
  const create = useVerb(createOpportunity, { refreshes: REFRESHES });
  const account = accountId ?? form.account?.value;
  const isReady = form.name.trim() !== '' && account !== undefined && form.closesOn !== null;
  const save = useSubmit(async () => {
    if (!account || !form.closesOn) return;
    const made = await create.mutateAsync({
      body: {
        name: form.name.trim(),
        accountId: account,
        type: form.type,
        ownerId: form.owner?.value ?? null,
        productId: form.product?.value ?? null,
        amount: form.amount,
        closesOn: form.closesOn,
        nextStep: form.nextStep,
        ...(form.stageId ? { stageId: form.stageId } : {}),
      },
    });
    setDraft(null);
    toast.show({ title: `Added: ${made.name}`, tone: 'good' });
    onAdded?.(made.id);
    onClose();
  });
  const fields = ['name', 'accountId', 'ownerId', 'productId', 'amount', 'closesOn', 'nextStep', 'stageId'];
  const message = save.message(...fields);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add an opportunity"
      footer={
        <Button variant="primary" type="submit" form={id} isLoading={save.isBusy} isDisabled={!isReady}>
          Add opportunity
        </Button>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save.run();
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        <TextField
          label="Name"
          value={form.name}
          onChange={(name) => set({ name })}
          maxLength={300}
          autoFocus
          isRequired
          autoComplete="off"
          error={save.fieldError('name')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          {!accountId && (
            <AccountField
              label="Account"
              isRequired
              value={form.account}
              onChange={(next) => set({ account: plain(next) })}
              error={save.fieldError('accountId')}
            />
          )}
          <Select label="Type" value={form.type} options={optionsOf(TYPE_WORDS)} onChange={(type) => set({ type })} />
          <MoneyField
            label="Amount"
            description="Of recurring business the value of a year"
            value={form.amount}
            currencies={currencyChoices(workspace.currency)}
            onChange={(amount) => set({ amount })}
            error={save.fieldError('amount')}
          />
          <DatePicker
            label="Expected to close on"
            isRequired
            value={form.closesOn}
            onChange={(closesOn) => set({ closesOn })}
            error={save.fieldError('closesOn')}
          />
          <Select
            label="Stage"
            value={form.stageId ?? open[0]?.id ?? null}
            options={open.map((s) => ({ value: s.id, label: s.name, description: `${s.probability} %` }))}
            onChange={(stageId) => set({ stageId })}
            error={save.fieldError('stageId')}
          />
          <MemberField
            label="Owner"
            value={form.owner}
            onChange={(owner) => set({ owner: plain(owner) })}
            error={save.fieldError('ownerId')}
          />
          <ProductField
            label="Product"
            value={form.product}
            onChange={(product) => set({ product: plain(product) })}
            error={save.fieldError('productId')}
          />
          <TextField
            label="Next step"
            value={form.nextStep}
            onChange={(nextStep) => set({ nextStep })}
            maxLength={2000}
            error={save.fieldError('nextStep')}
          />
        </div>
      </form>
    </Dialog>
  );
}
