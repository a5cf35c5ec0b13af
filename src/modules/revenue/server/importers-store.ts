// Imports of subscriptions, invoices and payments: what a row means in the ledger, and which rows are not taken or taken with a remark.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import { NO_ACCOUNT, remarkStaged, remarkTaken } from '../../../kernel/server/import-remarks.ts';
import { tableImporter } from '../../../kernel/server/import-table.ts';
import type { Importer, ImportRun } from '../../../kernel/server/importing.ts';
import { resolveAccountRefs } from '../../accounts/server/index.ts';
import { productRefKey, productsSeen, remarkUnknownProducts, resolveProductRefs } from '../../products/server/index.ts';
import { keepArrOf } from './arr.ts';
import { foldLines } from './import-invoice-lines-store.ts';
import { invoicesShape } from './import-invoices.ts';
import { paymentsShape } from './import-payments.ts';
import { subscriptionsShape } from './import-subscriptions.ts';

type Sql = RawBuilder<unknown>;
const ACCOUNT = { idColumn: 'account_id', nameColumn: 'account_name' };
const PRODUCT = { name: 'plan' };

async function references(tx: Tx, run: ImportRun): Promise<void> {
  await resolveAccountRefs(tx, run, ACCOUNT);
  if (!run.mapped.has('plan')) return;
  await resolveProductRefs(tx, run, PRODUCT);
  await remarkUnknownProducts(tx, PRODUCT, 'The row keeps the name.');
}
const joins = (run: ImportRun): Sql => sql`left join pg_temp.import_account a on a.n = s.n
  ${run.mapped.has('plan') ? sql`left join pg_temp.import_product_ref p on p.key = ${productRefKey(PRODUCT)} and s.plan is not null` : sql``}`;
const productOf = (run: ImportRun): Sql => (run.mapped.has('plan') ? sql`p.product_id` : sql`null::uuid`);

/** Names of products that nobody knows yet are noted with the rows that brought them, for a person to say once what they are. */
const notingProducts = (importer: Importer): Importer => ({
  ...importer,
  async write(tx, run, from, to) {
    const changes = await importer.write(tx, run, from, to);
    if (run.mapped.has('plan')) await productsSeen(tx, run);
    return changes;
  },
});

// Subscriptions -------------------------------------------------------------
const trial = sql`(coalesce(s.is_trial, false) or coalesce(s.status = 'trial', false))`;
/** A trial that turned into something paid brings revenue from its end on. */
const startsOn = sql`case when not ${trial} and s.trial_ends_on > s.starts_on and s.trial_ends_on <= coalesce(s.ends_on, s.trial_ends_on) then s.trial_ends_on else s.starts_on end`;
/** Months in a billing period: "month" with a length of 12 is a year. */
const months = sql`case s.billing when 'quarter' then 3 when 'half_year' then 6 when 'year' then 12 when 'two_years' then 24 when 'three_years' then 36 when 'other' then null else 1 end * greatest(coalesce(s.billing_count, 1), 1)`;
const periods = sql`12::numeric / (${months})`;
const billing = sql`case when s.billing is null and s.billing_count is null then null when s.billing = 'other' then 'other' else case ${months} when 1 then 'month' when 3 then 'quarter' when 6 then 'half_year' when 12 then 'year' else 'other' end end`;
/**
 * The first day without revenue. Who cancels has mostly paid until the end of a period: that counts, unless it is over for good. A day of
 * cancelling says nothing of what is active again, so that counts only with the end of its period behind it, or ahead of us.
 */
const endsOn = sql`coalesce(least(s.ends_on, s.terminated_on), case
  when s.status = 'ended' then coalesce(s.cancelled_on, s.period_ends_on)
  when s.status = 'paused' and s.paused_on is not null then s.paused_on
  when s.cancels_at_end or s.status = 'running_out' then coalesce(s.period_ends_on, s.cancelled_on)
  when s.cancelled_on is null then null
  when s.period_ends_on >= s.cancelled_on then s.period_ends_on
  when s.status is null or s.cancelled_on > current_date then s.cancelled_on end)`;
/** Billing systems set the month's revenue to 0 once a subscription has ended; what it cost until then is its price. */
const monthly = sql`case when s.mrr_minor = 0 and s.status = 'ended' and coalesce(s.arr_minor, s.amount_minor, s.unit_price_minor) > 0 then null else s.mrr_minor end`;
const priced = sql`coalesce(${monthly}, s.arr_minor, s.amount_minor, s.unit_price_minor)`;
/** A year's worth: of the month's revenue first, then of the year's, then of what is billed a period. */
const arrMinor = sql`case when ${trial} then 0
  else coalesce((${monthly}) * 12, s.arr_minor, round(s.amount_minor * ${periods}), round(round(s.unit_price_minor * coalesce(s.quantity, 1)) * ${periods}))::bigint end`;

