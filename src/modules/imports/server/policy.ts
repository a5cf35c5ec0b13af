// Who may import: an import changes many accounts at once, so it is for those who answer for all of them.
import type { Role } from '../../../kernel/contract/access.ts';

export const permissions = { 'imports.run': ['admin', 'head'] } satisfies Record<string, readonly Role[]>;
