// Who may look at revenue. Which accounts a sum is over is decided in the database.
import { EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'revenue.read': EVERYONE,
} satisfies Record<string, readonly Role[]>;
