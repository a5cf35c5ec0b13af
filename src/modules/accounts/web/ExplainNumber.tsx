// What a number over the portfolio means, what is in it, and as of when.
import type { ReactNode } from 'react';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import ExplainSum from '../../../kernel/web/ExplainSum.tsx';
import { Button, Money, Num } from '../../../ui/index.ts';
import { type Account, listAccounts, type summariseAccounts } from '../api.ts';
import { addDays, useToday } from './days.ts';
import { type ApiFilter, renewingBetween } from './portfolioState.ts';
import { NEAR_DAYS, STATUS_WORDS } from './words.ts';

export type NumberId = 'count' | 'arr' | 'potential' | 'renewals' | 'unowned';

const METRIC: Record<NumberId, string> = {
  count: 'accounts',
  arr: 'portfolio-arr',
  potential: 'portfolio-potential',
  renewals: 'accounts-due',
  unowned: 'accounts-without-owner',
};

type ExplainProps = {
  id: NumberId;
  summary: AnswerOf<typeof summariseAccounts> | undefined;
  filter: ApiFilter;
  isFiltered: boolean;
  onClose: () => void;
  onShow?: () => void;
};

/** Definition, what is in it, how it splits, the accounts behind it, as of when. */
export default function ExplainNumber({ id, summary, filter, isFiltered, onClose, onShow }: ExplainProps) {
  const today = useToday();
  if (!summary) return null;
  const which = id === 'potential' ? 'potential' : 'arr';
  const total = summary[which];
  const isMoney = id === 'arr' || id === 'potential';
  const narrowed =
    id === 'renewals'
      ? renewingBetween(filter, today, addDays(today, NEAR_DAYS))
      : id === 'unowned'
        ? { ...filter, ownerId: ['none'] }
        : filter;
  return (
    <ExplainSum
      metric={METRIC[id]}
      value={isMoney ? { amount: total.amount, currency: total.currency } : summary.count}
      asOf={summary.asOf}
      filters={isFiltered ? ['accounts that match the present filters'] : []}
      missing={id === 'count' ? [] : total.missing}
      of={{
        route: listAccounts,
        input: { query: { ...narrowed, sort: `-${which}`, limit: 100 } } as CallInput<typeof listAccounts>,
        rowOf: (a: Account) => ({
          key: a.id,
          label: a.name,
          accountId: a.id,
          href: `/accounts/${a.id}`,
          parts: { [which]: a[which] },
        }),
      }}
      onClose={onClose}
      footer={
        onShow && (
          <Button
            variant="primary"
            onPress={() => {
              onClose();
              onShow();
            }}
          >
            Show these accounts
          </Button>
        )
      }
    >
      <Split
        title={id === 'potential' ? 'Potential by currency' : 'ARR by currency'}
        rows={total.byCurrency.map((m) => ({
          label: m.currency,
          value: <Money value={m} />,
          note: total.missing.includes(m.currency) ? 'no rate' : '',
        }))}
      />
      <Split
        title="By tier"
        rows={summary.byTier.map((t) => ({ label: t.tier ?? 'No tier', value: <Num value={t.count} />, note: '' }))}
      />
      <Split
        title="By status"
        rows={summary.byStatus.map((s) => ({
          label: STATUS_WORDS[s.status].label,
          value: <Num value={s.count} />,
          note: '',
        }))}
      />
    </ExplainSum>
  );
}

type SplitRow = { label: string; value: ReactNode; note: string };

function Split({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  if (rows.length === 0) return null;
  return (
    <table className="w-full text-base">
      <caption className="pb-1 text-left text-sm font-medium text-muted">{title}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {row.label}
              {row.note && <span className="text-sm text-watch-text"> · {row.note}</span>}
            </th>
            <td className="tabular py-1.5 text-right font-medium">{row.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
