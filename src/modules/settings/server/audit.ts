// The audit log for admins: who changed what, with names in the place of ids.

import { zoneOf } from '../../../kernel/server/ctx.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import { type Call, type Ctx, contributions, type ServerModule } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import * as store from './audit-store.ts';
import { textOf, uuidsIn } from './rules/audit.ts';

/**
 * What ids are called, as far as the actor may see them: the ground floor’s things, and what other rooms contribute. `inTurn` for
 * connections that take one question at a time.
 */
export async function namesOf(
  tx: Tx,
  modules: readonly ServerModule[],
  ids: readonly string[],
  { inTurn = false } = {},
): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const hands = [store.groundNames, ...contributions(modules, 'names')];
  const found: { id: string; name: string }[][] = [];
  if (inTurn) for (const hand of hands) found.push(await hand(tx, ids));
  else found.push(...(await Promise.all(hands.map((hand) => hand(tx, ids)))));
  return new Map(found.flat().map((n) => [n.id, n.name]));
}

const QUIET = new Set(['id', 'workspace_id', 'created_at', 'updated_at', 'version']);

export async function list(ctx: Ctx, { query }: Call<typeof api.readAudit>) {
  const { limit, cursor, ...find } = query;
  const after = decodeCursor('audit', cursor, 1);
  const rows = await store.audit(
    ctx.tx,
    { ...find, zone: zoneOf(ctx.actor.workspaceId) },
    after ? String(after[0]) : null,
    limit,
  );
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('audit', [r.id]));
  const ids = new Set<string>();
  for (const r of items) {
    if (r.account_id) ids.add(r.account_id);
    if (r.row_id) ids.add(r.row_id);
    for (const part of [r.before, r.after]) for (const id of uuidsIn(part)) ids.add(id);
  }
  const names = await namesOf(ctx.tx, ctx.services.modules, [...ids]);
  return {
    items: items.map((r) => {
      const source = r.after ?? r.before ?? {};
      return {
        id: r.id,
        at: r.at,
        by: r.member_name ?? r.actor.replace(/^\w+:/, ''),
        memberId: r.member_id,
        means: /^\w+/.exec(r.actor)?.[0] ?? 'system',
        requestId: r.request_id,
        action: r.action,
        what: r.table_name,
        rowId: r.row_id,
        label:
          (r.row_id ? names.get(r.row_id) : undefined) ?? textOf(source.name ?? source.title ?? source.label, names),
        accountId: r.account_id,
        accountName: r.account_id ? (names.get(r.account_id) ?? null) : null,
        changes: Object.keys(source)
          .filter((k) => !QUIET.has(k))
          .slice(0, 60)
          .map((k) => ({ field: k, before: textOf(r.before?.[k], names), after: textOf(r.after?.[k], names) })),
      };
    }),
    nextCursor,
  };
}
