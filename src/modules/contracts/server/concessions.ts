// Use cases of the give/get ledger: what was conceded to an account, and what was received for it.
import { newId } from '../../../kernel/contract/ids.ts';
import { type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { totalOf } from '../../settings/server/index.ts';
import type * as offersApi from '../api-offers.ts';
import type { Concession } from '../api-offers.ts';
import { holds } from './policy.ts';
import * as store from './store/concessions.ts';
import { contract } from './store/contracts.ts';
import { renewal } from './store/renewals.ts';

const present = (ctx: Ctx, r: store.ConcessionRow): Concession => ({
  id: r.id,
  accountId: r.account_id,
  accountName: r.account_name,
  contractId: r.contract_id,
  renewalId: r.renewal_id,
  side: r.side,
  what: r.what,
  kind: r.kind,
  value: r.amount_minor === null || r.currency === null ? null : { amount: r.amount_minor, currency: r.currency },
  on: r.given_on,
  answersId: r.answers_id,
  note: r.note,
  madeByName: r.made_by_name,
  version: r.version,
  can: { update: holds(ctx.actor, 'contracts.write') },
});

export async function list(ctx: Ctx, { query }: Call<typeof offersApi.listConcessions>) {
  const { limit, cursor, ...find } = query;
  const rows = await store.list(ctx.tx, find, decodeCursor('concessions', cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('concessions', [r.given_on, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

export async function balance(ctx: Ctx, { query }: Call<typeof offersApi.balanceConcessions>) {
  const rows = await store.sums(ctx.tx, query);
  const side = (name: Concession['side']) =>
    totalOf(
      ctx.tx,
      rows.flatMap((r) => (r.side === name && r.currency ? [{ amount: r.amount, currency: r.currency }] : [])),
      ctx.today,
    );
  return {
    given: await side('give'),
    got: await side('get'),
    unvalued: rows.reduce((n, r) => (r.currency === null ? n + r.count : n), 0),
  };
}

async function seen(ctx: Ctx, id: string): Promise<store.ConcessionRow> {
  const row = await store.concession(ctx.tx, id);
  if (!row) throw notFound('entry');
  return row;
}

async function checkAnswers(
  ctx: Ctx,
  answersId: string | null | undefined,
  accountId: string,
  self: string | null,
): Promise<FieldError[]> {
  if (!answersId) return [];
  const other = answersId === self ? undefined : await store.concession(ctx.tx, answersId);
  return other?.account_id === accountId
    ? []
    : [{ field: 'answersId', message: 'There is no such entry of this account' }];
}

export async function create(ctx: Ctx, { body }: Call<typeof offersApi.createConcession>): Promise<Concession> {
  const problems: FieldError[] = [];
  if (!(await seenAccount(ctx.tx, body.accountId)))
    problems.push({ field: 'accountId', message: 'There is no such account' });
  const ofAccount = (row: { account_id: string } | undefined) => row?.account_id === body.accountId;
  if (body.contractId && !ofAccount(await contract(ctx.tx, body.contractId, ctx.today)))
    problems.push({ field: 'contractId', message: 'There is no such contract of this account' });
  if (body.renewalId && !ofAccount(await renewal(ctx.tx, body.renewalId)))
    problems.push({ field: 'renewalId', message: 'There is no such renewal of this account' });
  problems.push(...(await checkAnswers(ctx, body.answersId, body.accountId, null)));
  if (problems.length) throw invalid(problems);
  const id = newId(ctx.now.getTime());
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    account_id: body.accountId,
    contract_id: body.contractId,
    renewal_id: body.renewalId,
    side: body.side,
    what: body.what,
    kind: body.kind,
    amount_minor: body.value?.amount ?? null,
    currency: body.value?.currency ?? null,
    given_on: body.on,
    answers_id: body.answersId,
    note: body.note,
    made_by: ctx.actor.memberId,
  });
  await ctx.emit({ type: 'concession.changed', accountId: body.accountId, rowId: id });
  return present(ctx, await seen(ctx, id));
}

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof offersApi.updateConcession>,
): Promise<Concession> {
  const before = await seen(ctx, params.id);
  const problems = await checkAnswers(ctx, body.answersId, before.account_id, before.id);
  if (problems.length) throw invalid(problems);
  const done = await store.update(ctx.tx, params.id, body.version ?? ifMatch ?? null, {
    ...(body.what !== undefined ? { what: body.what } : {}),
    ...(body.kind !== undefined ? { kind: body.kind } : {}),
    ...(body.value !== undefined
      ? { amount_minor: body.value?.amount ?? null, currency: body.value?.currency ?? null }
      : {}),
    ...(body.on !== undefined ? { given_on: body.on } : {}),
    ...(body.answersId !== undefined ? { answers_id: body.answersId } : {}),
    ...(body.note !== undefined ? { note: body.note } : {}),
  });
  if (!done) throw staleVersion('entry', present(ctx, before));
  await ctx.emit({ type: 'concession.changed', accountId: before.account_id, rowId: params.id });
  return present(ctx, await seen(ctx, params.id));
}

export async function remove(ctx: Ctx, id: string): Promise<undefined> {
  const before = await seen(ctx, id);
  await store.remove(ctx.tx, id);
  await ctx.emit({ type: 'concession.changed', accountId: before.account_id, rowId: id });
}
