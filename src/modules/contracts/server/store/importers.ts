// What rows of files of contracts and contract lines mean, as SQL. Lines bring their contract along when it is not there yet, so one file
// with repeated contract ids does as well as two.
import { sql } from 'kysely';
import { NO_ACCOUNT, type Remark, remarkTaken } from '../../../../kernel/server/import-remarks.ts';
import { tableImporter } from '../../../../kernel/server/import-table.ts';
import type { Importer, ImportRun } from '../../../../kernel/server/importing.ts';
import type { Ctx } from '../../../../kernel/server/module.ts';
import { releaseRenewalOn, resolveAccountRefs } from '../../../accounts/server/index.ts';
import {
  productRefKey,
  productsSeen,
  remarkUnknownProducts,
  resolveProductRefs,
} from '../../../products/server/index.ts';
import { keepAccount } from '../contracts.ts';
import { contractsShape, linesShape } from '../import-shapes.ts';
import { keepRenewals } from '../keeping.ts';
import { NAME_SEPARATOR } from './contracts.ts';
import { keepNotices, noticeOf, runsOut, statusOf } from './import-notice.ts';
import {
  accountsToKeep,
  contractKey,
  endsOf,
  findContracts,
  insertContracts,
  namelessContract,
  takeAccounts,
  withoutContracts,
} from './imports.ts';

const ACCOUNT = { idColumn: 'account_id', nameColumn: 'account_name' };
const PRODUCT = { name: 'product' };

/** Renewals and the dates of accounts follow once for all contracts of the file. */
async function afterwards(ctx: Ctx): Promise<void> {
  await keepRenewals(ctx, null);
  await keepNotices(ctx.tx, ctx.today);
  for (const id of await accountsToKeep(ctx.tx, ctx.today)) await keepAccount(ctx, id);
  await ctx.emit({ type: 'contract.changed' });
}

const noticeRemarks = (run: ImportRun): Remark[] => [
  {
    weight: 'warn',
    field: 'status',
    code: 'notice_given',
    message: 'Notice was given, and the end lies ahead: it runs until then and does not renew.',
    where: runsOut(run, 's'),
    value: sql`s.ends_on::text`,
  },
  {
    weight: 'warn',
    field: 'status',
    code: 'ended_without_day',
    message: 'It is over, but no day says since when: it is taken as cancelled and counts nowhere.',
    where: sql`s.status in ('ended', 'notice') and s.ends_on is null`,
  },
];

const contracts = tableImporter({
  shape: contractsShape,
  order: 40,
  table: 'contract',
  natural: ['account_id', 'name', 'starts_on'],
  nameColumn: 'name',
  parts: ['renewal'],
  prepare: (tx, run) => resolveAccountRefs(tx, run, ACCOUNT),
  from: () => sql`left join pg_temp.import_account a on a.n = s.n`,
  values: (run) => ({
    account_id: sql`a.account_id`,
    number: sql`left(coalesce(s.number, case when length(s.external_id) <= 100 then s.external_id end), 100)`,
    name: sql`coalesce(s.name, 'Contract ' || coalesce(s.external_id, s.number), ${namelessContract})`,
    status: statusOf(run, 's'),
    cancel_reason: noticeOf(run, 's'),
    currency: sql`s.currency`,
    starts_on: sql`s.starts_on`,
    ends_on: sql`s.ends_on`,
    term_months: sql`case when s.term_months between 1 and 240 then s.term_months end`,
    notice_days: sql`case when s.notice_days between 0 and 3650 then s.notice_days end`,
    auto_renews: sql`case when ${runsOut(run, 's')} then false else s.auto_renews end`,
    uplift_percent: sql`case when s.uplift_percent between -100 and 1000 then s.uplift_percent end`,
    signed_on: sql`s.signed_on`,
    notes: sql`s.notes`,
  }),
  fresh: {
    // A file without a status brings old contracts along: what ended a quarter ago and does not renew by itself is over.
    status: sql`case when p.ends_on < current_date - 90 and not coalesce(p.auto_renews, false) then 'ended' else 'active' end`,
    currency: sql`(select currency from workspace where workspace_id = kernel.ws())`,
    auto_renews: sql`false`,
    cancel_reason: sql`''`,
    notes: sql`''`,
  },
  check: (tx, run) =>
    remarkTaken(tx, [
      ...noticeRemarks(run),
      NO_ACCOUNT,
      {
        weight: 'reject',
        field: 'endsOn',
        code: 'end_before_start',
        message: 'The end is before the start.',
        where: sql`r.ends_on < r.starts_on`,
        value: sql`r.ends_on::text`,
      },
      {
        weight: 'warn',
        field: 'noticeDays',
        code: 'notice_unlikely',
        message: 'This is no notice period in days; it is left blank.',
        where: sql`s.notice_days is not null and r.notice_days is null`,
        value: sql`s.notice_days::text`,
      },
      {
        weight: 'warn',
        field: 'termMonths',
        code: 'term_unlikely',
        message: 'This is no term in months; it is left blank.',
        where: sql`s.term_months is not null and r.term_months is null`,
        value: sql`s.term_months::text`,
      },
    ]),
  afterwards,
});

