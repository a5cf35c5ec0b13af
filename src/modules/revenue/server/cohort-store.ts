// SQL of cohorts: accounts by the period in which they first paid, and what became of them.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import { type Question, valued } from './ledger-store.ts';

export type CohortRow = { cohort: string; point: number; arr: string; accounts: number; size: number };

/** For every cohort and every point from its own on: what its accounts pay, and how many of them do. */
export async function cohorts(tx: Tx, q: Question, by: 'month' | 'quarter' | 'year'): Promise<CohortRow[]> {
  if (q.sources.length === 0) return [];
  const values = sql.join(
    q.points.map((p, i) => sql`(${sql.lit(i)}, ${p}::date, ${sql.ref(`v${i}`)})`),
    sql`, `,
  );
  const { rows } = await sql<CohortRow>`with ${valued(q)},
    c as (select date_trunc(${sql.lit(by)}, v.first_on::timestamp)::date as cohort, x.point, x.day, x.arr
          from v cross join lateral (values ${values}) x(point, day, arr) where v.first_on is not null)
    select cohort::text, point, sum(arr)::text as arr, count(*) filter (where arr > 0) as accounts, count(*) as size
    from c where day >= cohort group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}
