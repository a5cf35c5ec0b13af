// DOOR 2 of the sample room.
import type { Role } from '../../../kernel/contract/access.ts';
import { route, type ServerModule } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as use from './sample.ts';

export const permissions = { 'sample.manage': ['admin'] } satisfies Record<string, readonly Role[]>;

export const sample: ServerModule = {
  name: 'sample',
  routes: [route(api.sampleState, use.state), route(api.addSample, use.add), route(api.removeSample, use.remove)],
  permissions,
};

export { add as addSample, remove as removeSample } from './sample.ts';
