// The first visit: one workspace, one admin. Works once; afterwards it says so.
import { DEFAULT_LEVEL } from '../../../kernel/contract/access.ts';
import { conflict, invalid } from '../../../kernel/contract/problem.ts';
import { setZone } from '../../../kernel/server/ctx.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Call, Ctx, Services } from '../../../kernel/server/module.ts';
import type { setupCreate } from '../api.ts';
import { insertMember, oneSetupAtATime } from './store.ts';

export async function needed(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('workspace').select('workspace_id').limit(1).executeTakeFirst()) === undefined;
}

export async function create(ctx: Ctx, { body }: Call<typeof setupCreate>) {
  return createFirstWorkspace(ctx.tx, ctx.services, body);
}

/** Used by the first visit and by the command line. The caller's transaction must be the system's. */
export async function createFirstWorkspace(
  tx: Tx,
  services: Services,
  first: {
    workspaceName: string;
    currency?: string;
    locale?: string | undefined;
    zone?: string | undefined;
    name: string;
    email: string;
    password: string;
  },
): Promise<{ workspaceId: string; memberId: string }> {
  await oneSetupAtATime(tx);
  if (!(await needed(tx)))
    throw conflict('already_set_up', 'OpenKAM is set up already. Sign in, or ask an admin for an invitation.');
  if (first.zone !== undefined && !validZone(first.zone))
    throw invalid({ field: 'zone', message: 'Use a time zone such as Europe/Paris' });
  const { workspace_id } = await tx
    .insertInto('workspace')
    .values({
      name: first.workspaceName,
      ...(first.currency ? { currency: first.currency } : {}),
      ...(first.locale ? { locale: first.locale } : {}),
      ...(first.zone ? { zone: first.zone } : {}),
    })
    .returning('workspace_id')
    .executeTakeFirstOrThrow();
  // A set-up that was cut off may have left the user behind: then the new password counts.
  const known = await services.signIn.userByEmail(first.email);
  if (known) await services.signIn.setPassword(known.userId, first.password);
  const userId =
    known?.userId ??
    (
      await services.signIn.createUser({
        email: first.email,
        name: first.name,
        password: first.password,
        emailVerified: true,
      })
    ).userId;
  const memberId = await insertMember(tx, workspace_id, {
    name: first.name,
    email: first.email,
    role: 'admin',
    level: DEFAULT_LEVEL.admin,
    user_id: userId,
  });
  setZone(workspace_id, first.zone ?? 'UTC');
  return { workspaceId: workspace_id, memberId };
}

export function validZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
