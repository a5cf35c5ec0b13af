// The growth room's part in imports: expenses, and estimates of what accounts spend.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import { tableImporter } from '../../../kernel/server/import-table.ts';
import { resolveAccountRefs } from '../../accounts/server/index.ts';
import { resolveSeries, withSeries } from '../../products/server/index.ts';
import { expensesShape, walletShape } from './import-shape.ts';

const accounts = { idColumn: 'account_id', nameColumn: 'account_name' };
const needsAccount = sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
  select r.n, 'reject', 'accountName', 'no_account', 'The row names no account. Choose the column that does.', '' from pg_temp.import_row r
  where r.account_id is null and not exists (select from pg_temp.import_remark x where x.n = r.n and x.weight = 'reject')`;

/** In a list that has no column for it: the one account whose whole name stands in a text of the row. */
async function accountsInTexts(tx: Tx): Promise<void> {
  await sql`drop table if exists pg_temp.import_named`.execute(tx);
  await sql`create temp table import_named as
    select s.n, min(a.id::text)::uuid as account_id, min(a.name) as name, count(distinct a.id) as times
    from (select n, ' ' || regexp_replace(kernel.fold(concat_ws(' ', project, attendees, description)), '[^[:alnum:]]+', ' ', 'g') || ' ' as said from pg_temp.import_stage) s
    join (select id, name, ' ' || trim(regexp_replace(kernel.fold(name), '[^[:alnum:]]+', ' ', 'g')) || ' ' as called from account
      where workspace_id = kernel.ws() and archived_at is null and merged_into_id is null) a on length(a.called) > 5 and strpos(s.said, a.called) > 0
    group by 1`.execute(tx);
  await sql`insert into pg_temp.import_account (n, account_id) select n, account_id from pg_temp.import_named where times = 1`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, case times when 1 then 'warn' else 'reject' end, case times when 1 then null else 'accountName' end, case times when 1 then 'account_in_text' else 'no_account' end,
      case times when 1 then 'No column names the account; “' || name || '” stands in a text of the row, and it is taken for it.'
        else 'Several accounts are named in the texts of the row. Choose the column that says for whom it was spent.' end, ''
    from pg_temp.import_named`.execute(tx);
}

export const expensesImporter = tableImporter({
  shape: expensesShape,
  order: 70,
  table: 'expense',
  natural: ['account_id', 'spent_on', 'kind', 'amount_minor', 'currency', 'description'],
  async prepare(tx, run) {
    await resolveAccountRefs(tx, run, accounts);
    if (!run.mapped.has('accountId') && !run.mapped.has('accountName')) await accountsInTexts(tx);
  },
  from: () => sql`left join pg_temp.import_account a on a.n = s.n
    left join pg_temp.import_member e on e.ref = lower(s.member_email) left join pg_temp.import_member m on m.ref = lower(s.member_name)`,
  values: () => ({
    account_id: sql`a.account_id`,
    spent_on: sql`s.spent_on`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    kind: sql`s.kind`,
    description: sql`left(coalesce(s.description, s.merchant, s.project), 1000)`,
    member_id: sql`coalesce(e.id, m.id)`,
    // Who is no member is kept by name.
    member_name: sql`case when coalesce(e.id, m.id) is null then coalesce(s.member_name, s.member_email) end`,
  }),
  fresh: { kind: sql`'other'`, description: sql`''` },
  check: async (tx) => void (await needsAccount.execute(tx)),
});

export const walletImporter = withSeries(
  tableImporter({
    shape: walletShape,
    order: 70,
    table: 'wallet_estimate',
    natural: ['account_id', 'series_id', 'estimated_on', 'source'],
    async prepare(tx, run) {
      await resolveAccountRefs(tx, run, accounts);
      await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'reject', 'spend', 'negative', 'Nobody spends less than nothing.', s.spend_minor::text from pg_temp.import_stage s where s.spend_minor < 0`.execute(
        tx,
      );
      await resolveSeries(tx);
      await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select min(s.n), 'warn', 'series', 'new_series', 'There was no series “' || r.name || '”: it is made. Give it its products under Products, or take the import back.', r.name
      from pg_temp.import_stage s join pg_temp.import_series r on r.key = lower(s.series) where r.fresh group by r.id, r.name`.execute(
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
    left join pg_temp.import_series p on p.key = lower(s.series)`,
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
  }),
);
