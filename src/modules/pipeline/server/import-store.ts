// The SQL of importing opportunities and their history: which stage a row means, stages that a file brings, what closes with a row.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';

// Words that tell a closing stage by its name, where no column does.
const WON =
  '(^|[^[:alpha:]])(won|closedwon|gewonnen|gagne|gagnee|ganado|ganada|vinto|vinta|ganho|ganha|wygrana|vunnen|vundet|выигран[ао]?)([^[:alpha:]]|$)|受注|赢单';
const LOST =
  '(^|[^[:alpha:]])(lost|closedlost|verloren|perdu|perdue|perdido|perdida|perso|persa|przegrana|forlorad|tabt|проигран[ао]?|cancelled|canceled)([^[:alpha:]]|$)|失注|输单';

/**
 * `import_pipeline_stage (key, id, name, probability, outcome, category, is_new, position)`: every stage that the staged rows name, found by
 * its name among ours, or to be made: with the probability that the file gives most often.
 */
async function nameStages(tx: Tx, more: { outcome: RawBuilder<unknown>; category: boolean }): Promise<void> {
  await sql`drop table if exists pg_temp.import_pipeline_stage`.execute(tx);
  await sql`create temp table import_pipeline_stage as
    with named as (
      select kernel.fold(trim(s.stage)) as key, min(s.n) as first, mode() within group (order by trim(s.stage)) as name,
        mode() within group (order by s.probability) filter (where s.probability between 0 and 100) as probability,
        case when min(${more.outcome}) = max(${more.outcome}) then min(${more.outcome}) end as told,
        ${more.category ? sql`mode() within group (order by s.category) filter (where s.category <> 'closed')` : sql`null::text`} as category
      from pg_temp.import_stage s where trim(s.stage) <> '' group by 1),
    judged as (
      select *, coalesce(told, case when key ~ ${WON} then 'won' when key ~ ${LOST} then 'lost' else 'open' end) as is_for from named)
    select j.key, coalesce(t.id, kernel.new_id()) as id, coalesce(t.name, left(j.name, 100)) as name, t.id is null as is_new,
      coalesce(t.outcome, j.is_for) as outcome,
      coalesce(t.probability, case j.is_for when 'won' then 100 when 'lost' then 0 else coalesce(j.probability, 25) end)::numeric(5, 2) as probability,
      coalesce(t.category, case j.is_for when 'won' then 'closed' when 'lost' then 'omitted' else coalesce(j.category, 'pipeline') end) as category,
      (row_number() over (order by case j.is_for when 'open' then 0 else 1 end, j.probability, j.first))::int as position
    from judged j left join pipeline_stage t on t.workspace_id = kernel.ws() and t.archived_at is null and t.name_key = j.key`.execute(
    tx,
  );
  await sql`create unique index on pg_temp.import_pipeline_stage (key)`.execute(tx);
}

/**
 * `import_way (n, state, stage_id)`: whether a row is open, won or lost, and in which stage. What flags and status say counts before what
 * the stage is called; a closed row in an open stage goes to ours for that.
 */
export async function findStages(tx: Tx, run: ImportRun): Promise<void> {
  const has = (key: string) => run.mapped.has(key);
  const flags: RawBuilder<unknown>[] = [];
  // Flags say what a stage stands for; a status beside the stage says only how the row ended.
  const flagged = () => (flags.length ? sql`case ${sql.join(flags, sql` `)} end` : sql`null::text`);
  if (has('isWon')) flags.push(sql`when s.is_won then 'won'`);
  if (has('isClosed') && has('isWon'))
    flags.push(sql`when s.is_closed then 'lost' when s.is_closed is false then 'open'`);
  const ofStage = flagged();
  if (has('state')) flags.push(sql`when s.state is not null then s.state`);
  const told = flagged();
  await nameStages(tx, { outcome: ofStage, category: has('category') });
  await sql`drop table if exists pg_temp.import_way`.execute(tx);
  await sql`create temp table import_way as
    select s.n, x.state, coalesce(case when g.outcome = x.state then g.id end,
      (select p.id from pg_temp.import_pipeline_stage p where p.outcome = x.state and p.is_new is false order by p.position limit 1),
      (select p.id from pipeline_stage p where p.workspace_id = kernel.ws() and p.archived_at is null and p.outcome = x.state order by p.position limit 1)) as stage_id
    from pg_temp.import_stage s left join pg_temp.import_pipeline_stage g on g.key = kernel.fold(trim(s.stage))
    cross join lateral (select coalesce(${told}, g.outcome, 'open') as state) x`.execute(tx);
  await sql`create unique index on pg_temp.import_way (n)`.execute(tx);
  await sql`analyze pg_temp.import_way`.execute(tx);
}

