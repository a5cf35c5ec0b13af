/** How many key accounts the team can carry: the cut line in the ranking, and the warning when decisions exceed it. */

/** Accounts for one key account manager where nothing else is set (default; usually 8 to 15). */
export const ACCOUNTS_PER_MANAGER = 10;

/** The lower line, below which an account may be scaled back, as a multiple of the capacity (default). */
export const LOWER_LINE_FACTOR = 1.2;

/** Sum of what each manager can carry; null = not set, which counts as the default. */
export function teamCapacity(
  members: readonly { readonly capacity: number | null }[],
  perManager = ACCOUNTS_PER_MANAGER,
): number {
  return members.reduce((sum, member) => sum + Math.max(0, member.capacity ?? perManager), 0);
}

export interface Lines {
  /** Places up to this one are above the line. */
  readonly upper: number;
  /** Places beyond this one are below the lower line; between the two nothing changes. */
  readonly lower: number;
}

/** The two lines of the hysteresis: capacity, and capacity × factor (rounded up, never above the capacity's own line). */
export function linesFor(capacity: number, factor = LOWER_LINE_FACTOR): Lines {
  const upper = Math.max(0, Math.floor(capacity));
  return { upper, lower: Math.max(upper, Math.ceil(upper * factor - 1e-9)) };
}

/**
 * Above the line: the account and all that tie with it fit into the capacity. Ties across the line stay below it, since
 * a promotion is easy to announce and hard to take back. `place` is that of the ranking; 0 = not ranked.
 */
export function isAboveLine(place: number, lines: Lines): boolean {
  return place > 0 && place <= lines.upper;
}

/** The account ties with others across the line: some of them would fit, all of them would not. */
export function tiesAcrossLine(rank: number, place: number, lines: Lines): boolean {
  return rank > 0 && rank <= lines.upper && place > lines.upper;
}

export interface CapacityWarning {
  readonly keyAccounts: number;
  readonly capacity: number;
  readonly over: number;
  readonly text: string;
}

/** Said before decisions are confirmed: null when the team can carry what they lead to. */
export function capacityWarning(plan: {
  readonly keyAccounts: number;
  readonly promotions: number;
  readonly scaleBacks: number;
  readonly capacity: number;
}): CapacityWarning | null {
  const keyAccounts = plan.keyAccounts + plan.promotions - plan.scaleBacks;
  const over = keyAccounts - plan.capacity;
  if (over <= 0) return null;
  const accounts = (count: number) => `${count} key ${count === 1 ? 'account' : 'accounts'}`;
  const relief = `Scale back ${over} first, or give the team more room.`;
  const text =
    plan.promotions > 0
      ? `With ${plan.promotions === 1 ? 'this promotion' : `these ${plan.promotions} promotions`} the team carries ${accounts(keyAccounts)}, ${over} more than its capacity of ${plan.capacity}. ${relief}`
      : `The team carries ${accounts(keyAccounts)}, ${over} more than its capacity of ${plan.capacity}. ${relief}`;
  return { keyAccounts, capacity: plan.capacity, over, text };
}
