// Members: list, invite, change, take access away and give it back.
import { DEFAULT_LEVEL } from '../../../kernel/contract/access.ts';
import { conflict, invalid, notFound, Problem, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type { acceptInvitation, invitationState, inviteMember, listMembers, Member, updateMember } from '../api.ts';
import { invitationMail, invitationUrl, twoFactorResetMail } from './mails.ts';
import { mayManageMembers } from './policy.ts';
import * as store from './store.ts';
import { hashToken, INVITATION_DAYS, newToken } from './tokens.ts';

export function present(row: store.MemberRow, ctx: Ctx): Member {
  const manage = mayManageMembers(ctx.actor);
  const state = row.deactivated_at ? 'deactivated' : row.user_id ? 'active' : row.invited ? 'invited' : 'named';
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    title: row.title,
    role: row.role,
    level: row.level,
    teamId: row.team_id,
    capacity: row.capacity,
    state,
    version: row.version,
    can: { update: manage, deactivate: manage && state !== 'deactivated', invite: manage && state !== 'active' },
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof listMembers>) {
  const after = decodeCursor('members', query.cursor, 2);
  const rows = await store.members(ctx.tx, {
    limit: query.limit,
    after,
    ...(query.q ? { q: query.q } : {}),
    includeDeactivated: query.includeDeactivated ?? query.state === 'deactivated',
  });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('members', [r.name.toLowerCase(), r.id]));
  return {
    items: items.map((r) => present(r, ctx)).filter((m) => !query.state || m.state === query.state),
    nextCursor,
  };
}

export async function get(ctx: Ctx, id: string): Promise<Member> {
  const row = await store.member(ctx.tx, id);
  if (!row) throw notFound('member');
  return present(row, ctx);
}

export async function invite(ctx: Ctx, { body }: Call<typeof inviteMember>) {
  const known = await store.memberByEmail(ctx.tx, body.email);
  if (known?.user_id && !known.deactivated_at) throw conflict('already_member', `${body.email} is a member already.`);
  const change = {
    name: body.name,
    email: body.email,
    role: body.role,
    level: body.level ?? DEFAULT_LEVEL[body.role],
    deactivated_at: null,
    ...(body.title !== undefined ? { title: body.title } : {}),
    ...(body.teamId !== undefined ? { team_id: body.teamId } : {}),
    ...(body.capacity !== undefined ? { capacity: body.capacity } : {}),
  };
  const id = known?.id ?? (await store.insertMember(ctx.tx, ctx.actor.workspaceId, change));
  if (known) await store.updateMember(ctx.tx, id, null, change);
  const { token, hash } = newToken();
  const expires = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
  await store.insertInvitation(ctx.tx, {
    workspace_id: ctx.actor.workspaceId,
    member_id: id,
    email: body.email,
    token_hash: hash,
    invited_by: ctx.actor.memberId,
    expires_at: expires.toISOString(),
  });
  const workspace = await ctx.tx.selectFrom('workspace').select('name').executeTakeFirstOrThrow();
  const inviteLink = invitationUrl(ctx.services.config.publicUrl, token);
  ctx.afterCommit(async () => {
    await ctx.services.mailer.send(
      invitationMail({ to: body.email, workspace: workspace.name, invitedBy: ctx.actor.name, url: inviteLink }),
    );
  });
  await ctx.emit({ type: 'member.invited', rowId: id });
  return { member: await get(ctx, id), inviteLink, mailed: ctx.services.mailer.sends };
}

export async function update(ctx: Ctx, { params, body }: Call<typeof updateMember>): Promise<Member> {
  const { version, teamId, ...rest } = body;
  const before = await store.member(ctx.tx, params.id);
  if (!before) throw notFound('member');
  if (rest.role && rest.role !== 'admin' && before.role === 'admin') await keepAnAdmin(ctx, params.id);
  if (rest.email && rest.email.toLowerCase() !== before.email.toLowerCase()) {
    if (before.user_id)
      throw invalid({ field: 'email', message: 'This member signs in with this e-mail; it cannot be changed here' });
    if (await store.memberByEmail(ctx.tx, rest.email))
      throw invalid({ field: 'email', message: 'Another member has this e-mail' });
  }
  const done = await store.updateMember(ctx.tx, params.id, version, {
    ...clean(rest),
    ...(teamId !== undefined ? { team_id: teamId } : {}),
  });
  if (!done) throw staleVersion('member', await get(ctx, params.id));
  await ctx.emit({ type: 'member.updated', rowId: params.id });
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return get(ctx, params.id);
}

