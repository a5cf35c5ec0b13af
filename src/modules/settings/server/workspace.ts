// The workspace: shown, changed; every server hears of a new zone through the database (see the workspace_access trigger).
import { type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { setZone } from '../../../kernel/server/ctx.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import { workspaceCan } from './policy.ts';
import { knownCurrency, preferencesOf, validLocale, validZone } from './rules/preferences.ts';
import * as store from './store.ts';

export async function get(ctx: Ctx) {
  const row = await store.workspace(ctx.tx);
  if (!row) throw notFound('workspace');
  return {
    id: row.workspace_id,
    name: row.name,
    currency: row.currency,
    fiscalYearStartMonth: row.fiscal_year_start_month,
    locale: row.locale,
    zone: row.zone,
    preferences: preferencesOf(row.preferences),
    version: row.version,
    can: workspaceCan(ctx.actor),
  };
}

export async function update(ctx: Ctx, { body, ifMatch }: Call<typeof api.updateWorkspace>) {
  const { version, preferences, fiscalYearStartMonth, ...rest } = body;
  const problems: FieldError[] = [];
  if (rest.zone !== undefined && !validZone(rest.zone))
    problems.push({ field: 'zone', message: 'Use a time zone such as Europe/Paris' });
  if (rest.locale !== undefined && !validLocale(rest.locale))
    problems.push({ field: 'locale', message: 'Use a language such as en-GB' });
  if (rest.currency !== undefined && !knownCurrency(rest.currency))
    problems.push({ field: 'currency', message: 'There is no such currency' });
  if (preferences) {
    const stored = (await store.workspace(ctx.tx))?.preferences as Record<string, unknown> | undefined;
    const chosen = Object.entries({ ...stored, ...preferences }).filter(([, v]) => v !== null && v !== undefined);
    const result = preferencesOf(Object.fromEntries(chosen));
    if (result.planAgeingAfterDays > result.planStaleAfterDays)
      problems.push({ field: 'preferences.planStaleAfterDays', message: 'A block is stale after it was ageing' });
  }
  if (problems.length) throw invalid(problems);
  const done = await store.updateWorkspace(
    ctx.tx,
    version ?? ifMatch ?? null,
    {
      ...(rest.name !== undefined ? { name: rest.name } : {}),
      ...(rest.currency !== undefined ? { currency: rest.currency } : {}),
      ...(rest.locale !== undefined ? { locale: rest.locale } : {}),
      ...(rest.zone !== undefined ? { zone: rest.zone } : {}),
      ...(fiscalYearStartMonth !== undefined ? { fiscal_year_start_month: fiscalYearStartMonth } : {}),
    },
    preferences,
  );
  if (!done) throw staleVersion('workspace', await get(ctx));
  await ctx.emit({ type: 'workspace.updated' });
  const after = await get(ctx);
  ctx.afterCommit(() => setZone(ctx.actor.workspaceId, after.zone));
  return after;
}
