// Actions by urgency, as the list shows them. Pure.
import type { Action } from '../api.ts';

export const GROUPS = ['overdue', 'week', 'later', 'done'] as const;
export type Group = (typeof GROUPS)[number];
export const GROUP_WORDS: Record<Group, string> = {
  overdue: 'Overdue',
  week: 'This week',
  later: 'Later',
  done: 'Done',
};

/** The Sunday that ends the week of a day. */
export function weekEnd(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((7 - date.getUTCDay()) % 7));
  return date.toISOString().slice(0, 10);
}

/** Without a due day it is for later. */
export function groupOf(action: Pick<Action, 'status' | 'dueOn'>, today: string): Group {
  if (action.status !== 'open') return 'done';
  if (action.dueOn === null) return 'later';
  if (action.dueOn < today) return 'overdue';
  return action.dueOn <= weekEnd(today) ? 'week' : 'later';
}

export function grouped(actions: readonly Action[], today: string): { group: Group; actions: Action[] }[] {
  return GROUPS.map((group) => ({ group, actions: actions.filter((a) => groupOf(a, today) === group) })).filter(
    (g) => g.actions.length > 0,
  );
}
