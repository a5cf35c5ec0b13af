// Figures of one contract: what it brings in a year, what one line comes to, what an amendment changed, how long notice can be given.
import { notFound } from '../../../kernel/contract/problem.ts';
import {
  type MeasuredRow,
  type Metric,
  noFigure,
  type RecordFigure,
  recordMetric,
} from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { lineOf, seenContract } from './contracts.ts';
import { addDays, daysBetween } from './rules/days.ts';
import { amountOf, isInForce, periodsOfYear } from './rules/lines.ts';
import * as store from './store/contracts.ts';
import { contractOf } from './store/measures.ts';

const money = (amount: number, currency: string) => ({ amount, currency });
/** The line without its discount. */
const fullPrice = (l: store.LineRow) => amountOf({ ...lineOf(l), discountPercent: 0 });
export const lineLabel = (l: Pick<store.LineRow, 'product_name' | 'description'>): string =>
  [l.product_name, l.description].filter(Boolean).join(' · ') || 'Line';
export const isRecurringOn = (l: store.LineRow, on: string): boolean =>
  l.kind === 'recurring' && isInForce({ startsOn: l.starts_on, endsOn: l.ends_on }, on);

/** A line as a row: its parts say how its amount comes about. */
const lineRow = (l: store.LineRow, contract: store.ContractRow): MeasuredRow => ({
  key: l.id,
  label: lineLabel(l),
  accountId: contract.account_id,
  href: `/contracts/${contract.id}`,
  parts: {
    quantity: Number(l.quantity),
    unitPrice: money(l.unit_price_minor, l.currency),
    periods: periodsOfYear(l.billing),
    discount: (Number(l.discount_percent) / 100).toFixed(6),
    amount: money(l.amount_minor, l.currency),
  },
});

/** The contract that a line or an amendment is of. */
async function contractWith(ctx: Ctx, table: 'contract_line' | 'contract_amendment', id: string) {
  const contractId = await contractOf(ctx.tx, table, id);
  if (!contractId) throw notFound(table === 'contract_line' ? 'line' : 'amendment');
  return seenContract(ctx, contractId);
}

/** How many days are left until a deadline, and how the deadline comes about. */
export function daysLeft(
  r: { id: string; accountId: string; href: string; endsOn: string | null; deadlineOn: string | null },
  asOf: string,
): RecordFigure {
  const row = (key: string, label: string, days: number): MeasuredRow => ({
    key: `${r.id} ${key}`,
    label,
    accountId: r.accountId,
    href: r.href,
    parts: { days },
  });
  if (r.deadlineOn === null || r.endsOn === null) return noFigure();
  const left = daysBetween(asOf, r.deadlineOn);
  const toEnd = daysBetween(asOf, r.endsOn);
  const notice = toEnd - left;
  return {
    value: left,
    parts: { daysToTheEnd: toEnd, noticePeriod: notice, daysLeft: left },
    rows: [
      row('end', `Term ends on ${r.endsOn}`, toEnd),
      ...(notice
        ? [row('notice', 'Notice period', -notice), row('deadline', `Notice until ${r.deadlineOn}`, left)]
        : []),
    ],
  };
}

