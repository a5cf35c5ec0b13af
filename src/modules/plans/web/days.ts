// The day it is in the workspace's zone, `YYYY-MM-DD`.
import { useSession } from '../../../kernel/web/session.ts';

export function useToday(): string {
  const { zone } = useSession().workspace;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(),
  );
}
