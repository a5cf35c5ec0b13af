// Today in the workspace's zone, and days as people say them.
import { useSession } from '../../../kernel/web/session.ts';

export const useToday = (): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: useSession().workspace.zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date());

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** "in 12 days", "today", "3 days ago". */
export function daysText(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
