// Changing people at accounts: one verb each.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { checkCustom } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { PersonPage } from '../api.ts';
import { readerOf } from './policy.ts';
import { get } from './reading.ts';
import { saveRole } from './roles.ts';
import { nameFrom } from './rules.ts';
import * as store from './store.ts';

type Body = Omit<Call<typeof api.updatePerson>['body'], 'version'>;

/** From the contract's words to columns. */
function columnsOf(body: Body): store.PersonWrite {
  const row: Record<string, unknown> = {};
  const columns = {
    name: 'name',
    firstName: 'first_name',
    lastName: 'last_name',
    email: 'email',
    phone: 'phone',
    mobile: 'mobile',
    language: 'language',
    notes: 'notes',
    tags: 'tags',
    doNotContact: 'do_not_contact',
  } as const;
  for (const [from, to] of Object.entries(columns)) {
    const value = body[from as keyof typeof columns];
    // An emptied line is no value.
    if (value !== undefined) row[to] = value === '' && from !== 'notes' ? null : value;
  }
  return row as store.PersonWrite;
}

async function check(ctx: Ctx, body: Body, id: string): Promise<void> {
  const problems: FieldError[] = await checkCustom(ctx.tx, 'people', body.custom);
  if (problems.length) throw invalid(problems);
  if (!body.externalIds) return;
  const taken = await store.externalIdHolder(ctx.tx, body.externalIds, id);
  if (taken) throw conflict('external_id_taken', `Another person has the external id ${taken}.`);
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createPerson>): Promise<PersonPage> {
  const { accounts = [], custom, externalIds, ...fields } = body;
  const id = newId(ctx.now.getTime());
  const seen = await store.accountsSeen(
    ctx.tx,
    accounts.map((a) => a.accountId),
  );
  const problems = accounts.flatMap((a, i) => {
    if (!seen.has(a.accountId)) return [{ field: `accounts.${i}.accountId`, message: 'There is no such account' }];
    const twice = accounts.findIndex((b) => b.accountId === a.accountId) < i;
    return twice ? [{ field: `accounts.${i}.accountId`, message: 'This account is named twice' }] : [];
  });
  if (problems.length) throw invalid(problems);
  await check(ctx, body, id);
  await store.insertPerson(
    ctx.tx,
    {
      ...columnsOf(fields),
      workspace_id: ctx.actor.workspaceId,
      id,
      name: body.name ?? nameFrom(body.firstName, body.lastName),
      created_by: ctx.actor.memberId,
    },
    Object.fromEntries(Object.entries(custom ?? {}).filter(([, v]) => v !== null)),
  );
  if (externalIds) await store.setExternalIds(ctx.tx, ctx.actor.workspaceId, id, externalIds);
  for (const [i, { accountId, ...role }] of accounts.entries())
    await saveRole(ctx, id, accountId, role, `accounts.${i}.`);
  await ctx.emit({ type: 'person.created', accountId: accounts[0]?.accountId ?? null, rowId: id });
  return get(ctx, id);
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updatePerson>): Promise<PersonPage> {
  const { version, custom, externalIds, ...fields } = body;
  const before = await store.person(ctx.tx, params.id, readerOf(ctx.actor));
  if (!before) throw notFound('person');
  await check(ctx, body, params.id);
  const change = columnsOf(fields);
  // The whole name follows its parts, unless somebody wrote it otherwise.
  if (change.name === undefined && before.name === nameFrom(before.first_name, before.last_name)) {
    const first = change.first_name === undefined ? before.first_name : change.first_name;
    const last = change.last_name === undefined ? before.last_name : change.last_name;
    const name = nameFrom(first, last);
    if (name && name !== before.name) change.name = name;
  }
  const done = await store.updatePerson(ctx.tx, params.id, version ?? ifMatch ?? null, change, custom);
  if (!done) throw staleVersion('person', await get(ctx, params.id));
  if (externalIds) await store.setExternalIds(ctx.tx, ctx.actor.workspaceId, params.id, externalIds);
  await ctx.emit({ type: 'person.updated', accountId: before.roles[0]?.accountId ?? null, rowId: params.id });
  return get(ctx, params.id);
}

async function setArchived(ctx: Ctx, id: string, archivedAt: string | null): Promise<PersonPage> {
  const change = { archived_at: archivedAt, ...(archivedAt ? {} : { merged_into_id: null }) };
  if (!(await store.updatePerson(ctx.tx, id, null, change, undefined))) throw notFound('person');
  const after = await get(ctx, id);
  await ctx.emit({
    type: archivedAt ? 'person.archived' : 'person.restored',
    accountId: after.accounts[0]?.accountId ?? null,
    rowId: id,
  });
  return after;
}
export const archive = (ctx: Ctx, id: string) => setArchived(ctx, id, ctx.now.toISOString());
export const restore = (ctx: Ctx, id: string) => setArchived(ctx, id, null);
