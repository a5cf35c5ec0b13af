// Adding a contract with its lines, or changing the terms of one. What was typed survives.
import { Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { Problem } from '../../../kernel/contract/problem.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  Checkbox,
  ConflictNotice,
  Dialog,
  IconButton,
  MoneyField,
  NumberField,
  type Option,
  Select,
  TextArea,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { AccountField } from '../../accounts/web/index.ts';
import { listProducts } from '../../products/api.ts';
import { type ContractLine, type ContractPage, createContract, updateContract } from '../api.ts';
import { useToday } from './days.ts';

type Line = {
  productId: string | null;
  description: string;
  quantity: number | null;
  price: { amount: number; currency: string } | null;
  discount: number | null;
  billing: ContractLine['billing'];
};
type Form = {
  account: Option | null;
  name: string;
  number: string;
  startsOn: string | null;
  endsOn: string | null;
  termMonths: number | null;
  noticeDays: number | null;
  upliftPercent: number | null;
  autoRenews: boolean;
  signedOn: string | null;
  notes: string;
  lines: Line[];
};
const emptyLine: Line = {
  productId: null,
  description: '',
  quantity: 1,
  price: null,
  discount: null,
  billing: 'month',
};
const formOf = (c: ContractPage): Form => ({
  account: { value: c.accountId, label: c.accountName },
  name: c.name,
  number: c.number ?? '',
  startsOn: c.startsOn,
  endsOn: c.endsOn,
  termMonths: c.termMonths,
  noticeDays: c.noticeDays,
  upliftPercent: c.upliftPercent,
  autoRenews: c.autoRenews,
  signedOn: c.signedOn,
  notes: c.notes,
  lines: [],
});
const LABELS = {
  name: 'Name',
  number: 'Number',
  startsOn: 'From',
  endsOn: 'Until',
  termMonths: 'Next term',
  noticeDays: 'Notice',
  upliftPercent: 'Uplift',
  autoRenews: 'Renews by itself',
  signedOn: 'Signed',
  notes: 'Notes',
} as const;
type Key = keyof typeof LABELS;
const termsOf = (f: Form) => ({
  name: f.name.trim(),
  number: f.number.trim() || null,
  startsOn: f.startsOn!,
  endsOn: f.endsOn,
  termMonths: f.termMonths,
  noticeDays: f.noticeDays,
  upliftPercent: f.upliftPercent,
  autoRenews: f.autoRenews,
  signedOn: f.signedOn,
  notes: f.notes,
});

type Props = { onClose: () => void; accountId?: string; contract?: ContractPage };

export default function AddContract({ onClose, accountId, contract }: Props) {
  const id = useId();
  const go = useGo();
  const today = useToday();
  const { workspace } = useSession();
  const products = useList(listProducts, { query: { limit: 200 } });
  const start: Form = contract
    ? formOf(contract)
    : {
        account: null,
        name: '',
        number: '',
        startsOn: today,
        endsOn: null,
        termMonths: 12,
        noticeDays: 90,
        upliftPercent: null,
        autoRenews: false,
        signedOn: null,
        notes: '',
        lines: [emptyLine],
      };
  const [draft, setDraft] = useDraft<Form>(contract ? `contracts.${contract.id}` : `contracts.new${accountId ?? ''}`);
  const form = draft ?? start;
  const set = (change: Partial<Form>) => setDraft({ ...form, ...change });
  const setLine = (i: number, change: Partial<Line>) =>
    set({ lines: form.lines.map((l, k) => (k === i ? { ...l, ...change } : l)) });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [theirs, setTheirs] = useState<ContractPage | null>(null);
  const create = useVerb(createContract, { refreshes: ['contracts.', 'renewals.', 'accounts.', 'insights.'] });
  const update = useVerb(updateContract, { refreshes: ['contracts.', 'renewals.', 'accounts.', 'insights.'] });
  const currency = contract?.currency ?? form.lines.find((l) => l.price)?.price?.currency ?? workspace.currency;
  const lines = form.lines.filter((l) => l.price && (l.productId || l.description.trim()));
  const isReady =
    form.name.trim() !== '' &&
    form.startsOn !== null &&
    (contract !== undefined || accountId !== undefined || form.account !== null);

  const send = async (against: number | undefined) => {
    setProblem(null);
    try {
      const terms = termsOf(form);
      if (contract)
        await update.mutateAsync({
          params: { id: contract.id },
          body: { ...(against === undefined ? {} : { version: against }), ...terms },
        });
      else {
        const { endsOn, ...rest } = terms;
        const made = await create.mutateAsync({
          body: {
            accountId: accountId ?? form.account!.value,
            currency,
            ...rest,
            ...(endsOn ? { endsOn } : {}),
            lines: lines.map((l) => ({
              productId: l.productId,
              description: l.description.trim(),
              quantity: l.quantity ?? 1,
              unitPriceMinor: l.price!.amount,
              discountPercent: l.discount ?? 0,
              billing: l.billing,
              kind: l.billing === 'once' ? ('one_off' as const) : ('recurring' as const),
            })),
          },
        });
        toast.show({ title: `Added: ${made.name}`, tone: 'good' });
        go(`/contracts/${made.id}`);
      }
      setDraft(null);
      onClose();
    } catch (reason) {
      const failed = asProblem(reason);
      if (failed.code === 'version_conflict' && failed.current) setTheirs(failed.current as ContractPage);
      else setProblem(failed);
    }
  };
  const error = (field: string) => {
    const found = problem?.fields?.find((f) => f.field === field);
    return found ? { error: found.message } : {};
  };
  const shown = (f: Form, key: Key) =>
    key === 'autoRenews' ? (f.autoRenews ? 'Yes' : 'No') : String(f[key] ?? '') || '–';

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={contract ? 'Edit terms' : 'Add contract'}
      footer={
        <Button
          variant="primary"
          type="submit"
          form={id}
          isLoading={create.isPending || update.isPending}
          isDisabled={!isReady}
        >
          {contract ? 'Save' : 'Add contract'}
        </Button>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void send(contract?.version);
        }}
      >
        {theirs && (
          <ConflictNotice
            what="This contract"
            fields={(Object.keys(LABELS) as Key[])
              .filter((key) => shown(formOf(theirs), key) !== shown(form, key))
              .map((key) => ({ label: LABELS[key], theirs: shown(formOf(theirs), key), mine: shown(form, key) }))}
            onKeepMine={() => {
              setTheirs(null);
              void send(theirs.version);
            }}
            onTakeTheirs={() => {
              setDraft(null);
              setTheirs(null);
              onClose();
            }}
          />
        )}
        {problem && <Banner tone="poor">{problem.fields?.map((f) => f.message).join('. ') ?? problem.message}</Banner>}
        <div className="grid gap-4 sm:grid-cols-2">
          {!accountId && !contract && (
            <AccountField
              label="Account"
              isRequired
              autoFocus
              value={form.account}
              onChange={(a) => set({ account: a && { value: a.value, label: a.label } })}
              {...error('accountId')}
            />
          )}
          <TextField
            label="Name"
            isRequired
            value={form.name}
            onChange={(name) => set({ name })}
            maxLength={300}
            {...error('name')}
          />
          <TextField
            label="Number"
            value={form.number}
            onChange={(number) => set({ number })}
            maxLength={100}
            {...error('number')}
          />
          <DatePicker
            label="From"
            isRequired
            value={form.startsOn}
            onChange={(startsOn) => set({ startsOn })}
            {...error('startsOn')}
          />
          <DatePicker
            label="Until"
            description="The last day; empty: it ends with the term"
            value={form.endsOn}
            onChange={(endsOn) => set({ endsOn })}
            {...error('endsOn')}
          />
          <NumberField
            label="Term"
            unit="months"
            minValue={1}
            maxValue={240}
            value={form.termMonths}
            onChange={(termMonths) => set({ termMonths })}
            {...error('termMonths')}
          />
          <NumberField
            label="Notice period"
            unit="days"
            minValue={0}
            maxValue={3650}
            value={form.noticeDays}
            onChange={(noticeDays) => set({ noticeDays })}
            {...error('noticeDays')}
          />
          <NumberField
            label="Uplift clause"
            unit="%"
            minValue={-100}
            maxValue={1000}
            digits={2}
            value={form.upliftPercent}
            onChange={(upliftPercent) => set({ upliftPercent })}
            {...error('upliftPercent')}
          />
          <DatePicker label="Signed on" value={form.signedOn} onChange={(signedOn) => set({ signedOn })} />
        </div>
        <Checkbox isSelected={form.autoRenews} onChange={(autoRenews) => set({ autoRenews })}>
          Renews by itself unless notice is given
        </Checkbox>
        {!contract && (
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 text-base font-semibold">Lines</legend>
            {form.lines.map((l, i) => (
              <div
                key={`line-${String(i)}`}
                className="grid items-end gap-3 rounded-ui border border-line p-3 sm:grid-cols-6"
              >
                {products.items.length > 0 && (
                  <Select
                    label="Product"
                    className="sm:col-span-3"
                    value={l.productId}
                    placeholder="None"
                    onClear={() => setLine(i, { productId: null })}
                    options={products.items.map((p) => ({ value: p.id, label: p.name }))}
                    onChange={(productId) => setLine(i, { productId })}
                    {...error(`lines.${i}.productId`)}
                  />
                )}
                <TextField
                  label="Description"
                  className="sm:col-span-3"
                  value={l.description}
                  onChange={(description) => setLine(i, { description })}
                  maxLength={2000}
                  {...error(`lines.${i}.description`)}
                />
                <NumberField
                  label="Quantity"
                  className="sm:col-span-1"
                  value={l.quantity}
                  minValue={0}
                  onChange={(quantity) => setLine(i, { quantity })}
                />
                <MoneyField
                  label="Price of one"
                  className="sm:col-span-2"
                  value={l.price}
                  currencies={
                    l.price && l.price.currency !== workspace.currency
                      ? [l.price.currency, workspace.currency]
                      : [workspace.currency, ...OTHERS.filter((x) => x !== workspace.currency)]
                  }
                  onChange={(price) => setLine(i, { price })}
                />
                <Select<Line['billing']>
                  label="Billed"
                  className="sm:col-span-2"
                  value={l.billing}
                  options={[
                    { value: 'month', label: 'By month' },
                    { value: 'quarter', label: 'By quarter' },
                    { value: 'half_year', label: 'By half-year' },
                    { value: 'year', label: 'By year' },
                    { value: 'once', label: 'Once' },
                  ]}
                  onChange={(billing) => billing && setLine(i, { billing })}
                />
                <div className="flex items-end gap-1 sm:col-span-1">
                  <NumberField
                    label="Discount"
                    value={l.discount}
                    unit="%"
                    minValue={0}
                    maxValue={100}
                    hideStepper
                    onChange={(discount) => setLine(i, { discount })}
                  />
                  <IconButton
                    label={`Remove line ${i + 1}`}
                    icon={<Trash2 />}
                    onPress={() => set({ lines: form.lines.filter((_, k) => k !== i) })}
                  />
                </div>
              </div>
            ))}
            <Button
              size="sm"
              icon={<Plus />}
              className="self-start"
              onPress={() => set({ lines: [...form.lines, emptyLine] })}
            >
              Add line
            </Button>
          </fieldset>
        )}
        <TextArea label="Notes" value={form.notes} onChange={(notes) => set({ notes })} rows={2} maxLength={20_000} />
      </form>
    </Dialog>
  );
}

/** Currencies that contracts are often in, beside the workspace's own. */
const OTHERS = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'];
