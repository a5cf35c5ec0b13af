// Who may ask for figures: everybody; sums are over the accounts that they see.
import { EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'insights.read': EVERYONE,
} satisfies Record<string, readonly Role[]>;