export const contractMetrics: readonly Metric[] = [
  recordMetric(
    {
      id: 'contract-value',
      version: 1,
      label: 'Value of a year',
      meaning: 'What one contract brings in a year by its recurring lines that are in force on this day.',
      formula: 'Σ quantity × unit price × billing periods of a year × (1 − discount), each line rounded half to even',
      includes: ['Recurring lines in force on the day, their first and last day counted in'],
      excludes: ['One-off lines', 'Lines that have ended, or are to come', 'Drafts'],
      unit: 'money',
      better: 'higher',
      of: 'contract',
    },
    async (ctx, id, q) => {
      const contract = await seenContract(ctx, id);
      const all = contract.status === 'draft' ? [] : await store.lines(ctx.tx, id);
      const lines = all.filter((l) => isRecurringOn(l, q.asOf));
      const value = lines.reduce((n, l) => n + l.amount_minor, 0);
      const full = lines.reduce((n, l) => n + fullPrice(l), 0);
      return {
        value: money(value, contract.currency),
        parts: {
          beforeDiscounts: money(full, contract.currency),
          discounts: money(value - full, contract.currency),
          amount: money(value, contract.currency),
          lines: lines.length,
        },
        rows: lines.map((l) => lineRow(l, contract)),
      };
    },
  ),
  recordMetric(
    {
      id: 'contract-line',
      version: 1,
      label: 'Amount of a line',
      meaning: 'What one line of a contract comes to: a year of a recurring line, the whole of a one-off one.',
      formula: 'quantity × unit price × billing periods of a year × (1 − discount), rounded half to even',
      includes: ['The line as it stands, whether it is past, in force or to come'],
      excludes: ['Other lines of the contract'],
      unit: 'money',
      better: null,
      of: 'contract line',
    },
    async (ctx, id) => {
      const contract = await contractWith(ctx, 'contract_line', id);
      const line = (await store.lines(ctx.tx, contract.id)).find((l) => l.id === id)!;
      const full = fullPrice(line);
      return {
        value: money(line.amount_minor, line.currency),
        parts: {
          beforeDiscounts: money(full, line.currency),
          discounts: money(line.amount_minor - full, line.currency),
          amount: money(line.amount_minor, line.currency),
        },
        rows: [lineRow(line, contract)],
      };
    },
  ),
  recordMetric(
    {
      id: 'amendment-effect',
      version: 1,
      label: 'Effect of an amendment',
      meaning: 'By how much an amendment changed what the contract brings in a year; kept as it was reckoned then.',
      formula: 'recurring value of a year on the first day of the amendment − that of the day before',
      includes: [
        'Recurring lines in force on the day before, and on the day itself, as they stand in the contract now',
      ],
      excludes: ['One-off lines', 'What later amendments changed'],
      unit: 'money',
      better: null,
      of: 'amendment',
    },
    async (ctx, id) => {
      const contract = await contractWith(ctx, 'contract_amendment', id);
      const found = (await store.amendments(ctx.tx, contract.id)).find((a) => a.id === id)!;
      const dayBefore = addDays(found.effective_on, -1);
      const lines = await store.lines(ctx.tx, contract.id);
      const rows = lines.flatMap((l): MeasuredRow[] => {
        const isBefore = isRecurringOn(l, dayBefore);
        const isAfter = isRecurringOn(l, found.effective_on);
        if (!isBefore && !isAfter) return [];
        const amount = money(l.amount_minor, l.currency);
        const parts = { ...(isBefore ? { before: amount } : {}), ...(isAfter ? { after: amount } : {}) };
        return [{ ...lineRow(l, contract), parts }];
      });
      return {
        value: money(found.after_minor - found.before_minor, found.currency),
        parts: { before: money(found.before_minor, found.currency), after: money(found.after_minor, found.currency) },
        rows,
      };
    },
  ),
  recordMetric(
    {
      id: 'contract-notice',
      version: 1,
      label: 'Days until the notice deadline',
      meaning: 'How many days are left to give notice of one contract; negative once the deadline has passed.',
      formula: 'last day of the term − notice period − this day, in calendar days',
      includes: ['The last day of the term as the contract has it now', 'The notice period in calendar days'],
      excludes: ['Contracts without an end or without a notice period'],
      unit: 'days',
      better: null,
      of: 'contract',
    },
    async (ctx, id, q) => {
      const c = await seenContract(ctx, id);
      return daysLeft(
        { id, accountId: c.account_id, href: `/contracts/${id}`, endsOn: c.ends_on, deadlineOn: c.notice_deadline_on },
        q.asOf,
      );
    },
  ),
];
