// Roles, visibility levels and the shape of who is acting; shared by server and browser.
import * as z from 'zod';

export const ROLES = ['admin', 'head', 'kam', 'sponsor', 'partner', 'recruiter', 'viewer'] as const;
export type Role = (typeof ROLES)[number];
export const roleShape = z.enum(ROLES);

/** How many accounts a member sees: each level includes the ones before it. */
export const LEVELS = ['own', 'account_team', 'team', 'all'] as const;
export type Level = (typeof LEVELS)[number];
export const levelShape = z.enum(LEVELS);

/** What a role sees unless an admin says otherwise for one member. */
export const DEFAULT_LEVEL: Record<Role, Level> = {
  admin: 'all',
  head: 'all',
  kam: 'account_team',
  sponsor: 'account_team',
  partner: 'account_team',
  recruiter: 'own',
  viewer: 'all',
};

export const EVERYONE: readonly Role[] = ROLES;

/** Who acts in a transaction. `kind` says by what means; the member is always a person of the workspace, or nobody for the system. */
export type Actor = {
  kind: 'session' | 'key' | 'system' | 'cli';
  workspaceId: string;
  memberId: string | null;
  userId: string | null;
  role: Role;
  level: Level;
  name: string;
  /** Stable identity for rate limits and logs; never a secret. */
  key: string;
};
