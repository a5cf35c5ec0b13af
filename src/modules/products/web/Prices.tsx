// The list prices of a product by currency, with the days on which they hold; a new one may follow the old one.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { invalid } from '../../../kernel/contract/problem.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Badge,
  Banner,
  Button,
  Checkbox,
  DateText,
  IconButton,
  Money,
  MoneyField,
  type MoneyValue,
  Select,
  toast,
} from '../../../ui/index.ts';
import { addPrice, type Price, type Product, removePrice } from '../api.ts';
import { BILLING_WORDS, billingOptions, currenciesWith } from './words.ts';

const refreshes = ['products.'];

export function Prices({ product, currency, mayEdit }: { product: Product; currency: string; mayEdit: boolean }) {
  const [isAdding, setAdding] = useState(false);
  const remove = useVerb(removePrice, { refreshes });
  const add = useVerb(addPrice, { refreshes });
  const today = new Date().toISOString().slice(0, 10);
  const holds = (p: Price) => (p.startsOn === null || p.startsOn <= today) && (p.endsOn === null || p.endsOn >= today);
  const drop = (p: Price) =>
    remove.mutate(
      { params: { id: product.id, priceId: p.id } },
      {
        onSuccess: () =>
          toast.show({
            title: 'Price removed',
            action: {
              label: 'Undo',
              onAction: () =>
                add.mutate({
                  params: { id: product.id },
                  body: { billing: p.billing, price: p.price, startsOn: p.startsOn, endsOn: p.endsOn },
                }),
            },
          }),
        onError: (error) => toast.show({ title: 'Not removed', text: error.message, tone: 'poor' }),
      },
    );
  return (
    <section aria-labelledby="list-prices">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h3 id="list-prices" className="text-base font-semibold">
          List prices
        </h3>
        {mayEdit && !isAdding && (
          <Button size="sm" icon={<Plus />} onPress={() => setAdding(true)}>
            Add price
          </Button>
        )}
      </div>
      {product.prices.length === 0 && !isAdding && (
        <p className="text-sm text-muted">No list price yet. Quotes then start from an empty price.</p>
      )}
      {product.prices.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead className="text-left text-muted">
              <tr>
                <th scope="col" className="py-1 pr-3 font-medium">
                  Currency
                </th>
                <th scope="col" className="py-1 pr-3 text-right font-medium">
                  Price
                </th>
                <th scope="col" className="py-1 pr-3 font-medium">
                  Billed
                </th>
                <th scope="col" className="py-1 pr-3 font-medium">
                  From
                </th>
                <th scope="col" className="py-1 pr-3 font-medium">
                  Until
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {product.prices.map((p) => (
                <tr key={p.id} className="border-t border-line">
                  <td className="py-1.5 pr-3">{p.price.currency}</td>
                  <td className="py-1.5 pr-3 text-right">
                    <Money value={p.price} style="full" />
                  </td>
                  <td className="py-1.5 pr-3 whitespace-nowrap">{BILLING_WORDS[p.billing]}</td>
                  <td className="py-1.5 pr-3 whitespace-nowrap">
                    {p.startsOn ? <DateText value={p.startsOn} /> : 'Always'}
                  </td>
                  <td className="py-1.5 pr-3 whitespace-nowrap">
                    {p.endsOn ? <DateText value={p.endsOn} /> : 'Further notice'}
                  </td>
                  <td className="py-1 text-right whitespace-nowrap">
                    {holds(p) && <Badge tone="good">Today</Badge>}
                    {mayEdit && (
                      <IconButton
                        label={`Remove the price in ${p.price.currency} ${BILLING_WORDS[p.billing]}`}
                        icon={<Trash2 />}
                        size="sm"
                        onPress={() => drop(p)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && <AddPrice product={product} currency={currency} today={today} onClose={() => setAdding(false)} />}
    </section>
  );
}

function AddPrice({
  product,
  currency,
  today,
  onClose,
}: {
  product: Product;
  currency: string;
  today: string;
  onClose: () => void;
}) {
  const add = useVerb(addPrice, { refreshes });
  const options = billingOptions(product.kind);
  const [billing, setBilling] = useState<Price['billing']>(options[0]!.value);
  const [price, setPrice] = useState<MoneyValue | null>(null);
  const isFirst = !product.prices.some(
    (p) => p.billing === billing && p.price.currency === (price?.currency ?? currency),
  );
  const [startsOn, setStart] = useState<string | null>(product.prices.length ? today : null);
  const [endsOn, setEnd] = useState<string | null>(null);
  const [follows, setFollows] = useState(true);
  const submit = useSubmit(async () => {
    if (!price) throw invalid({ field: 'price', message: 'Enter the price' });
    await add.mutateAsync({
      params: { id: product.id },
      body: { billing, price, startsOn, endsOn, ...(startsOn && !isFirst ? { follows } : {}) },
    });
    toast.show({ title: 'Price added', tone: 'good' });
    onClose();
  });
  const error = (field: string) => (submit.fieldError(field) ? { error: submit.fieldError(field)! } : {});
  return (
    <form
      aria-label="New list price"
      className="mt-3 grid grid-cols-1 gap-3 rounded-ui border border-line p-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void submit.run();
      }}
    >
      {submit.message('billing', 'price', 'startsOn', 'endsOn') && (
        <div className="sm:col-span-2">
          <Banner tone="poor" title="Not added">
            {submit.message('billing', 'price', 'startsOn', 'endsOn')}
          </Banner>
        </div>
      )}
      <MoneyField
        label="Price of one"
        value={price}
        onChange={setPrice}
        currencies={currenciesWith(currency)}
        isRequired
        {...error('price')}
      />
      <Select
        label="Billed"
        value={billing}
        options={options}
        onChange={(b) => b && setBilling(b)}
        {...error('billing')}
      />
      <DatePicker label="From" value={startsOn} onChange={setStart} {...error('startsOn')} />
      <DatePicker label="Until" value={endsOn} onChange={setEnd} {...error('endsOn')} />
      {startsOn && !isFirst && (
        <Checkbox isSelected={follows} onChange={setFollows} className="sm:col-span-2">
          The price that holds now ends the day before
        </Checkbox>
      )}
      <div className="flex justify-end gap-2 sm:col-span-2">
        <Button size="sm" variant="quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" isLoading={submit.isBusy}>
          Add price
        </Button>
      </div>
    </form>
  );
}
