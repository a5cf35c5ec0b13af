// What each role may do: read from the rooms, so that the table people see is the one that the server checks.
import { DEFAULT_LEVEL, ROLES } from '../../../kernel/contract/access.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import type { listPermissions } from '../api.ts';

export function permissions(modules: readonly ServerModule[]): AnswerOf<typeof listPermissions> {
  const specs = modules.flatMap((m) => m.routes.map((r) => r.spec));
  return {
    items: modules.flatMap((m) =>
      Object.entries(m.permissions).map(([id, roles]) => ({
        id,
        room: m.name,
        roles: [...roles],
        verbs: specs.filter((spec) => spec.permission === id).map((spec) => spec.summary),
      })),
    ),
    nextCursor: null,
    roles: ROLES.map((role) => ({ role, level: DEFAULT_LEVEL[role] })),
  };
}