/** A history of changes tells whatever changed. */
const says = (run: ImportRun, key: string): boolean => run.mapped.has(key) || run.mapped.has('change');

/** The same for a history, where a stage is all that is told. */
export const findHistoryStages = (tx: Tx, run: ImportRun): Promise<void> =>
  nameStages(tx, { outcome: sql`null::text`, category: says(run, 'category') });

/** Rows that cannot be taken, or not as they are. */
export async function remarkOpportunities(tx: Tx): Promise<void> {
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
    select r.n, 'reject', 'accountId', 'no_account', 'An opportunity belongs to an account; this row names none.' from pg_temp.import_row r
    where r.account_id is null and not exists (select from pg_temp.import_remark x where x.n = r.n and x.weight = 'reject')`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
    select r.n, 'reject', 'closesOn', 'no_close_date', 'It is closed, and no column says when.' from pg_temp.import_row r
    where r.state <> 'open' and r.closed_on is null`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
    select r.n, 'warn', 'closesOn', 'no_close_date', 'It has no close date: taken for in ninety days, and left out of forecasts until somebody sets one.'
    from pg_temp.import_row r where r.state = 'open' and r.closes_on is null`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select r.n, 'warn', 'amount', 'negative', 'The amount is below zero.', r.amount_minor::text from pg_temp.import_row r where r.amount_minor < 0`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', 'probability', 'out_of_range', 'A probability lies between 0 and 100 %; that of the stage is taken.', s.probability::text
    from pg_temp.import_stage s where s.probability < 0 or s.probability > 100`.execute(tx);
}

/** What somebody closed here stays closed, also where an older file still has it open. */
export async function keepClosed(tx: Tx): Promise<void> {
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
    select p.n, 'warn', 'stage', 'closed_here', 'It is closed here; the file has it open. It stays closed.'
    from pg_temp.import_plan p join opportunity t on t.workspace_id = kernel.ws() and t.id = p.id
    where p.action in ('changed', 'same') and t.state <> 'open' and p.state = 'open'`.execute(tx);
  await sql`update pg_temp.import_plan p set state = null, stage_id = null, closed_on = null, probability = null, category = null, closes_on = null
    from opportunity t where t.workspace_id = kernel.ws() and t.id = p.id and p.action = 'changed' and t.state <> 'open' and p.state = 'open'`.execute(
    tx,
  );
}

export type MadeStage = { id: string; n: number };
/** Makes the stages that rows of this chunk are the first to stand in: each beside the stage of ours that is as likely, the likelier after it. */
export async function makeStages(tx: Tx, run: ImportRun, from: number, to: number): Promise<MadeStage[]> {
  const { rows } = await sql<MadeStage>`
    with used as (select p.stage_id, min(p.n) as n from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action in ('new', 'changed') group by 1),
    made as (
      insert into pipeline_stage (workspace_id, id, name, position, probability, outcome, category, import_id)
      select kernel.ws(), g.id, g.name,
        case g.outcome when 'open' then coalesce((select max(x.position) from pipeline_stage x
            where x.workspace_id = kernel.ws() and x.archived_at is null and x.outcome = 'open' and x.probability <= g.probability), 0)
          else coalesce((select max(position) from pipeline_stage x where x.workspace_id = kernel.ws()), 0) + g.position end,
        g.probability, g.outcome, g.category, ${run.importId}::uuid
      from pg_temp.import_pipeline_stage g join used u on u.stage_id = g.id where g.is_new on conflict do nothing returning id)
    select m.id, u.n from made m join used u on u.stage_id = m.id`.execute(tx);
  return rows;
}

/** Before rows are written: what is about to close keeps what was thought of it. */
export async function rememberJudgement(tx: Tx, from: number, to: number): Promise<void> {
  await sql`update opportunity t set open_probability = t.probability, open_category = nullif(t.category, 'closed')
    from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action = 'changed' and p.state <> 'open'
      and t.workspace_id = kernel.ws() and t.id = p.id and t.state = 'open'`.execute(tx);
}

/** After rows are written: where the file says nothing of probability and category, those of a new stage count, unless a person set them. */
export async function followStage(tx: Tx, from: number, to: number): Promise<void> {
  await sql`update opportunity t set probability = case when t.probability_by_hand then t.probability else g.probability end,
      category = case when t.category_by_hand then t.category else g.category end
    from pg_temp.import_plan p join pipeline_stage g on g.workspace_id = kernel.ws() and g.id = p.stage_id
    where p.pos >= ${from} and p.pos < ${to} and p.action = 'changed' and p.probability is null and p.category is null
      and t.workspace_id = kernel.ws() and t.id = p.id and t.state = 'open'
      and exists (select from opportunity_change c where c.workspace_id = t.workspace_id and c.opportunity_id = t.id and c.field = 'stage_id' and c.at = kernel.present())`.execute(
    tx,
  );
}

