// One rate by hand: for a currency that the central bank does not name, or a rate that was agreed.
import { useId, useMemo, useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { currencyOptions } from '../../../ui/currencies.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  ComboBox,
  Dialog,
  type Option,
  TextField,
  toast,
  useFormatSettings,
} from '../../../ui/index.ts';
import { putRate } from '../api.ts';

export default function AddRate({ today, onClose }: { today: string; onClose: () => void }) {
  const form = useId();
  const { locale } = useFormatSettings();
  const options = useMemo(() => currencyOptions(locale), [locale]);
  const option = (code: string): Option | null => options.find((o) => o.value === code) ?? null;
  const [base, setBase] = useState<Option | null>(() => option('EUR'));
  const [currency, setCurrency] = useState<Option | null>(null);
  const [on, setOn] = useState<string | null>(today);
  const [rate, setRate] = useState('');
  const put = useVerb(putRate);
  const add = useSubmit(async (from: string, to: string, day: string) => {
    const made = await put.mutateAsync({
      body: { base: from, currency: to, on: day, rate: rate.trim().replace(',', '.') },
    });
    toast.show({ title: `1 ${made.base} = ${made.rate} ${made.currency}`, text: 'The rate is kept.', tone: 'good' });
    onClose();
  });
  const isReady = base && currency && on && rate.trim() !== '';
  const message = add.message('base', 'currency', 'on', 'rate');

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add a rate"
      description="It replaces the rate of that day, and files leave it as it is."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isLoading={add.isBusy} isDisabled={!isReady}>
            Add rate
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (base && currency && on && rate.trim()) void add.run(base.value, currency.value, on);
        }}
      >
        {message && (
          <Banner tone="poor" className="sm:col-span-2">
            {message}
          </Banner>
        )}
        <ComboBox
          label="One"
          options={options}
          value={base}
          onChange={setBase}
          error={add.fieldError('base')}
          isRequired
        />
        <ComboBox
          label="Buys so many"
          options={options}
          value={currency}
          onChange={setCurrency}
          error={add.fieldError('currency')}
          isRequired
        />
        <TextField
          label="Rate"
          inputMode="decimal"
          placeholder="1.0812"
          value={rate}
          onChange={setRate}
          error={add.fieldError('rate')}
          maxLength={20}
          autoComplete="off"
          isRequired
          {...(currency ? { suffix: currency.value } : {})}
        />
        <DatePicker label="From this day on" value={on} onChange={setOn} error={add.fieldError('on')} isRequired />
      </form>
    </Dialog>
  );
}