const subscriptions = tableImporter({
  shape: subscriptionsShape,
  order: 50,
  table: 'subscription',
  independent: true,
  natural: ['account_id', 'plan', 'starts_on', 'currency'],
  async prepare(tx, run) {
    await references(tx, run);
    await remarkStaged(tx, [
      {
        weight: 'reject',
        field: 'mrr',
        code: 'no_amount',
        message: 'The row has no amount.',
        where: sql`${priced} is null and not ${trial}`,
      },
      {
        weight: 'reject',
        field: 'mrr',
        code: 'negative_amount',
        message: 'The amount is negative. Recurring revenue cannot be; a credit belongs to the invoices.',
        where: sql`${priced} < 0 or s.quantity < 0`,
        value: sql`(${priced})::text`,
      },
      {
        weight: 'reject',
        field: 'billing',
        code: 'billing_unknown',
        message: 'The amount is for a period that has no fixed share of a year. Give a month’s revenue instead.',
        where: sql`s.billing = 'other' and s.mrr_minor is null and s.arr_minor is null and not ${trial}`,
      },
      {
        weight: 'reject',
        field: 'endsOn',
        code: 'end_before_start',
        message: 'The end is before the start.',
        where: sql`${endsOn} < s.starts_on`,
        value: sql`(${endsOn})::text`,
      },
      {
        weight: 'reject',
        field: 'status',
        code: 'not_started',
        message: 'It is a draft or has not begun: it brings no revenue yet.',
        where: sql`s.status = 'draft'`,
      },
      {
        weight: 'warn',
        field: 'arr',
        code: 'amounts_disagree',
        message: 'Twelve times the month’s revenue is not the year’s: the month’s counts.',
        where: sql`s.mrr_minor is not null and s.arr_minor is not null and not ${trial}
          and (s.mrr_currency <> s.arr_currency or abs(s.mrr_minor * 12 - s.arr_minor) > 12)`,
        value: sql`s.arr_minor::text`,
      },
      {
        weight: 'warn',
        field: 'isTrial',
        code: 'trial_with_amount',
        message: 'A trial has a price: it counts as 0.',
        where: sql`${trial} and ${priced} <> 0`,
        value: sql`(${priced})::text`,
      },
      {
        weight: 'warn',
        field: 'mrr',
        code: 'no_price',
        message: 'It costs nothing and is no trial: it counts as 0.',
        where: sql`not ${trial} and ${priced} = 0`,
      },
      {
        weight: 'warn',
        field: 'endsOn',
        code: 'ends_at_once',
        message: 'It ends on the day it starts: it never brings revenue.',
        where: sql`${endsOn} = s.starts_on`,
      },
      {
        weight: 'warn',
        field: 'status',
        code: 'ended_without_day',
        message: 'It has ended, but no day says when: it goes on counting.',
        where: sql`s.status in ('ended', 'running_out') and ${endsOn} is null`,
      },
      {
        weight: 'warn',
        field: 'status',
        code: 'paused_without_day',
        message: 'It is paused, but no day says since when: it goes on counting.',
        where: sql`s.status = 'paused' and ${endsOn} is null`,
      },
      {
        weight: 'warn',
        field: 'cancelledOn',
        code: 'cancelled_and_active',
        message: 'It has a day of cancelling and is active: it goes on counting.',
        where: sql`s.cancelled_on is not null and s.status in ('active', 'trial') and ${endsOn} is null`,
        value: sql`s.cancelled_on::text`,
      },
      {
        weight: 'warn',
        field: 'amount',
        code: 'amount_of_all',
        message:
          'The amount is taken for all of the quantity together. If it is that of one, map it to the price of one.',
        where: sql`s.quantity > 1 and s.amount_minor is not null and s.unit_price_minor is null and s.mrr_minor is null and s.arr_minor is null`,
        value: sql`s.amount_minor::text`,
      },
    ]);
  },
  from: joins,
  values: (run) => ({
    account_id: sql`a.account_id`,
    product_id: productOf(run),
    plan: sql`s.plan`,
    quantity: sql`s.quantity`,
    arr_minor: arrMinor,
    currency: sql`coalesce(s.mrr_currency, s.arr_currency, s.amount_currency, s.unit_price_currency)`,
    starts_on: startsOn,
    ends_on: endsOn,
    is_trial: trial,
    billing,
    auto_renews: sql`s.auto_renews`,
  }),
  fresh: {
    plan: sql`''`,
    quantity: sql`1`,
    billing: sql`'month'`,
    currency: sql`(select currency from workspace where workspace_id = kernel.ws())`,
  },
  check: (tx) => remarkTaken(tx, [NO_ACCOUNT]),
});

