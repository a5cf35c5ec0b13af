// The fields of a product, for adding and for changing.
import { MoneyField, NumberField, Select, TextArea, TextField } from '../../../ui/index.ts';
import type { Series } from '../api.ts';
import type { ProductForm } from './productForm.ts';
import { currenciesWith, kindOptions } from './words.ts';

export function ProductFields({
  form,
  set,
  series,
  currency,
  error,
  isDisabled = false,
  hasPrices = false,
}: {
  form: ProductForm;
  set: (change: Partial<ProductForm>) => void;
  series: readonly Series[];
  currency: string;
  error: (field: string) => { error?: string };
  isDisabled?: boolean;
  hasPrices?: boolean;
}) {
  return (
    <>
      <TextField
        label="Name"
        value={form.name}
        onChange={(name) => set({ name })}
        maxLength={300}
        isRequired
        isDisabled={isDisabled}
        {...error('name')}
      />
      <TextField
        label="Code"
        value={form.code}
        onChange={(code) => set({ code })}
        maxLength={100}
        isDisabled={isDisabled}
        {...error('code')}
      />
      <Select
        label="Series"
        value={form.seriesId}
        options={series.map((s) => ({ value: s.id, label: s.name }))}
        onChange={(seriesId) => set({ seriesId })}
        onClear={() => set({ seriesId: null })}
        placeholder="None"
        isDisabled={isDisabled}
        {...error('seriesId')}
      />
      <Select
        label="Kind"
        value={form.kind}
        options={kindOptions}
        onChange={(kind) => kind && set({ kind })}
        isDisabled={isDisabled || hasPrices}
        {...(hasPrices ? { description: 'Its list prices say how it is paid' } : {})}
      />
      <TextField
        label="One of it is a"
        value={form.unitName}
        onChange={(unitName) => set({ unitName })}
        maxLength={60}
        isRequired
        isDisabled={isDisabled}
        {...error('unitName')}
        placeholder="seat, piece, hour"
      />
      <NumberField
        label="Cost of delivery, share of the price"
        unit="%"
        minValue={0}
        maxValue={100}
        step={0.01}
        hideStepper
        value={form.costShare}
        onChange={(costShare) => set(costShare === null ? { costShare } : { costShare, cost: null })}
        isDisabled={isDisabled}
        {...error('deliveryCostShare')}
      />
      <MoneyField
        label={`or amount a ${form.unitName || 'unit'}${form.kind === 'recurring' ? ' and month' : ''}`}
        value={form.cost}
        onChange={(cost) => set(cost === null ? { cost } : { cost, costShare: null })}
        currencies={currenciesWith(currency)}
        isDisabled={isDisabled}
        {...error('deliveryCost')}
      />
      <TextArea
        label="Description"
        value={form.description}
        onChange={(description) => set({ description })}
        maxLength={20_000}
        isDisabled={isDisabled}
        className="sm:col-span-2"
      />
    </>
  );
}
