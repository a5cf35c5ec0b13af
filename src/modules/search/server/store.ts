// The one statement that asks every room: up to three readings of the question, each only when the one before found next to nothing.
import { CompiledQuery, type Tx } from '../../../kernel/server/database.ts';
import type { SearchPart } from '../../../kernel/server/module.ts';

export type Hit = { type: string; id: string; account_id: string | null; title: string; subtitle: string };

/** What all rooms answer to one reading; a room that cannot have an answer is not asked. */
const hits = (reading: string, parts: readonly SearchPart[]) =>
  parts
    .map(
      (part, place) =>
        `select '${part.type}' as type, ${place} as place, h.* from ${reading} r cross join lateral ${part.from}(r.asked) h where '${part.type}' = any (r.kinds)`,
    )
    .join(' union all ');

const statement = (parts: readonly SearchPart[]) => `
  with typed as materialized (select * from kernel.ask($1, $2::text[], $3, 'typed')),
  first as materialized (${hits('typed', parts)}),
  corrected as materialized (select k.* from (select count(*) as n, max(rank) as best from first) f cross join lateral kernel.ask($1, $2::text[], $3, 'corrected') k
    where f.n = 0 or f.n < 3 and f.best < 2),
  second as materialized (${hits('corrected', parts)}),
  fewer as materialized (select k.* from (select) one cross join lateral kernel.ask($1, $2::text[], $3, 'fewer') k
    where not exists (select from first) and not exists (select from second)),
  third as materialized (${hits('fewer', parts)})
  select type, id, account_id, title, subtitle from (
    select *, 1 as reading from first
    union all select *, 2 from second s where not exists (select from first f where f.id = s.id)
    union all select *, 3 from third) h
  order by reading, rank desc, place, title, id limit $3`;

// The rooms do not change while the building stands.
const statements = new WeakMap<readonly SearchPart[], string>();

export async function find(
  tx: Tx,
  parts: readonly SearchPart[],
  types: readonly string[],
  q: string,
  limit: number,
): Promise<Hit[]> {
  let text = statements.get(parts);
  if (!text) {
    text = statement(parts);
    statements.set(parts, text);
  }
  const { rows } = await tx.executeQuery<Hit>(CompiledQuery.raw(text, [q, types, limit]));
  return rows;
}
