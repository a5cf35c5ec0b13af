// Making or changing a scenario; its effect is reckoned while one types.
import { Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Dialog,
  IconButton,
  MoneyField,
  NumberField,
  Select,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { createOffer, evaluateScenarios, type Offer, type OfferTermsInput, updateOffer } from '../api-offers.ts';
import type { RenewalPage } from '../api-renewals.ts';
import { useToday } from './days.ts';
import { EffectPair } from './Effects.tsx';
import { lineName } from './LineTable.tsx';

type Bundle = {
  description: string;
  quantity: number | null;
  price: { amount: number; currency: string } | null;
  billing: 'month' | 'quarter' | 'half_year' | 'year';
  productId: string | null;
  discountPercent: number;
};
type Form = {
  name: string;
  upliftPercent: number | null;
  discountPercent: number | null;
  termMonths: number | null;
  quantities: Record<string, number | null>;
  bundle: Bundle[];
};

const formOf = (o: Offer, currency: string): Form => ({
  name: o.name,
  upliftPercent: o.terms.upliftPercent,
  discountPercent: o.terms.discountPercent,
  termMonths: o.terms.termMonths,
  quantities: Object.fromEntries(o.terms.quantities.map((q) => [q.lineId, q.quantity])),
  bundle: o.terms.bundle.map((b) => ({
    description: b.description,
    quantity: b.quantity,
    price: { amount: b.unitPriceMinor, currency },
    billing: b.billing === 'once' ? 'year' : b.billing,
    productId: b.productId,
    discountPercent: b.discountPercent,
  })),
});

const termsOf = (f: Form): OfferTermsInput => ({
  upliftPercent: f.upliftPercent ?? 0,
  discountPercent: f.discountPercent ?? 0,
  termMonths: f.termMonths,
  quantities: Object.entries(f.quantities).flatMap(([lineId, quantity]) =>
    quantity === null ? [] : [{ lineId, quantity }],
  ),
  bundle: f.bundle
    .filter((b) => b.price && b.description.trim())
    .map((b) => ({
      productId: b.productId,
      description: b.description.trim(),
      quantity: b.quantity ?? 1,
      unitPriceMinor: b.price!.amount,
      billing: b.billing,
      discountPercent: b.discountPercent,
    })),
});

type Props = { renewal: RenewalPage; offer?: Offer; onClose: () => void };

export default function OfferDialog({ renewal: r, offer, onClose }: Props) {
  const today = useToday();
  const [draft, setDraft] = useDraft<Form>(offer ? `offers.${offer.id}` : `offers.new${r.id}`);
  const form: Form =
    draft ??
    (offer
      ? formOf(offer, r.currency)
      : {
          name: '',
          upliftPercent: r.clausePercent,
          discountPercent: null,
          termMonths: r.termMonths,
          quantities: {},
          bundle: [],
        });
  const set = (change: Partial<Form>) => setDraft({ ...form, ...change });
  const [showsMore, setShowsMore] = useState(form.bundle.length > 0 || Object.keys(form.quantities).length > 0);
  const terms = useDeferredValue(termsOf(form));
  const effect = useCall(
    evaluateScenarios,
    { params: { id: r.id }, body: { scenarios: [terms] } },
    { keepPrevious: true },
  );
  const scenario = effect.data?.scenarios[0];
  const create = useVerb(createOffer, { refreshes: ['offers.', 'renewals.', 'insights.'] });
  const update = useVerb(updateOffer, { refreshes: ['offers.', 'renewals.', 'insights.'] });
  const submit = useSubmit(async () => {
    const name = form.name.trim() || nameOf(form);
    if (offer)
      await update.mutateAsync({
        params: { id: offer.id },
        body: { version: offer.version, name, terms: termsOf(form) },
      });
    else await create.mutateAsync({ params: { id: r.id }, body: { name, terms: termsOf(form) } });
    setDraft(null);
    toast.show({ title: `Kept: ${name}`, tone: 'good' });
    onClose();
  });
  const setBundle = (i: number, change: Partial<Bundle>) =>
    set({ bundle: form.bundle.map((b, k) => (k === i ? { ...b, ...change } : b)) });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={offer ? 'Edit scenario' : 'Add scenario'}
      footer={
        <Button variant="primary" isLoading={submit.isBusy} onPress={() => void submit.run()}>
          {offer ? 'Save' : 'Keep scenario'}
        </Button>
      }
    >
      <div className="grid gap-6 md:grid-cols-2">
        <div className="flex flex-col gap-4">
          {submit.problem && <Banner tone="poor">{submit.problem.message}</Banner>}
          <TextField
            label="Name"
            value={form.name}
            placeholder={nameOf(form)}
            onChange={(name) => set({ name })}
            maxLength={120}
          />
          <div className="grid grid-cols-2 gap-3">
            <NumberField
              label="Uplift"
              value={form.upliftPercent}
              minValue={-100}
              maxValue={1000}
              unit="%"
              digits={2}
              onChange={(upliftPercent) => set({ upliftPercent })}
            />
            <NumberField
              label="Discount"
              value={form.discountPercent}
              minValue={0}
              maxValue={100}
              unit="%"
              digits={2}
              autoFocus={!offer}
              description={`Your limit: ${r.discountLimit} %`}
              onChange={(discountPercent) => set({ discountPercent })}
            />
            <NumberField
              label="Term"
              value={form.termMonths}
              minValue={1}
              maxValue={240}
              unit="months"
              onChange={(termMonths) => set({ termMonths })}
            />
          </div>
          {showsMore ? (
            <>
              <fieldset className="flex flex-col gap-2">
                <legend className="mb-1 text-sm font-medium">Quantities</legend>
                {r.lines.map((l) => (
                  <NumberField
                    key={l.id}
                    label={lineName(l)}
                    value={form.quantities[l.id] ?? l.quantity}
                    minValue={0}
                    onChange={(q) => set({ quantities: { ...form.quantities, [l.id]: q === l.quantity ? null : q } })}
                  />
                ))}
              </fieldset>
              <fieldset className="flex flex-col gap-3">
                <legend className="mb-1 text-sm font-medium">Bundle</legend>
                {form.bundle.map((b, i) => (
                  <div key={`bundle-${String(i)}`} className="flex flex-col gap-2 rounded-ui border border-line p-2.5">
                    <div className="flex items-end gap-2">
                      <TextField
                        label="What is added"
                        className="flex-1"
                        value={b.description}
                        onChange={(description) => setBundle(i, { description })}
                        maxLength={300}
                      />
                      <IconButton
                        label="Leave it out"
                        icon={<Trash2 />}
                        onPress={() => set({ bundle: form.bundle.filter((_, k) => k !== i) })}
                      />
                    </div>
                    <div className="grid grid-cols-2 gap-2">
                      <NumberField
                        label="Quantity"
                        value={b.quantity}
                        minValue={0}
                        onChange={(quantity) => setBundle(i, { quantity })}
                      />
                      <MoneyField
                        label="Price of one"
                        value={b.price}
                        currencies={[r.currency]}
                        onChange={(price) => setBundle(i, { price })}
                      />
                      <Select<Bundle['billing']>
                        label="Billed"
                        value={b.billing}
                        options={[
                          { value: 'month', label: 'By month' },
                          { value: 'quarter', label: 'By quarter' },
                          { value: 'half_year', label: 'By half-year' },
                          { value: 'year', label: 'By year' },
                        ]}
                        onChange={(billing) => billing && setBundle(i, { billing })}
                      />
                      <NumberField
                        label="Discount"
                        value={b.discountPercent}
                        minValue={0}
                        maxValue={100}
                        unit="%"
                        onChange={(d) => setBundle(i, { discountPercent: d ?? 0 })}
                      />
                    </div>
                  </div>
                ))}
                <Button
                  size="sm"
                  icon={<Plus />}
                  onPress={() =>
                    set({
                      bundle: [
                        ...form.bundle,
                        {
                          description: '',
                          quantity: 1,
                          price: null,
                          billing: 'month',
                          productId: null,
                          discountPercent: 0,
                        },
                      ],
                    })
                  }
                >
                  Add to the bundle
                </Button>
              </fieldset>
            </>
          ) : (
            <Button size="sm" variant="quiet" className="self-start" onPress={() => setShowsMore(true)}>
              Quantities and bundle
            </Button>
          )}
        </div>
        <div className="flex flex-col gap-3">
          <h3 className="text-base font-semibold">What it would do</h3>
          {effect.data && scenario ? (
            <EffectPair before={effect.data.before} after={scenario.effect} asOf={today} />
          ) : (
            <p className="text-muted">Reckoning…</p>
          )}
          {scenario && scenario.needs.length > 0 && (
            <Banner tone="watch" title="Needs approval">
              {scenario.discountAsked} % is above your limit of {scenario.limit} %.{' '}
              {scenario.needs.includes('finance')
                ? 'A head, then finance, would have to agree.'
                : 'A head would have to agree.'}
            </Banner>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function nameOf(f: Form): string {
  if (f.discountPercent)
    return `${f.discountPercent} % discount${f.termMonths && f.termMonths > 12 ? `, ${f.termMonths} months` : ''}`;
  if (f.upliftPercent) return `${f.upliftPercent > 0 ? '+' : ''}${f.upliftPercent} %`;
  return f.bundle.length ? 'Bundle' : 'As it is';
}