export async function deactivate(ctx: Ctx, id: string): Promise<Member> {
  const before = await store.member(ctx.tx, id);
  if (!before) throw notFound('member');
  await keepAnAdmin(ctx, id);
  await store.updateMember(ctx.tx, id, null, { deactivated_at: ctx.now.toISOString() });
  await ctx.emit({ type: 'member.deactivated', rowId: id });
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return get(ctx, id);
}

export async function reactivate(ctx: Ctx, id: string): Promise<Member> {
  if (!(await store.member(ctx.tx, id))) throw notFound('member');
  await store.updateMember(ctx.tx, id, null, { deactivated_at: null });
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return get(ctx, id);
}

export async function resetTwoFactor(ctx: Ctx, id: string) {
  const member = await store.member(ctx.tx, id);
  if (!member) throw notFound('member');
  if (!member.user_id) throw conflict('not_signed_up', `${member.name} has not signed in yet.`);
  const { signIn, mailer, config } = ctx.services;
  const wasOn = await signIn.resetTwoFactor(member.user_id);
  if (wasOn) {
    await store.insertNotifications(ctx.tx, ctx.actor.workspaceId, [id], {
      kind: 'security',
      title: 'Your two-factor sign-in was switched off',
      detail: `${ctx.actor.name} did this. Switch it on again with your new device.`,
      link: '/settings/security',
    });
    ctx.afterCommit(async () => {
      await mailer.send(
        twoFactorResetMail({ to: member.email, name: member.name, by: ctx.actor.name, publicUrl: config.publicUrl }),
      );
    });
    await ctx.emit({ type: 'notification.sent' });
  }
  await ctx.emit({ type: 'member.two_factor_reset', rowId: id, payload: { wasOn } });
  return { wasOn };
}

async function keepAnAdmin(ctx: Ctx, leaving: string): Promise<void> {
  const admins = await store.activeAdmins(ctx.tx);
  if (admins.includes(leaving) && admins.length === 1)
    throw conflict('last_admin', 'A workspace keeps at least one active admin. Make somebody else an admin first.');
}

const clean = <T extends object>(o: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

// Accepting an invitation happens before there is a member to act as: these two run as the system, by the token alone. -----------

type Found = {
  workspace_id: string;
  id: string;
  member_id: string;
  email: string;
  name: string;
  workspace_name: string;
  user_id: string | null;
};

async function invitation(ctx: Ctx, token: string): Promise<Found> {
  const found = await ctx.tx
    .selectFrom('invitation as i')
    .innerJoin('member as m', (j) => j.onRef('m.workspace_id', '=', 'i.workspace_id').onRef('m.id', '=', 'i.member_id'))
    .innerJoin('workspace as w', 'w.workspace_id', 'i.workspace_id')
    .select(['i.workspace_id', 'i.id', 'i.member_id', 'i.email', 'm.name', 'w.name as workspace_name', 'm.user_id'])
    .where('i.token_hash', '=', hashToken(token))
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', ctx.now.toISOString())
    .where('m.deactivated_at', 'is', null)
    .forUpdate('i')
    .executeTakeFirst();
  if (!found)
    throw new Problem(
      410,
      'invitation_over',
      'This invitation was used, withdrawn or is older than seven days. Ask for a new one.',
    );
  return found;
}

export async function lookAtInvitation(ctx: Ctx, { body }: Call<typeof invitationState>) {
  const found = await invitation(ctx, body.token);
  return {
    email: found.email,
    name: found.name,
    workspaceName: found.workspace_name,
    hasAccount: (await ctx.services.signIn.userByEmail(found.email)) !== null,
  };
}

export async function accept(ctx: Ctx, { body }: Call<typeof acceptInvitation>) {
  const found = await invitation(ctx, body.token);
  const { signIn } = ctx.services;
  const known = await signIn.userByEmail(found.email);
  if (known && !(await signIn.checkPassword(found.email, body.password)))
    throw new Problem(422, 'wrong_password', 'This e-mail already has an account: use its password.', {
      fields: [{ field: 'password', message: 'This is not the password of your account' }],
    });
  const userId =
    known?.userId ??
    (
      await signIn.createUser({
        email: found.email,
        name: body.name ?? found.name,
        password: body.password,
        emailVerified: true,
      })
    ).userId;
  await ctx.tx
    .updateTable('invitation')
    .set({ accepted_at: ctx.now.toISOString() })
    .where('workspace_id', '=', found.workspace_id)
    .where('id', '=', found.id)
    .execute();
  await ctx.tx
    .updateTable('member')
    .set({ user_id: userId, ...(body.name ? { name: body.name } : {}) })
    .where('workspace_id', '=', found.workspace_id)
    .where('id', '=', found.member_id)
    .execute();
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return { email: found.email };
}
