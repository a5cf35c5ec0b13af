// Lines, invoices and cohorts: what the figures are made of, and how accounts that came together developed.
import Big from 'big.js';
import { notFound } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { Invoice, RevenueLine } from '../api.ts';
import * as cohortStore from './cohort-store.ts';
import { questionOf, warningsOf } from './figures.ts';
import { below } from './ledger-store.ts';
import * as store from './lines-store.ts';
import { monthly, periodEnds } from './rules.ts';

async function accountIdsOf(tx: Tx, q: { accountId?: string | undefined; withChildren?: boolean | undefined }) {
  if (!q.accountId) return null;
  if (!(await seenAccount(tx, q.accountId))) throw notFound('account');
  return q.withChildren ? below(tx, q.accountId) : [q.accountId];
}

const presentLine = (r: store.LineRow): RevenueLine => ({
  id: r.id,
  source: r.source,
  accountId: r.account_id,
  accountName: r.account_name,
  contractId: r.contract_id,
  productId: r.product_id,
  label: r.label,
  mrr: { amount: monthly(String(r.arr_minor)), currency: r.currency },
  arr: { amount: r.arr_minor, currency: r.currency },
  startsOn: r.starts_on,
  until: r.ends_on,
});

export async function listLines(ctx: Ctx, { query }: Call<typeof api.listLines>) {
  const accountIds = await accountIdsOf(ctx.tx, query);
  const scope = `revenue-lines ${query.accountId} ${query.withChildren} ${query.on} ${query.source}`;
  const rows = await store.lines(
    ctx.tx,
    { accountIds, on: query.on, source: query.source },
    decodeCursor(scope, query.cursor, 2),
    query.limit,
  );
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor(scope, [r.starts_on, r.id]));
  return { items: items.map(presentLine), nextCursor };
}

const presentInvoice = (r: store.InvoiceRow, today: string): Invoice => ({
  id: r.id,
  accountId: r.account_id,
  accountName: r.account_name,
  number: r.number,
  issuedOn: r.issued_on,
  dueOn: r.due_on,
  amount: { amount: r.amount_minor, currency: r.currency },
  paid: { amount: r.paid_minor, currency: r.currency },
  status: r.status,
  isOverdue: r.status === 'open' && r.due_on !== null && r.due_on < today,
  recurring: r.recurring,
  periodFrom: r.period_from,
  periodTo: r.period_to,
});

export async function listInvoices(ctx: Ctx, { query }: Call<typeof api.listInvoices>) {
  const accountIds = await accountIdsOf(ctx.tx, query);
  const scope = `invoices ${query.accountId} ${query.withChildren} ${query.status}`;
  const rows = await store.invoices(
    ctx.tx,
    { accountIds, status: query.status },
    decodeCursor(scope, query.cursor, 2),
    query.limit,
  );
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor(scope, [r.issued_on, r.id]));
  return { items: items.map((r) => presentInvoice(r, ctx.today)), nextCursor };
}

export async function listCohorts(ctx: Ctx, { query }: Call<typeof api.listCohorts>) {
  const { by, periods } = query;
  const asOf = query.asOf ?? ctx.today;
  const currency = query.currency ?? (await workspaceCurrency(ctx.tx));
  const points = periodEnds(by, asOf, periods);
  // Constant rates are those of the last day: it goes first, as the day whose rates hold.
  const { question, missing } = await questionOf(
    ctx,
    { ...query, from: null, to: null, asOf, currency, constantCurrency: query.constantCurrency },
    query.constantCurrency ? [asOf, ...points] : points,
  );
  const shift = query.constantCurrency ? 1 : 0;
  const rows = (await cohortStore.cohorts(ctx.tx, question, by)).filter((r) => r.point >= shift);
  const share = (part: Big | number, whole: Big | number): string | null =>
    new Big(whole).eq(0) ? null : new Big(part).div(whole).toFixed(6);
  const items = new Map<string, { cohort: string; accounts: number; rows: cohortStore.CohortRow[] }>();
  for (const r of rows) {
    const item = items.get(r.cohort) ?? { cohort: r.cohort, accounts: r.size, rows: [] };
    item.rows.push(r);
    items.set(r.cohort, item);
  }
  const firstDay = points[0]!;
  return {
    asOf,
    by,
    points,
    // A cohort older than the first point has no first balance here to compare with.
    items: [...items.values()]
      .filter((c) => c.rows[0] && (c.rows[0].point > shift || samePeriod(by, c.cohort, firstDay)))
      .map((c) => {
        const first = new Big(c.rows[0]!.arr);
        return {
          cohort: c.cohort,
          accounts: c.accounts,
          ages: c.rows.map((r) => ({
            on: points[r.point - shift]!,
            mrr: { amount: monthly(r.arr), currency },
            share: share(new Big(r.arr), first),
            accounts: r.accounts,
            accountShare: share(r.accounts, c.accounts),
          })),
        };
      }),
    warnings: warningsOf(missing, currency),
  };
}

function samePeriod(by: 'month' | 'quarter' | 'year', cohort: string, end: string): boolean {
  if (cohort.slice(0, 4) !== end.slice(0, 4)) return false;
  if (by === 'year') return true;
  const months = by === 'month' ? 1 : 3;
  const place = (day: string) => Math.floor((Number(day.slice(5, 7)) - 1) / months);
  return place(cohort) === place(end);
}
