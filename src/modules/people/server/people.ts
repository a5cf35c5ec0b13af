// Who am I; teams; notifications.
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type {
  createTeam,
  listNotifications,
  readNotifications,
  updateMe as updateMeRoute,
  updateTeam,
} from '../api.ts';
import { closesCircle } from './rules.ts';
import * as store from './store.ts';

export async function me(ctx: Ctx) {
  const member = await store.member(ctx.tx, ctx.actor.memberId!);
  const workspace = await ctx.tx.selectFrom('workspace').selectAll().executeTakeFirst();
  if (!member || !workspace) throw notFound('member');
  const permissions = ctx.services.modules.flatMap((m) =>
    Object.entries(m.permissions).flatMap(([p, roles]) => (roles.includes(ctx.actor.role) ? [p] : [])),
  );
  return {
    member: {
      id: member.id,
      name: member.name,
      email: member.email,
      title: member.title,
      role: member.role,
      level: member.level,
    },
    workspace: {
      id: workspace.workspace_id,
      name: workspace.name,
      currency: workspace.currency,
      locale: workspace.locale,
      zone: workspace.zone,
      fiscalYearStartMonth: workspace.fiscal_year_start_month,
    },
    workspaces: [{ id: workspace.workspace_id, name: workspace.name }],
    permissions: permissions.sort(),
    unread: await store.unreadCount(ctx.tx, member.id),
  };
}

export async function updateMe(ctx: Ctx, { body }: Call<typeof updateMeRoute>) {
  const { memberId, userId } = ctx.actor;
  await store.updateMember(ctx.tx, memberId!, null, {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.title !== undefined ? { title: body.title } : {}),
  });
  await ctx.emit({ type: 'member.updated', rowId: memberId });
  ctx.afterCommit(async () => {
    ctx.services.forgetAccess();
    if (userId && body.name !== undefined) await ctx.services.signIn.renameUser(userId, body.name);
  });
  return me(ctx);
}

export async function listTeams(ctx: Ctx) {
  const rows = await store.teams(ctx.tx);
  return {
    items: rows.map((t) => ({
      id: t.id,
      name: t.name,
      parentId: t.parent_id,
      memberCount: Number(t.member_count),
      version: t.version,
    })),
    nextCursor: null,
  };
}

async function team(ctx: Ctx, id: string) {
  const found = (await listTeams(ctx)).items.find((t) => t.id === id);
  if (!found) throw notFound('team');
  return found;
}

export async function addTeam(ctx: Ctx, { body }: Call<typeof createTeam>) {
  if (body.parentId)
    await team(ctx, body.parentId).catch(() =>
      Promise.reject(invalid({ field: 'parentId', message: 'There is no such team' })),
    );
  return team(ctx, await store.insertTeam(ctx.tx, ctx.actor.workspaceId, body.name, body.parentId ?? null));
}

export async function changeTeam(ctx: Ctx, { params, body }: Call<typeof updateTeam>) {
  const before = await team(ctx, params.id);
  if (body.parentId !== undefined) {
    const parents = new Map((await store.teams(ctx.tx)).map((t) => [t.id, t.parent_id]));
    if (body.parentId !== null && !parents.has(body.parentId))
      throw invalid({ field: 'parentId', message: 'There is no such team' });
    if (closesCircle(parents, params.id, body.parentId)) throw conflict('team_cycle', 'A team cannot be below itself.');
  }
  const done = await store.updateTeam(ctx.tx, params.id, body.version, {
    ...(body.name ? { name: body.name } : {}),
    ...(body.parentId !== undefined ? { parent_id: body.parentId } : {}),
  });
  if (!done) throw staleVersion('team', before);
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return team(ctx, params.id);
}

export async function removeTeam(ctx: Ctx, id: string): Promise<undefined> {
  await team(ctx, id);
  const used = await ctx.tx.selectFrom('member').select('id').where('team_id', '=', id).limit(1).executeTakeFirst();
  const below = await ctx.tx.selectFrom('team').select('id').where('parent_id', '=', id).limit(1).executeTakeFirst();
  if (used || below) throw conflict('team_in_use', 'Move its members and the teams below it first.');
  await store.deleteTeam(ctx.tx, id);
}

export async function listNews(ctx: Ctx, { query }: Call<typeof listNotifications>) {
  const rows = await store.notifications(ctx.tx, ctx.actor.memberId!, {
    limit: query.limit,
    after: decodeCursor('news', query.cursor, 1),
    ...(query.unread ? { unread: true } : {}),
  });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('news', [r.id]));
  return {
    items: items.map((n) => ({
      id: n.id,
      kind: n.kind,
      title: n.title,
      detail: n.detail,
      link: n.link,
      readAt: n.read_at,
      createdAt: n.created_at,
    })),
    nextCursor,
  };
}

export async function markNewsRead(ctx: Ctx, { body }: Call<typeof readNotifications>) {
  await store.markRead(ctx.tx, ctx.actor.memberId!, body.ids);
  return { unread: await store.unreadCount(ctx.tx, ctx.actor.memberId!) };
}
