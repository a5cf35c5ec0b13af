// What every question about the forecast starts with: the period, the currency with its rates, whose figures are wanted.
import Big from 'big.js';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn, minorDigits } from '../../settings/server/index.ts';
import * as store from './forecast-store.ts';
import { type Period, periodById, periodOf } from './rules/period.ts';

export type Frame = store.Frame & { period: Period; state: 'past' | 'present' | 'future'; today: string };

/** Fills in the present quarter where none is named. */
export async function frameOf(ctx: Ctx, periodId: string | undefined): Promise<Frame> {
  const frame = await store.frame(ctx.tx);
  const period = periodId ? periodById(periodId, frame.start_month) : periodOf(ctx.today, frame.start_month);
  if (!period) throw invalid({ field: 'period', message: 'Use a quarter such as 2026-Q4' });
  return { ...frame, period, state: stateOf(period, ctx.today), today: ctx.today };
}

export const stateOf = (period: Period, today: string): Frame['state'] =>
  period.to < today ? 'past' : period.from > today ? 'future' : 'present';

/** How minor units of each currency become those of another on a day; a currency without a rate is left out. */
export async function factorsTo(tx: Tx, currencies: readonly string[], to: string, on: string): Promise<store.Factors> {
  const factors = new Map<string, string>([[to, '1']]);
  for (const currency of new Set(currencies)) {
    if (currency === to) continue;
    const done = await convertOn(tx, { amount: 0, currency }, to, on);
    if (done)
      factors.set(
        currency,
        new Big(done.rate).times(new Big(10).pow(minorDigits(to) - minorDigits(currency))).toFixed(),
      );
  }
  return factors;
}

/** A team with all teams below it. */
export function teamsBelow(teams: readonly store.TeamRow[], teamId: string): string[] {
  const found = [teamId];
  for (let i = 0; i < found.length; i++)
    for (const t of teams) if (t.parent_id === found[i] && !found.includes(t.id)) found.push(t.id);
  return found;
}

/** Owners asked for by name or through their team; null: everybody. */
export async function scopeOf(
  ctx: Ctx,
  frame: Pick<store.Frame, 'teams'>,
  query: { ownerId?: string[] | undefined; teamId?: string | undefined },
): Promise<store.Scope> {
  if (!query.teamId) return { ownerIds: query.ownerId?.length ? query.ownerId : null };
  const inTeam = await store.members(ctx.tx, { teamIds: teamsBelow(frame.teams, query.teamId) });
  const ids = inTeam.map((m) => m.id);
  return { ownerIds: query.ownerId?.length ? ids.filter((id) => query.ownerId!.includes(id)) : ids };
}
