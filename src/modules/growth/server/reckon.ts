// A cell together with what other rooms know of it: what is open, and how much it is worth doing.
import type { Status } from '../api.ts';
import type { CellFacts, Place } from './cells-store.ts';
import { type Facts, key } from './facts.ts';
import { isOwned, openOf, priorityOf } from './rules.ts';

export type ReckonedCell = {
  status: Status;
  owned: boolean;
  potential: number | null;
  current: number | null;
  pipeline: number | null;
  open: number | null;
  priority: number | null;
  fit: number | null;
  access: number | null;
  effort: number;
};

/** `row` undefined: nobody has said anything of the place. */
export function reckon(facts: Facts, place: Place, row: CellFacts | undefined): ReckonedCell {
  const at = key(place.accountId, place.productId);
  const money = (minor: number | null | undefined, currency: string | null | undefined) =>
    minor === null || minor === undefined || !currency ? null : facts.money.of(minor, currency);
  const unit = place.unitId !== null;
  const current = unit ? money(row?.current_minor, row?.current_currency) : (facts.current.get(at) ?? null);
  const mine = row?.opportunity_id ?? null;
  const pipeline = unit
    ? mine === null
      ? null
      : (facts.byOpportunity.get(mine) ?? null)
    : (facts.pipeline.get(at) ?? null);
  const potential = money(row?.potential_minor, row?.potential_currency);
  const status = row?.status ?? 'unknown';
  const reckoned = { status, current, pipeline, potential };
  // An amount that cannot be converted makes everything that is reckoned from it unknown.
  const lost =
    (!unit && facts.current.get(at) === null && facts.current.has(at)) ||
    (facts.pipeline.get(at) === null && facts.pipeline.has(at));
  const open = lost ? null : openOf(reckoned);
  const fit = row?.fit_percent == null ? null : Number(row.fit_percent);
  const access = row?.access_percent == null ? (facts.access.get(place.accountId) ?? null) : Number(row.access_percent);
  const effort = row?.effort == null ? 1 : Number(row.effort);
  return {
    ...reckoned,
    owned: isOwned(reckoned),
    open,
    priority: priorityOf({ open, fit, access, effort }),
    fit,
    access,
    effort,
  };
}
