// Reading people at accounts: list, count, one person, likely duplicates, role coverage.
import { notFound } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { preferences } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import { type Coverage, MUST_HAVE_PARTS, type Person, type PersonPage } from '../api.ts';
import type { Asker } from './find-store.ts';
import { canOf, readerOf } from './policy.ts';
import { cadenceOf, coverageOf } from './rules.ts';
import * as store from './store.ts';

export const askerOf = (ctx: Ctx): Asker => ({
  ...readerOf(ctx.actor),
  today: ctx.today,
  scoped: ctx.actor.level === 'own' || ctx.actor.level === 'account_team',
});

type Cadences = Awaited<ReturnType<typeof preferences>>['cadenceDays'];

/** A row as the contract shows it. */
export function present(r: store.PersonRow, can: Person['can'], cadences: Cadences): Person {
  return {
    id: r.id,
    name: r.name,
    firstName: r.first_name,
    lastName: r.last_name,
    email: r.email,
    phone: r.phone,
    mobile: r.mobile,
    language: r.language,
    tags: r.tags,
    doNotContact: r.do_not_contact,
    externalIds: r.external_ids,
    custom: r.custom,
    accounts: r.roles.map(({ cadenceDays, ...role }) => ({
      ...role,
      cadenceDays: cadenceDays ?? cadenceOf(role.part, cadences),
      cadenceIsDefault: cadenceDays === null,
    })),
    version: r.version,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    archivedAt: r.archived_at,
    can,
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof api.listPeople>) {
  const { sort, limit, cursor, ...filter } = query;
  const after = decodeCursor(`people ${sort}`, cursor, 2);
  const [rows, chosen] = await Promise.all([
    store.people(ctx.tx, filter, askerOf(ctx), sort, after, limit),
    preferences(ctx.tx),
  ]);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(`people ${sort}`, [r.sort_key, r.id]));
  const can = canOf(ctx.actor);
  return { items: items.map((r) => present(r, can, chosen.cadenceDays)), nextCursor };
}

export async function summary(ctx: Ctx, { query }: Call<typeof api.summarisePeople>) {
  const s = await store.summary(ctx.tx, query, askerOf(ctx));
  return { count: Number(s.count), doNotContact: Number(s.do_not_contact) };
}

export async function get(ctx: Ctx, id: string): Promise<PersonPage> {
  const [row, chosen] = await Promise.all([store.person(ctx.tx, id, readerOf(ctx.actor)), preferences(ctx.tx)]);
  if (!row) throw notFound('person');
  return {
    ...present(row, canOf(ctx.actor), chosen.cadenceDays),
    notes: row.notes,
    mergedIntoId: row.merged_into_id,
  };
}

export async function duplicates(ctx: Ctx, id: string) {
  const row = await store.person(ctx.tx, id, readerOf(ctx.actor));
  if (!row) throw notFound('person');
  return { items: await store.similar(ctx.tx, id, row.name, row.email) };
}

/** Which must-have parts are filled at each of the accounts that the actor sees, by people who are there now. */
export async function coverage(ctx: Ctx, accountIds: readonly string[]): Promise<Coverage[]> {
  const [rows, seen] = [
    await store.rolesAt(ctx.tx, accountIds, askerOf(ctx)),
    await store.accountsSeen(ctx.tx, accountIds),
  ];
  const byAccount = Map.groupBy(rows, (r) => r.account_id);
  return [...new Set(accountIds)]
    .filter((a) => seen.has(a))
    .map((accountId) => {
      const here = byAccount.get(accountId) ?? [];
      return {
        accountId,
        ...coverageOf(here.flatMap((r) => r.part ?? [])),
        people: here.length,
        parts: MUST_HAVE_PARTS.map((part) => ({
          part,
          people: here
            .filter((r) => r.part === part)
            .map((r) => ({ id: r.person_id, name: r.name, confirmed: r.confirmed })),
        })),
      };
    });
}