// What a line costs: a price and how many, else what is said of a year, else the share of a year in what is said of the whole term.
const byTerm = sql`(s.unit_price_minor is null and s.yearly_minor is null and s.total_minor is not null)`;
const wholeMonths = sql`case when s.ends_on is null then s.term_months
  when extract(day from age((s.ends_on + 1)::timestamp, s.starts_on::timestamp)) = 0
  then (extract(year from age((s.ends_on + 1)::timestamp, s.starts_on::timestamp)) * 12 + extract(month from age((s.ends_on + 1)::timestamp, s.starts_on::timestamp)))::bigint end`;
const shareOfYear = sql`case when s.ends_on < s.starts_on then null
  when (${wholeMonths}) > 0 then round(s.total_minor::numeric * 12 / (${wholeMonths}))
  when s.ends_on is not null then round(s.total_minor::numeric * 365 / (s.ends_on - s.starts_on + 1)) end::bigint`;
/** A value, and nothing that makes it a year's: the line comes without it. */
const valueless = sql`(s.billing is distinct from 'once' and s.unit_price_minor is null and s.yearly_minor is null
  and coalesce(s.total_minor, s.value_minor) is not null and (s.total_minor is null or (${shareOfYear}) is null))`;
const billing = sql`case when ${valueless} then 'once' when ${byTerm} and s.billing is distinct from 'once' then 'year'
  else coalesce(s.billing, case when s.unit_price_minor is null then 'year' else 'month' end) end`;
const periods = sql`case ${billing} when 'month' then 12 when 'quarter' then 4 when 'half_year' then 2 else 1 end`;
const quantity = sql`case when s.unit_price_minor is null then 1 else coalesce(s.quantity, 1) end`;
const discount = sql`case when s.unit_price_minor is null then 0 else coalesce(s.discount, 0) end`;
const price = sql`case when ${valueless} then 0
  else coalesce(s.unit_price_minor, s.yearly_minor, case when s.billing = 'once' then coalesce(s.total_minor, s.value_minor) else ${shareOfYear} end) end`;

