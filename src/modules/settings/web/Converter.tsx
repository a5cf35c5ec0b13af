// An amount in another currency, at the rate of a day. The answer follows what is typed.
import { useMemo, useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { currencyName } from '../../../ui/currencies.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Card, DateText, Money, MoneyField, type MoneyValue, Select, useFormatSettings } from '../../../ui/index.ts';
import { convertMoney } from '../api.ts';
import { formatRate } from './rateSeries.ts';

export function Converter({ currencies }: { currencies: readonly string[] }) {
  const { locale } = useFormatSettings();
  const { workspace } = useSession();
  const all = useMemo(() => [...new Set([workspace.currency, ...currencies])].sort(), [workspace.currency, currencies]);
  const [from, setFrom] = useState<MoneyValue | null>(null);
  const [wanted, setTo] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(null);
  const other = all.find((c) => c === 'USD' && c !== workspace.currency) ?? all.find((c) => c !== workspace.currency);
  const amount = from ?? { amount: 100_000, currency: other ?? workspace.currency };
  const to = wanted ?? workspace.currency;
  const done = useCall(
    convertMoney,
    { query: { amount: amount.amount, from: amount.currency, to, ...(on ? { on } : {}) } },
    { keepPrevious: true, enabled: all.length > 1 },
  );
  if (all.length < 2) return null;
  const field = done.error?.fields?.[0]?.field;

  return (
    <Card title="Convert">
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <MoneyField label="Amount" value={amount} onChange={setFrom} currencies={all} />
        <Select
          label="In"
          options={all.map((code) => ({ value: code, label: code, description: currencyName(code, locale) }))}
          value={to}
          onChange={setTo}
        />
        <DatePicker
          label="On"
          value={on}
          onChange={setOn}
          {...(on ? {} : { description: 'Today' })}
          error={field === 'on' ? (done.error?.message ?? null) : null}
        />
        <div aria-live="polite" className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">It is</span>
          {done.error ? (
            <span className="text-sm text-poor-text">{done.error.message}</span>
          ) : (
            done.data && (
              <>
                <span className="text-lg font-semibold">
                  <Money value={done.data.to} style="full" />
                </span>
                <span className="tabular text-sm text-muted">
                  1 {done.data.from.currency} = {formatRate(done.data.rate, locale)} {done.data.to.currency}, rate of{' '}
                  <DateText value={done.data.usedOn} />
                </span>
              </>
            )
          )}
        </div>
      </div>
    </Card>
  );
}
