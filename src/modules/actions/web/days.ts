// Today, in the workspace's zone.
import { useSession } from '../../../kernel/web/session.ts';

export const useToday = (): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: useSession().workspace.zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date());