const lines = tableImporter({
  shape: linesShape,
  order: 45,
  table: 'contract_line',
  natural: ['contract_id', 'product_id', 'description', 'starts_on'],
  async prepare(tx, run) {
    await resolveAccountRefs(tx, run, ACCOUNT);
    await findContracts(tx, run);
    if (!run.mapped.has('product')) return;
    await resolveProductRefs(tx, run, PRODUCT);
    await remarkUnknownProducts(tx, PRODUCT, 'The line keeps the name.');
  },
  from: (
    run,
  ) => sql`left join pg_temp.import_account a on a.n = s.n left join pg_temp.import_contract k on k.key = ${contractKey}
    ${run.mapped.has('product') ? sql`left join pg_temp.import_product_ref p on p.key = ${productRefKey(PRODUCT)} and s.product is not null` : sql``}`,
  values: (run) => ({
    contract_id: sql`k.id`,
    account_id: sql`k.account_id`,
    product_id: run.mapped.has('product') ? sql`p.product_id` : sql`null::uuid`,
    // A product that nobody knows yet stands before what the line says, until its name is confirmed (relinkProducts).
    description: run.mapped.has('product')
      ? sql`left(coalesce(case when p.product_id is null and product_key(s.product) <> product_key(s.description)
          then s.product || ${NAME_SEPARATOR} || s.description end, s.description, s.product, k.name, k.ref), 2000)`
      : sql`left(coalesce(s.description, k.name, k.ref), 2000)`,
    kind: sql`case when ${billing} = 'once' then 'one_off' else 'recurring' end`,
    quantity: sql`${quantity}::numeric(18, 6)`,
    unit_price_minor: price,
    discount_percent: sql`${discount}::numeric(7, 4)`,
    billing,
    currency: sql`coalesce(s.unit_price_currency, s.yearly_currency, s.total_currency, s.value_currency)`,
    starts_on: sql`s.starts_on`,
    ends_on: sql`case when ${billing} = 'once' then s.starts_on else s.ends_on end`,
    // Half to even, as the rules say: an exact half goes to the even neighbour.
    amount_minor: sql`(select case when abs(x.v - trunc(x.v)) = 0.5 then 2 * round(x.v / 2) else round(x.v) end from (select ${quantity}::numeric * ${price} * ${periods} * (100 - ${discount}::numeric) / 100 as v) x)::bigint`,
  }),
  check: (tx, run) =>
    remarkTaken(tx, [
      ...noticeRemarks(run),
      {
        weight: 'warn',
        field: 'total',
        code: 'by_term',
        message:
          'The value of the whole term is spread over it: a year’s is its share, by whole months where the term has them, else by days.',
        where: sql`${byTerm} and s.billing is distinct from 'once' and not ${valueless}`,
        value: sql`s.total_minor::text`,
      },
      {
        weight: 'warn',
        field: 'total',
        code: 'no_term',
        message: 'The value is left out because nothing says how long the contract runs: neither an end nor a term.',
        where: sql`${valueless} and s.total_minor is not null and s.ends_on is null`,
        value: sql`s.total_minor::text`,
      },
      {
        weight: 'warn',
        field: 'value',
        code: 'value_of_what',
        message:
          'The value is left out because nothing says whether it is a year’s or that of the whole term. Map the column to the one that it is.',
        where: sql`${valueless} and s.total_minor is null`,
        value: sql`s.value_minor::text`,
      },
      {
        weight: 'reject',
        field: 'contract',
        code: 'no_contract',
        message: 'The row names no contract.',
        where: sql`r.contract_id is null`,
      },
      {
        weight: 'reject',
        field: 'accountId',
        code: 'no_account',
        message: 'The contract is not there yet, and the row names no account for it.',
        where: sql`r.account_id is null and exists (select from pg_temp.import_contract k where k.id = r.contract_id and k.fresh)`,
      },
      {
        weight: 'reject',
        field: 'unitPrice',
        code: 'no_amount',
        message: 'The row has no price.',
        where: sql`r.unit_price_minor is null`,
      },
      {
        weight: 'reject',
        field: 'unitPrice',
        code: 'negative_amount',
        message: 'The price is negative: a credit is no line of a contract.',
        where: sql`r.unit_price_minor < 0`,
        value: sql`r.unit_price_minor::text`,
      },
      {
        weight: 'reject',
        field: 'quantity',
        code: 'negative_quantity',
        message: 'The quantity is negative.',
        where: sql`r.quantity < 0`,
        value: sql`r.quantity::text`,
      },
      {
        weight: 'reject',
        field: 'discount',
        code: 'discount_range',
        message: 'A discount is between 0 and 100 %.',
        where: sql`r.discount_percent not between 0 and 100`,
        value: sql`r.discount_percent::text`,
      },
      {
        weight: 'reject',
        field: 'endsOn',
        code: 'end_before_start',
        message: 'The end is before the start.',
        where: sql`r.ends_on < r.starts_on`,
        value: sql`r.ends_on::text`,
      },
      {
        weight: 'reject',
        field: 'currency',
        code: 'other_currency',
        message: 'The contract is in another currency.',
        where: sql`exists (select from pg_temp.import_contract k where k.id = r.contract_id and k.currency is not null and k.currency <> r.currency)`,
        value: sql`r.currency`,
      },
      {
        weight: 'warn',
        field: 'unitPrice',
        code: 'no_price',
        message: 'It costs nothing: it counts as 0.',
        where: sql`r.unit_price_minor = 0 and not ${valueless}`,
      },
      {
        weight: 'warn',
        field: 'yearly',
        code: 'amounts_disagree',
        message: 'Quantity, price and discount give another value of a year: these count.',
        where: sql`s.unit_price_minor is not null and s.yearly_minor is not null and abs(s.yearly_minor - r.amount_minor) > 100`,
        value: sql`s.yearly_minor::text`,
      },
    ]),
  afterwards,
});

/** Accounts whose last contract is taken back show what they showed before it. */
function releasing(importer: Importer): Importer {
  return {
    ...importer,
    async undo(tx, run, change) {
      const going = change.table === 'contract' && change.action === 'insert' ? await endsOf(tx, change.ids) : [];
      const outcome = await importer.undo(tx, run, change);
      await releaseRenewalOn(tx, await withoutContracts(tx, going));
      return outcome;
    },
  };
}

/** Lines whose contract is not there bring it along; it goes again with them. */
const bringing: Importer = {
  ...lines,
  tables: ['contract_line', 'contract'],
  async write(tx, run, from, to) {
    const made = await insertContracts(tx, run, from, to);
    await takeAccounts(tx, from, to);
    const changes = await lines.write(tx, run, from, to);
    if (run.mapped.has('product')) await productsSeen(tx, run);
    if (!made.length) return changes;
    return [
      {
        table: 'contract',
        action: 'insert',
        rows: made.map((m) => m.n),
        ids: made.map((m) => m.id),
        versions: made.map(() => 1),
        before: null,
      },
      ...changes,
    ];
  },
  async undo(tx, run, change) {
    if (change.table !== 'contract') return lines.undo(tx, run, change);
    // The report counts rows, and rows are lines.
    const { kept } = await contracts.undo(tx, run, change);
    return { removed: 0, restored: 0, kept };
  },
};

export const importers: Importer[] = [releasing(contracts), releasing(bringing)];
