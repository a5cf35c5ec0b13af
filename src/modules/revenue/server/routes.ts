// The revenue room's routes, one line each.
import type { Handler } from '../../../kernel/server/module.ts';

export const routes: Handler[] = [];
