// The one statement that asks every room.
import { CompiledQuery, type Tx } from '../../../kernel/server/database.ts';
import type { SearchPart } from '../../../kernel/server/module.ts';
import type { Reading } from './rules.ts';

export type Hit = {
  type: string;
  id: string;
  account_id: string | null;
  title: string;
  subtitle: string;
  rank: number;
};

// A room that cannot have an answer is not asked. The limit hides in a sub-select, so that one plan serves every number.
const statement = (parts: readonly SearchPart[]) => `
  select h.type, h.id, h.account_id, h.title, h.subtitle, h.rank from kernel.ask($1, $2::text[], $3, $4) r cross join lateral (
    ${parts
      .map(
        ({ type, from, weight = 0 }, place) =>
          `select '${type}' as type, ${place} as place, ${weight}::real as weight, h.* from ${from}(r.asked) h where '${type}' = any (r.kinds)`,
      )
      .join(' union all ')}) h
  order by h.rank + h.weight desc, h.place, h.title, h.id limit (select $3::int)`;

// The rooms do not change while the building stands.
const statements = new WeakMap<readonly SearchPart[], string>();

/** The best hits of one reading of the question, best first. */
export async function find(
  tx: Tx,
  parts: readonly SearchPart[],
  types: readonly string[],
  q: string,
  limit: number,
  reading: Reading,
): Promise<Hit[]> {
  let text = statements.get(parts);
  if (!text) {
    text = statement(parts);
    statements.set(parts, text);
  }
  return (await tx.executeQuery<Hit>(CompiledQuery.raw(text, [q, types, limit, reading]))).rows;
}
