// Amending a contract from a day on: other quantities, prices or ends for its lines. What was in force before stays.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  Checkbox,
  Dialog,
  MoneyField,
  NumberField,
  RadioGroup,
  TextArea,
  toast,
} from '../../../ui/index.ts';
import { AMENDMENTS, amendContract, type ContractLine, type ContractPage } from '../api.ts';
import { useToday } from './days.ts';
import { lineName } from './LineTable.tsx';
import { AMENDMENT } from './words.ts';

type Kind = (typeof AMENDMENTS)[number];
const TEXT: Record<Kind, string> = {
  upgrade: 'More of it, or at a higher price',
  downgrade: 'Less of it, or at a lower price',
  uplift: 'Another price, same quantities',
  co_term: 'Lines end together with the contract',
  partial_churn: 'Some lines end; the rest goes on',
};
type Change = {
  quantity: number;
  price: { amount: number; currency: string };
  discount: number;
  isEnded: boolean;
  isTogether: boolean;
};

const startOf = (l: ContractLine): Change => ({
  quantity: l.quantity,
  price: l.unitPrice,
  discount: l.discountPercent,
  isEnded: false,
  isTogether: true,
});

export default function AmendDialog({ contract: c, onClose }: { contract: ContractPage; onClose: () => void }) {
  const today = useToday();
  const [kind, setKind] = useState<Kind>('upgrade');
  const [effectiveOn, setEffectiveOn] = useState<string | null>(today);
  const [note, setNote] = useState('');
  const lines = c.lines.filter((l) => l.kind === 'recurring' && l.state !== 'past');
  const [changes, setChanges] = useState<Record<string, Change>>({});
  const of = (l: ContractLine) => changes[l.id] ?? startOf(l);
  const set = (l: ContractLine, change: Partial<Change>) => setChanges({ ...changes, [l.id]: { ...of(l), ...change } });
  const amend = useVerb(amendContract, { refreshes: ['contracts.', 'renewals.', 'accounts.', 'insights.'] });
  const body = () =>
    lines.flatMap((l) => {
      const now = of(l);
      if (kind === 'co_term') return now.isTogether && l.endsOn !== c.endsOn ? [{ lineId: l.id }] : [];
      if (now.isEnded) return [{ lineId: l.id, quantity: 0 }];
      const changed = {
        ...(now.quantity !== l.quantity ? { quantity: now.quantity } : {}),
        ...(now.price.amount !== l.unitPrice.amount ? { unitPriceMinor: now.price.amount } : {}),
        ...(now.discount !== l.discountPercent ? { discountPercent: now.discount } : {}),
      };
      return Object.keys(changed).length ? [{ lineId: l.id, ...changed }] : [];
    });
  const submit = useSubmit(async () => {
    await amend.mutateAsync({
      params: { id: c.id },
      body: { version: c.version, kind, effectiveOn: effectiveOn!, note, changes: body() },
    });
    toast.show({ title: `${AMENDMENT[kind]} from ${effectiveOn}`, tone: 'good' });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title="Amend the contract"
      description="Changed lines end the day before, others take their place. Nothing is rewritten."
      footer={
        <Button
          variant="primary"
          isLoading={submit.isBusy}
          isDisabled={!effectiveOn || body().length === 0}
          onPress={() => void submit.run()}
        >
          Amend
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.problem && (
          <Banner tone="poor">
            {submit.problem.fields?.map((f) => f.message).join(' ') ?? submit.problem.message}
          </Banner>
        )}
        <RadioGroup<Kind>
          label="Kind"
          value={kind}
          options={AMENDMENTS.map((value) => ({ value, label: AMENDMENT[value], description: TEXT[value] }))}
          onChange={(next) => next && setKind(next)}
        />
        <DatePicker
          label="From"
          isRequired
          value={effectiveOn}
          onChange={setEffectiveOn}
          description="The first day of the new terms"
        />
        {lines.length === 0 && <p className="text-muted">There is no recurring line to change.</p>}
        {lines.map((l) => (
          <fieldset key={l.id} className="rounded-ui border border-line p-3">
            <legend className="px-1 font-medium">{lineName(l)}</legend>
            {kind === 'co_term' ? (
              <Checkbox
                isSelected={of(l).isTogether}
                onChange={(isTogether) => set(l, { isTogether })}
                isDisabled={l.endsOn === c.endsOn}
              >
                {l.endsOn === c.endsOn
                  ? 'Ends with the contract already'
                  : `Ends with the contract${c.endsOn ? `, ${c.endsOn}` : ''}`}
              </Checkbox>
            ) : (
              <div className="grid items-end gap-3 sm:grid-cols-3">
                <NumberField
                  label="Quantity"
                  value={of(l).quantity}
                  minValue={0}
                  isDisabled={of(l).isEnded}
                  onChange={(q) => set(l, { quantity: q ?? 0 })}
                />
                <MoneyField
                  label="Price of one"
                  value={of(l).price}
                  currencies={[c.currency]}
                  isDisabled={of(l).isEnded}
                  onChange={(p) => p && set(l, { price: p })}
                />
                <NumberField
                  label="Discount"
                  value={of(l).discount}
                  minValue={0}
                  maxValue={100}
                  unit="%"
                  isDisabled={of(l).isEnded}
                  onChange={(d) => set(l, { discount: d ?? 0 })}
                />
                <Checkbox isSelected={of(l).isEnded} onChange={(isEnded) => set(l, { isEnded })}>
                  This line ends
                </Checkbox>
              </div>
            )}
          </fieldset>
        ))}
        <TextArea label="Note" value={note} onChange={setNote} rows={2} maxLength={5000} />
      </div>
    </Dialog>
  );
}