/** Takes back stages that an import made and nobody uses. */
export async function removeStages(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from pipeline_stage s where s.workspace_id = kernel.ws() and s.id = any(${[...ids]}::uuid[]) and s.version = 1
    and not exists (select from opportunity o where o.workspace_id = s.workspace_id and o.stage_id = s.id)
    and not exists (select from opportunity_stage_entry e where e.workspace_id = s.workspace_id and e.stage_id = s.id)`.execute(
    tx,
  );
}

/** With a history known, an opportunity stands in its stage since the history says. */
export async function settleSince(tx: Tx): Promise<void> {
  await sql`update opportunity o set stage_since = x.entered_at
    from opportunity_stage_span x
    where o.workspace_id = kernel.ws() and x.workspace_id = o.workspace_id and x.opportunity_id = o.id and x.left_at is null and x.stage_id = o.stage_id
      and o.stage_since <> x.entered_at
      and exists (select from opportunity_stage_entry e where e.workspace_id = o.workspace_id and e.opportunity_id = o.id and e.import_id is not null)`.execute(
    tx,
  );
}

// Some systems have a column for each way in which a deal can close.
const closedOn = sql`coalesce(case when w.state = 'lost' then s.lost_on end, s.closed_on, s.lost_on)`;

export const opportunitySql = {
  from: () => sql`left join pg_temp.import_account a on a.n = s.n left join pg_temp.import_way w on w.n = s.n
    left join pg_temp.import_member o on o.ref = lower(coalesce(s.owner_email, s.owner_name))`,
  values: (run: ImportRun) => ({
    name: sql`s.name`,
    account_id: sql`a.account_id`,
    owner_id: sql`o.id`,
    type: sql`s.type`,
    stage_id: sql`w.stage_id`,
    state: sql`w.state`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    // What is closed is certain; of what is open the file's word counts, else the stage's.
    probability: sql`(case w.state when 'won' then 100 when 'lost' then 0 else ${run.mapped.has('probability') ? sql`case when s.probability between 0 and 100 then s.probability end` : sql`null`} end)::numeric(5, 2)`,
    category: sql`case w.state when 'won' then 'closed' when 'lost' then 'omitted' else ${run.mapped.has('category') ? sql`nullif(s.category, 'closed')` : sql`null::text`} end`,
    closes_on: sql`coalesce(s.closes_on, case when w.state <> 'open' then ${closedOn} end)`,
    closed_on: sql`case when w.state <> 'open' then coalesce(${closedOn}, s.closes_on) end`,
    next_step: sql`s.next_step`,
    competitor: sql`s.competitor`,
    lost_note: sql`case when w.state = 'lost' then s.lost_note end`,
    description: sql`s.description`,
    created_at: sql`s.created_at`,
    stage_since: sql`null::timestamptz`,
  }),
  fresh: (currency: string, today: string) => {
    const stage = (column: 'probability' | 'category') =>
      sql`(select ${sql.ref(`g.${column}`)} from pipeline_stage g where g.workspace_id = kernel.ws() and g.id = p.stage_id)`;
    return {
      type: sql`'upsell'`,
      currency: sql`${currency}`,
      probability: stage('probability'),
      // Without a close date it stays out of forecasts.
      category: sql`case when p.closes_on is null then 'omitted' else ${stage('category')} end`,
      probability_by_hand: sql`p.state = 'open' and p.probability is not null and p.probability <> ${stage('probability')}`,
      category_by_hand: sql`p.state = 'open' and (p.closes_on is null or (p.category is not null and p.category <> ${stage('category')}))`,
      closes_on: sql`(${today}::date + 90)`,
      next_step: sql`''`,
      competitor: sql`''`,
      lost_note: sql`''`,
      description: sql`''`,
      created_at: sql`now()`,
      stage_since: sql`coalesce(p.created_at, now())`,
    };
  },
};

export const historySql = {
  from: () => sql`left join pg_temp.import_opportunity r on r.n = s.n left join opportunity o on o.workspace_id = kernel.ws() and o.id = r.id
    left join pg_temp.import_pipeline_stage g on g.key = kernel.fold(trim(s.stage))`,
  values: (run: ImportRun) => ({
    opportunity_id: sql`r.id`,
    account_id: sql`o.account_id`,
    stage_id: sql`g.id`,
    entered_at: sql`s.entered_at`,
    amount_minor: sql`s.amount_minor`,
    probability: says(run, 'probability')
      ? sql`(case when s.probability between 0 and 100 then s.probability end)::numeric(5, 2)`
      : sql`null::numeric(5, 2)`,
    category: says(run, 'category') ? sql`s.category` : sql`null::text`,
    closes_on: says(run, 'closesOn') ? sql`s.closes_on` : sql`null::date`,
  }),
};
