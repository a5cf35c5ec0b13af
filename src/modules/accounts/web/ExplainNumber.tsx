// What a number over the portfolio means, what is in it, and as of when.
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { Banner, Button, DateText, Drawer, Link, Money, Num } from '../../../ui/index.ts';
import type { summariseAccounts } from '../api.ts';
import { NEAR_DAYS, STATUS_WORDS } from './words.ts';

export type NumberId = 'count' | 'arr' | 'potential' | 'renewals' | 'unowned';

const MEANING: Record<NumberId, { title: string; text: string }> = {
  count: {
    title: 'Accounts',
    text: 'Every account that you may see, without archived ones.',
  },
  arr: {
    title: 'ARR',
    text: 'Annual recurring revenue: what the accounts pay us in a year, added up. Accounts without a known ARR count as nothing.',
  },
  potential: {
    title: 'Potential',
    text: 'What the accounts could pay us more in a year, as estimated account by account.',
  },
  renewals: {
    title: `Renewals in the next ${NEAR_DAYS} days`,
    text: `Accounts whose renewal date is today or within ${NEAR_DAYS} days. Missed dates in the past are not in it.`,
  },
  unowned: { title: 'Without an owner', text: 'Accounts that no key account manager has been given yet.' },
};

type ExplainProps = {
  id: NumberId;
  summary: AnswerOf<typeof summariseAccounts> | undefined;
  isFiltered: boolean;
  onClose: () => void;
  onShow?: () => void;
};

/** Definition, what is in it, as of when. */
export default function ExplainNumber({ id, summary, isFiltered, onClose, onShow }: ExplainProps) {
  const { title, text } = MEANING[id];
  const total = summary && (id === 'potential' ? summary.potential : summary.arr);
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      footer={
        onShow ? (
          <Button
            variant="primary"
            onPress={() => {
              onClose();
              onShow();
            }}
          >
            Show these accounts
          </Button>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-6">
        <p className="text-base text-pretty text-muted">
          {text}
          {isFiltered && ' Only accounts that match the present filters are counted.'}
        </p>
        {summary && total && (
          <>
            <div>
              <div className="tabular text-3xl font-semibold tracking-tight">
                {id === 'arr' || id === 'potential' ? <Money value={total} /> : <Num value={summary.count} />}
              </div>
              <p className="mt-1 text-sm text-muted">
                As of <DateText value={summary.asOf} />
                {id !== 'count' && total.byCurrency.length > 1 && ', converted at the last known rates'}
              </p>
            </div>
            {total.missing.length > 0 && (
              <Banner tone="watch" title={`No rate for ${total.missing.join(', ')}`}>
                Amounts in {total.missing.length === 1 ? 'this currency' : 'these currencies'} are left out of the sum,
                not counted as zero. <Link href="/settings/rates">Enter or import rates</Link>
              </Banner>
            )}
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
              rows={summary.byTier.map((t) => ({
                label: t.tier ?? 'No tier',
                value: <Num value={t.count} />,
                note: '',
              }))}
            />
            <Split
              title="By status"
              rows={summary.byStatus.map((s) => ({
                label: STATUS_WORDS[s.status].label,
                value: <Num value={s.count} />,
                note: '',
              }))}
            />
          </>
        )}
      </div>
    </Drawer>
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