// Invoices ------------------------------------------------------------------
const invoices = tableImporter({
  shape: invoicesShape,
  order: 65,
  table: 'invoice',
  independent: true,
  natural: ['number'],
  unique: [{ columns: ['number'], field: 'number', message: 'Another invoice has this number.' }],
  nameColumn: 'number',
  async prepare(tx, run) {
    await references(tx, run);
    await foldLines(tx, run);
  },
  from: joins,
  values: (run) => ({
    account_id: sql`a.account_id`,
    number: sql`s.number`,
    issued_on: sql`s.issued_on`,
    due_on: sql`s.due_on`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    status: sql`coalesce(s.status, case when s.paid_on is not null then 'paid' end)`,
    paid_on: sql`s.paid_on`,
    recurring: sql`s.recurring`,
    period_from: sql`case when s.period_to is not null then s.period_from end`,
    period_to: sql`case when s.period_from is not null then s.period_to end`,
    product_id: productOf(run),
    plan: sql`s.plan`,
  }),
  fresh: { status: sql`'open'`, recurring: sql`false`, plan: sql`''` },
  check: (tx) =>
    remarkTaken(tx, [
      NO_ACCOUNT,
      {
        weight: 'reject',
        field: 'amount',
        code: 'no_amount',
        message: 'The invoice has no amount.',
        where: sql`r.amount_minor is null`,
      },
      {
        weight: 'reject',
        field: 'number',
        code: 'no_number',
        message: 'The invoice has no number.',
        where: sql`r.number is null`,
      },
      {
        weight: 'reject',
        field: 'periodTo',
        code: 'end_before_start',
        message: 'The period ends before it begins.',
        where: sql`r.period_to < r.period_from`,
      },
      {
        weight: 'warn',
        field: 'amount',
        code: 'negative_amount',
        message: 'The amount is negative: it is taken as a credit note.',
        where: sql`r.amount_minor < 0`,
        value: sql`r.amount_minor::text`,
      },
      {
        weight: 'warn',
        field: 'dueOn',
        code: 'due_before_issue',
        message: 'It was due before it was issued.',
        where: sql`r.due_on < r.issued_on`,
      },
      {
        weight: 'warn',
        field: 'periodFrom',
        code: 'no_period',
        message: 'It recurs, but no period says how often: it does not count as recurring revenue.',
        where: sql`r.recurring and r.period_from is null`,
      },
    ]),
});

// Payments ------------------------------------------------------------------
const payments = tableImporter({
  shape: paymentsShape,
  order: 70,
  table: 'payment',
  natural: ['account_id', 'received_on', 'amount_minor', 'currency', 'reference'],
  async prepare(tx, run) {
    await resolveAccountRefs(tx, run, ACCOUNT);
    await sql`drop table if exists pg_temp.import_invoice`.execute(tx);
    // By number, by the id of the source; invoices of files before this one count too.
    await sql`create temp table import_invoice as
      select distinct on (x.n) x.n, x.id, x.account_id from (
        select s.n, i.id, i.account_id, 1 as place from pg_temp.import_stage s join invoice i on i.workspace_id = kernel.ws() and i.number = s.invoice
        union all
        select s.n, i.id, i.account_id, 2 from pg_temp.import_stage s
          join invoice i on i.workspace_id = kernel.ws() and i.source_system = ${run.system} and i.source_id = s.invoice) x
      order by x.n, x.place`.execute(tx);
    await sql`create unique index on pg_temp.import_invoice (n)`.execute(tx);
    await sql`analyze pg_temp.import_invoice`.execute(tx);
  },
  from: () => sql`left join pg_temp.import_account a on a.n = s.n left join pg_temp.import_invoice i on i.n = s.n`,
  values: () => ({
    account_id: sql`coalesce(a.account_id, i.account_id)`,
    invoice_id: sql`case when a.account_id is null or a.account_id = i.account_id then i.id end`,
    reference: sql`coalesce(s.reference, s.invoice)`,
    received_on: sql`s.received_on`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    method: sql`s.method`,
  }),
  fresh: { reference: sql`''`, method: sql`''` },
  check: (tx) =>
    remarkTaken(tx, [
      NO_ACCOUNT,
      {
        weight: 'warn',
        field: 'invoice',
        code: 'no_invoice',
        message: 'There is no such invoice of this account: the payment is taken without one.',
        where: sql`s.invoice is not null and r.invoice_id is null and r.account_id is not null`,
        value: sql`s.invoice`,
      },
      {
        weight: 'warn',
        field: 'amount',
        code: 'negative_amount',
        message: 'The amount is negative: it is taken as money paid back.',
        where: sql`r.amount_minor < 0`,
        value: sql`r.amount_minor::text`,
      },
    ]),
});

/** What accounts pay follows what was brought in or taken back. */
const followed = (importer: Importer): Importer => ({ ...importer, afterwards: (ctx) => keepArrOf(ctx, null) });

export const importers: Importer[] = [
  followed(notingProducts(subscriptions)),
  followed(notingProducts(invoices)),
  payments,
];
