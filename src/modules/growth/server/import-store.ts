// The growth room's part in imports: expenses, and estimates of what accounts spend.
import { sql } from 'kysely';
import { tableImporter } from '../../../kernel/server/import-table.ts';
import { resolveAccountRefs } from '../../accounts/server/index.ts';
import { expensesShape, walletShape } from './import-shape.ts';

const accounts = { idColumn: 'account_id', nameColumn: 'account_name' };
const needsAccount = sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
  select r.n, 'reject', 'accountName', 'no_account', 'The row names no account.', '' from pg_temp.import_row r
  where r.account_id is null and not exists (select from pg_temp.import_remark x where x.n = r.n and x.weight = 'reject')`;

export const expensesImporter = tableImporter({
  shape: expensesShape,
  order: 70,
  table: 'expense',
  natural: ['account_id', 'spent_on', 'kind', 'amount_minor', 'currency', 'description'],
  prepare: (tx, run) => resolveAccountRefs(tx, run, accounts),
  from: () => sql`left join pg_temp.import_account a on a.n = s.n
    left join pg_temp.import_member e on e.ref = lower(s.member_email) left join pg_temp.import_member m on m.ref = lower(s.member_name)`,
  values: () => ({
    account_id: sql`a.account_id`,
    spent_on: sql`s.spent_on`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    kind: sql`s.kind`,
    description: sql`s.description`,
    member_id: sql`coalesce(e.id, m.id)`,
    // Who is no member is kept by name.
    member_name: sql`case when coalesce(e.id, m.id) is null then coalesce(s.member_name, s.member_email) end`,
  }),
  fresh: { kind: sql`'other'`, description: sql`''` },
  check: async (tx) => void (await needsAccount.execute(tx)),
});

export const walletImporter = tableImporter({
  shape: walletShape,
  order: 70,
  table: 'wallet_estimate',
  natural: ['account_id', 'series_id', 'estimated_on', 'source'],
  async prepare(tx, run) {
    await resolveAccountRefs(tx, run, accounts);
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'reject', 'series', 'unknown_series', 'There is no series “' || s.series || '”. Add it under Products first.', s.series from pg_temp.import_stage s
      where s.series is not null and not exists (select from product_series p where p.workspace_id = kernel.ws() and lower(p.name) = lower(s.series))`.execute(
      tx,
    );
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'reject', 'spend', 'negative', 'Nobody spends less than nothing.', s.spend_minor::text from pg_temp.import_stage s where s.spend_minor < 0`.execute(
      tx,
    );
    // What a file does not say of an estimate is said for it, and remarked.
    if (!run.mapped.has('source') || !run.mapped.has('confidence'))
      await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
        select min(s.n), 'warn', null, 'no_source', 'The file does not say where its numbers come from or how sure they are: taken as of low confidence, with the import as source.', '' from pg_temp.import_stage s having count(*) > 0`.execute(
        tx,
      );
  },
  from: () => sql`left join pg_temp.import_account a on a.n = s.n
    left join product_series p on p.workspace_id = kernel.ws() and lower(p.name) = lower(s.series)`,
  values: (run) => ({
    account_id: sql`a.account_id`,
    series_id: sql`p.id`,
    spend_minor: sql`s.spend_minor`,
    currency: sql`s.spend_currency`,
    estimated_on: sql`coalesce(s.estimated_on, ${run.services.clock().toISOString().slice(0, 10)}::date)`,
    source: sql`coalesce(s.source, 'Imported')`,
    confidence: sql`s.confidence`,
    note: sql`s.note`,
  }),
  fresh: { confidence: sql`'low'`, note: sql`''` },
  check: async (tx) => void (await needsAccount.execute(tx)),
});
