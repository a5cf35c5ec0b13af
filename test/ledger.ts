// Builders for tests of revenue: accounts and subscriptions straight into the tables, and the raven file's figures.
import { sql } from 'kysely';
import type { Person, TestApp } from './app.ts';

export type Line = {
  account: string;
  /** A month's worth, in minor units. */
  mrr?: number;
  /** A year's worth, where it is no multiple of twelve. */
  arr?: number;
  from: string;
  /** The first day without it. */
  until?: string | null;
  currency?: string;
  plan?: string;
};

/** Makes the accounts that lines name, once each, and answers their ids by name. */
export async function makeAccounts(
  t: TestApp,
  names: readonly string[],
  more: { in?: Person; owner?: Person; tier?: string; industry?: string } = {},
): Promise<Map<string, string>> {
  const ws = (more.in ?? t.admin).workspaceId;
  const made = await t.building.database.system((tx) =>
    sql<{ id: string; name: string }>`insert into account (workspace_id, name, owner_id, tier, industry)
      select ${ws}::uuid, n, ${more.owner?.memberId ?? null}::uuid, ${more.tier ?? null}, ${more.industry ?? null} from unnest(${[...names]}::text[]) n
      returning id, name`.execute(tx),
  );
  return new Map(made.rows.map((r) => [r.name, r.id]));
}

/** Writes subscriptions as an admin of the workspace would. */
export async function addLines(
  t: TestApp,
  ids: ReadonlyMap<string, string>,
  lines: readonly Line[],
  as?: Person,
): Promise<void> {
  const who = as ?? t.admin;
  const rows = lines.map((l) => ({
    account_id: ids.get(l.account)!,
    arr_minor: l.arr ?? (l.mrr ?? 0) * 12,
    starts_on: l.from,
    ends_on: l.until ?? null,
    currency: l.currency ?? 'EUR',
    plan: l.plan ?? '',
  }));
  await t.building.database.as(
    { workspaceId: who.workspaceId, memberId: who.memberId, level: 'all', label: 'test' },
    (tx) =>
      sql`insert into subscription (workspace_id, account_id, arr_minor, starts_on, ends_on, currency, plan)
      select kernel.ws(), account_id, arr_minor, starts_on, ends_on, currency, plan
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(account_id uuid, arr_minor bigint, starts_on date, ends_on date, currency text, plan text)`.execute(tx),
  );
}
