// Lines of an offer as rows of fields: product, how many, at which price, what comes off, how it is billed.
import Big from 'big.js';
import { Plus, Trash2 } from 'lucide-react';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Button,
  IconButton,
  Money,
  MoneyField,
  NumberField,
  type Option,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { BILLINGS, type Billing } from '../api.ts';
import { ProductField } from './pickers.tsx';
import { BILLING_WORDS } from './words.ts';

export type LineForm = {
  product: Option | null;
  description: string;
  quantity: number | null;
  unitPriceMinor: number | null;
  discountPercent: number | null;
  billing: Billing;
  startsOn: string | null;
  endsOn: string | null;
};
type Known = {
  productId: string | null;
  productName: string | null;
  description: string;
  quantity: number;
  unitPriceMinor: number;
  discountPercent: number;
  billing: Billing;
  startsOn: string | null;
  endsOn: string | null;
};

export const emptyLine = (): LineForm => ({
  product: null,
  description: '',
  quantity: 1,
  unitPriceMinor: null,
  discountPercent: 0,
  billing: 'year',
  startsOn: null,
  endsOn: null,
});
export const lineFormOf = (l: Known): LineForm => ({
  product: l.productId ? { value: l.productId, label: l.productName ?? 'A product' } : null,
  description: l.description,
  quantity: l.quantity,
  unitPriceMinor: l.unitPriceMinor,
  discountPercent: l.discountPercent,
  billing: l.billing,
  startsOn: l.startsOn,
  endsOn: l.endsOn,
});
export const lineOf = (f: LineForm) => ({
  productId: f.product?.value ?? null,
  description: f.description,
  kind: f.billing === 'once' ? ('one_off' as const) : ('recurring' as const),
  quantity: f.quantity ?? 0,
  unitPriceMinor: f.unitPriceMinor ?? 0,
  discountPercent: f.discountPercent ?? 0,
  billing: f.billing,
  startsOn: f.startsOn,
  endsOn: f.endsOn,
});

const PER_YEAR: Record<Billing, number> = { month: 12, quarter: 4, half_year: 2, year: 1, once: 1 };
/** What a line brings: a year of it, or the whole; as the server reckons it. */
export const amountOf = (f: LineForm): number =>
  new Big(f.quantity ?? 0)
    .times(f.unitPriceMinor ?? 0)
    .times(new Big(100).minus(f.discountPercent ?? 0))
    .div(100)
    .times(PER_YEAR[f.billing])
    .round(0, Big.roundHalfEven)
    .toNumber();
export const totalOf = (lines: readonly LineForm[]): number => lines.reduce((sum, l) => sum + amountOf(l), 0);

type Props = {
  lines: readonly LineForm[];
  currency: string;
  onChange: (lines: LineForm[]) => void;
  hasDates?: boolean;
  error?: (index: number, field: string) => string | null;
};

export function LinesFields({ lines, currency, onChange, hasDates = false, error = () => null }: Props) {
  const set = (index: number, change: Partial<LineForm>) =>
    onChange(lines.map((l, i) => (i === index ? { ...l, ...change } : l)));
  return (
    <div className="flex flex-col gap-3">
      {lines.map((line, i) => (
        <fieldset
          // Lines have no identity of their own until they are saved.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={i}
          className="flex flex-col gap-3 rounded-ui border border-line p-3"
        >
          <legend className="sr-only">Line {i + 1}</legend>
          <div className="flex items-end gap-2">
            <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
              <ProductField
                label="Product"
                value={line.product}
                onChange={(product) => set(i, { product: product && { value: product.value, label: product.label } })}
                error={error(i, 'productId')}
              />
              <TextField
                label="Description"
                value={line.description}
                onChange={(description) => set(i, { description })}
                maxLength={2000}
              />
            </div>
            <IconButton
              label={`Remove line ${i + 1}`}
              icon={<Trash2 />}
              onPress={() => onChange(lines.filter((_, at) => at !== i))}
            />
          </div>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-[2fr_3fr_2fr_2fr]">
            <NumberField
              label="Quantity"
              value={line.quantity}
              onChange={(quantity) => set(i, { quantity })}
              minValue={0}
              hideStepper
              error={error(i, 'quantity')}
            />
            <MoneyField
              label="Unit price"
              value={line.unitPriceMinor === null ? null : { amount: line.unitPriceMinor, currency }}
              currencies={[currency]}
              onChange={(money) => set(i, { unitPriceMinor: money?.amount ?? null })}
              error={error(i, 'unitPriceMinor')}
            />
            <Select
              label="Billed"
              value={line.billing}
              options={BILLINGS.map((value) => ({ value, label: BILLING_WORDS[value] }))}
              onChange={(billing) => set(i, { billing })}
            />
            <NumberField
              label="Discount"
              unit="%"
              value={line.discountPercent}
              onChange={(discountPercent) => set(i, { discountPercent })}
              minValue={0}
              maxValue={100}
              hideStepper
            />
          </div>
          {hasDates && (
            <div className="grid grid-cols-2 gap-3">
              <DatePicker label="From" value={line.startsOn} onChange={(startsOn) => set(i, { startsOn })} />
              <DatePicker
                label="Until"
                value={line.endsOn}
                onChange={(endsOn) => set(i, { endsOn })}
                error={error(i, 'endsOn')}
              />
            </div>
          )}
          <p className="tabular text-right text-sm text-muted">
            {line.billing === 'once' ? 'Once ' : 'A year '}
            <Money value={{ amount: amountOf(line), currency }} style="full" />
          </p>
        </fieldset>
      ))}
      <div>
        <Button icon={<Plus />} onPress={() => onChange([...lines, emptyLine()])}>
          Add a line
        </Button>
      </div>
    </div>
  );
}
