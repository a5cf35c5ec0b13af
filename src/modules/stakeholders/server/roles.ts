// What a person is at an account: said, changed, taken back.
import { conflict, forbidden, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import type * as api from '../api.ts';
import type { PersonPage } from '../api.ts';
import { readerOf } from './policy.ts';
import { get } from './reading.ts';
import { closesCircle } from './rules.ts';
import * as store from './store.ts';

type RoleBody = Omit<Call<typeof api.putRole>['body'], 'version'>;

const COLUMNS = {
  title: 'title',
  department: 'department',
  reportsToId: 'reports_to_id',
  part: 'part',
  stance: 'stance',
  confirmed: 'confirmed',
  influence: 'influence',
  coverage: 'coverage',
  privacy: 'privacy',
  cadenceDays: 'cadence_days',
  startedOn: 'started_on',
  endedOn: 'ended_on',
} as const;
const JUDGEMENT = ['part', 'stance', 'confirmed', 'influence', 'coverage', 'privacy'] as const;

/** Writes a role of a person and an account that the actor sees. `at` leads the names of fields in problems. */
export async function saveRole(
  ctx: Ctx,
  personId: string,
  accountId: string,
  body: RoleBody,
  at = '',
  known?: { role: store.RoleRow | undefined; version: number | null },
): Promise<boolean> {
  const { isPrimary } = body;
  const change: Record<string, unknown> = {};
  for (const [from, to] of Object.entries(COLUMNS)) {
    const value = body[from as keyof typeof COLUMNS];
    if (value !== undefined) change[to] = value === '' ? null : value;
  }
  const role = known?.role;
  const startedOn = body.startedOn === undefined ? role?.startedOn : body.startedOn;
  const endedOn = body.endedOn === undefined ? role?.endedOn : body.endedOn;
  if (startedOn && endedOn && endedOn < startedOn)
    throw invalid({ field: `${at}endedOn`, message: 'The end is before the start' });
  if (body.reportsToId) {
    await store.lockLines(ctx.tx, accountId);
    const lines = await store.linesAt(ctx.tx, accountId);
    if (body.reportsToId !== personId && !lines.has(body.reportsToId))
      throw invalid({ field: `${at}reportsToId`, message: 'This person is not at the account' });
    if (closesCircle(lines, personId, body.reportsToId))
      throw conflict('reports_to_cycle', 'Nobody can report to somebody below them.');
  }
  if (role) {
    if (!(await store.updateRole(ctx.tx, personId, accountId, known.version, change as store.RoleWrite))) return false;
  } else {
    const first = (await store.roleCount(ctx.tx, personId)) === 0;
    await store.insertRole(ctx.tx, {
      ...(change as store.RoleWrite),
      workspace_id: ctx.actor.workspaceId,
      person_id: personId,
      account_id: accountId,
      is_primary: first,
      created_by: ctx.actor.memberId,
    });
  }
  if (isPrimary) await store.makePrimary(ctx.tx, personId, accountId);
  else if (isPrimary === false) await store.updateRole(ctx.tx, personId, accountId, null, { is_primary: false });
  return true;
}

export async function put(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.putRole>): Promise<PersonPage> {
  const { version, ...role } = body;
  const { id, accountId } = params;
  const [before, account] = [await store.person(ctx.tx, id, readerOf(ctx.actor)), await seenAccount(ctx.tx, accountId)];
  if (!before) throw notFound('person');
  if (!account) throw notFound('account');
  const known = before.roles.find((r) => r.accountId === accountId);
  const wanted = version ?? ifMatch ?? null;
  if (!known && wanted !== null) throw staleVersion('role', await get(ctx, id));
  if (known?.hidden && JUDGEMENT.some((f) => role[f] !== undefined))
    throw forbidden('What others think of this person is private here; only they may change it.');
  if (!(await saveRole(ctx, id, accountId, role, '', { role: known, version: wanted })))
    throw staleVersion('role', await get(ctx, id));
  await ctx.emit({ type: known ? 'stakeholder.updated' : 'stakeholder.added', accountId, rowId: id });
  return get(ctx, id);
}

export async function remove(ctx: Ctx, { params }: Call<typeof api.deleteRole>): Promise<undefined> {
  if (!(await store.deleteRole(ctx.tx, params.id, params.accountId))) throw notFound('role');
  await ctx.emit({ type: 'stakeholder.removed', accountId: params.accountId, rowId: params.id });
}
