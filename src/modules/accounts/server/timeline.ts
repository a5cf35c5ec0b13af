// What changed at an account: the audit, in words a person understands.
import { notFound } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { namesOf } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import * as store from './store.ts';
import * as audit from './timeline-store.ts';

const QUIET = new Set(['id', 'workspace_id', 'created_at', 'updated_at', 'version', 'import_id', 'account_id']);

export async function timeline(ctx: Ctx, { params, query }: Call<typeof api.accountTimeline>) {
  if (!(await store.account(ctx.tx, params.id))) throw notFound('account');
  const after = decodeCursor('timeline', query.cursor, 1);
  const rows = await audit.changesAt(ctx.tx, params.id, query.what, after, query.limit);
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('timeline', [r.id]));
  // Ids of members, accounts and what other rooms name become names, as far as the reader may see them.
  const ids = new Set<string>(items.flatMap((r) => r.row_id ?? []));
  for (const r of items)
    for (const o of [r.before, r.after])
      for (const v of Object.values(o ?? {})) if (typeof v === 'string' && UUID.test(v)) ids.add(v);
  const names = await namesOf(ctx.tx, ctx.services.modules, [...ids]);
  return {
    items: items.map((r) => {
      const source = r.after ?? r.before ?? {};
      const keys = r.action === 'update' ? Object.keys(r.after ?? {}) : Object.keys(source);
      return {
        id: r.id,
        at: r.at,
        by: r.member_name ?? r.actor.replace(/^\w+:/, ''),
        action: r.action,
        what: r.table_name,
        rowId: r.row_id,
        label:
          text(source.name, names) ??
          names.get(r.row_id ?? '') ??
          text(source.person_id ?? source.title ?? source.member_id, names),
        changes: keys
          .filter((k) => !QUIET.has(k))
          .slice(0, 40)
          .map((k) => ({ field: k, before: text(r.before?.[k], names), after: text(r.after?.[k], names) })),
      };
    }),
    nextCursor,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function text(value: unknown, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string')
    return (UUID.test(value) ? (names.get(value) ?? 'somebody or something you may not see') : value).slice(0, 500);
  return (typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean)).slice(0, 500);
}
