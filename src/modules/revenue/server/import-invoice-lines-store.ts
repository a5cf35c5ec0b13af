// SQL of invoices of which a file has a row a line: the rows of one number become one invoice.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';

/**
 * Makes the first row of each number the invoice and takes the others out of the staged rows, with a remark each. Its amount is the sum of
 * its lines: of their own amounts, else of quantity and price; where rows have but one amount it is theirs when it differs between lines,
 * else the total, repeated. What has one number and is not of one account, day and currency stays, and is rejected as a double.
 */
export async function foldLines(tx: Tx, run: ImportRun): Promise<void> {
  const has = (...keys: string[]) => keys.every((key) => run.mapped.has(key));
  const priced = has('quantity', 'unitPrice');
  if (!has('number') || !(has('lineAmount') || priced || has('plan'))) return;
  const ownAmounts = has('lineAmount') || (priced && !has('amount'));
  const product = sql`round(s.quantity * s.unit_price_minor)::bigint`;
  await sql`drop table if exists pg_temp.import_invoice_line`.execute(tx);
  await sql`create temp table import_invoice_line as
    with lines as (
      select s.n, s.number, s.amount_minor as total, coalesce(s.line_amount_minor, ${priced && !has('amount') ? product : sql`null::bigint`}) as own,
        coalesce(s.line_amount_currency, s.amount_currency, s.unit_price_currency) as currency, s.plan, s.issued_on, a.account_id,
        ${priced ? sql`coalesce(s.amount_minor = ${product}, false)` : sql`false`} as multiplied,
        ${has('lineAmount') || priced ? sql`1` : sql`row_number() over (partition by s.number, s.plan, s.amount_minor, s.period_from, s.period_to order by s.n)`} as nth
      from pg_temp.import_stage s left join pg_temp.import_account a on a.n = s.n
      where s.number is not null and not exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject')),
    -- Windows, not joins: sizes of what was just computed are guesses.
    grouped as (
      select l.*, min(n) over w as lead, count(*) over w as rows, min(total) over w <> max(total) over w or bool_or(multiplied) over w as by_line,
        min(account_id::text) over w is not distinct from max(account_id::text) over w and min(issued_on) over w is not distinct from max(issued_on) over w
          and min(currency) over w is not distinct from max(currency) over w as alike
      from lines l where nth = 1 window w as (partition by number))
    select g.n, g.number, g.lead, g.rows, g.total, g.currency, g.plan,
      -- Whether the one amount of the rows is the line's or the invoice's, the whole file says.
      case when ${ownAmounts}::boolean then g.own when (select coalesce(bool_or(f.by_line and f.rows > 1), false) from grouped f where f.alike) then g.total end as amount
    from grouped g where g.alike and (g.rows > 1 or ${ownAmounts}::boolean)`.execute(tx);
  await sql`create index on pg_temp.import_invoice_line (n)`.execute(tx);
  await sql`analyze pg_temp.import_invoice_line`.execute(tx);
  await sql`update pg_temp.import_stage s set amount_minor = x.amount, amount_currency = coalesce(s.amount_currency, x.currency),
      plan = case when x.rows > 1 then x.plans else s.plan end, period_from = least(s.period_from, x.period_from), period_to = greatest(s.period_to, x.period_to),
      recurring = x.recurring
    from (
      select y.lead, sum(y.rows) as rows, coalesce(sum(y.amount), max(y.total))::bigint as amount, min(y.currency) as currency,
        left(string_agg(y.plan, ', ' order by y.first), 300) as plans, min(y.period_from) as period_from, max(y.period_to) as period_to, bool_or(y.recurring) as recurring
      from (
        select l.lead, l.plan, min(l.n) as first, count(*) as rows, sum(l.amount) as amount, max(l.total) as total, min(l.currency) as currency,
          min(s.period_from) as period_from, max(s.period_to) as period_to, bool_or(s.recurring) as recurring
        from pg_temp.import_invoice_line l join pg_temp.import_stage s on s.n = l.n group by l.lead, l.plan) y
      group by y.lead) x
    where s.n = x.lead`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select lead, 'warn', 'amount', 'lines_and_total', 'The lines add up to another amount than the total: the lines count.', max(total)::text
    from pg_temp.import_invoice_line group by lead
    having sum(amount) is not null and count(distinct total) = 1 and not (abs(max(total)) between abs(sum(amount)) and abs(sum(amount)) * 1.3)`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, 'warn', 'number', 'line', 'One more line of the invoice in row ' || lead || ': it is part of it.', number
    from pg_temp.import_invoice_line where n <> lead`.execute(tx);
  await sql`delete from pg_temp.import_stage s using pg_temp.import_invoice_line l where l.n = s.n and l.n <> l.lead`.execute(
    tx,
  );
}
