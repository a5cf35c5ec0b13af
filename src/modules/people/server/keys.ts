// API keys: made once, shown once, act as their member, withdrawn at once.
import { forbidden, invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type { createApiKey, listApiKeys } from '../api.ts';
import { mayManageKeysOf } from './policy.ts';
import * as store from './store.ts';
import { newApiKey } from './tokens.ts';

const present = (r: Awaited<ReturnType<typeof store.apiKeys>>[number]) => ({
  id: r.id,
  name: r.name,
  prefix: r.prefix,
  memberId: r.member_id,
  memberName: r.member_name,
  createdAt: r.created_at,
  expiresAt: r.expires_at,
  lastUsedAt: r.last_used_at,
  revokedAt: r.revoked_at,
});

export async function list(ctx: Ctx, { query }: Call<typeof listApiKeys>) {
  const rows = await store.apiKeys(ctx.tx, {
    limit: query.limit,
    after: decodeCursor('keys', query.cursor, 1),
    ...(ctx.actor.role === 'admin' ? {} : { memberId: ctx.actor.memberId! }),
  });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('keys', [r.id]));
  return { items: items.map(present), nextCursor };
}

export async function create(ctx: Ctx, { body }: Call<typeof createApiKey>) {
  const memberId = body.memberId ?? ctx.actor.memberId!;
  if (!mayManageKeysOf(ctx.actor, memberId)) throw forbidden('Only an admin makes keys for somebody else.');
  const member = await store.member(ctx.tx, memberId);
  if (!member || member.deactivated_at) throw invalid({ field: 'memberId', message: 'There is no such active member' });
  if (body.expiresAt && new Date(body.expiresAt) <= ctx.now)
    throw invalid({ field: 'expiresAt', message: 'This moment has passed' });
  const made = await insertKey(ctx.tx, ctx.actor.workspaceId, memberId, body.name, body.expiresAt ?? null);
  const [row] = await store.apiKeys(ctx.tx, { id: made.id, after: null, limit: 1 });
  return { apiKey: present(row!), key: made.key };
}

export async function insertKey(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  name: string,
  expiresAt: string | null,
): Promise<{ id: string; key: string }> {
  const { key, hash, prefix } = newApiKey();
  const id = await store.insertApiKey(tx, {
    workspace_id: workspaceId,
    member_id: memberId,
    name,
    prefix,
    key_hash: hash,
    expires_at: expiresAt,
  });
  return { id, key };
}

export async function revoke(ctx: Ctx, id: string) {
  const [row] = await store.apiKeys(ctx.tx, { id, after: null, limit: 1 });
  if (!row || !mayManageKeysOf(ctx.actor, row.member_id)) throw notFound('API key');
  await store.revokeApiKey(ctx.tx, id);
  ctx.afterCommit(() => ctx.services.forgetAccess());
  const [after] = await store.apiKeys(ctx.tx, { id, after: null, limit: 1 });
  return present(after!);
}
