// DOOR 2 of the insights room.
import type { Schedule, ServerModule, Services } from '../../../kernel/server/module.ts';
import { definitions } from './insights.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

/** Definitions are written down when they come into force: with the release that brings them, and for workspaces made since. */
const record = (services: Services): Promise<void> =>
  services.database.system((tx) => store.recordDefinitions(tx, definitions(services.modules)));

/** Answers that nobody asks for any more are forgotten. */
const nightly: Schedule = {
  name: 'insights.nightly',
  every: 'day',
  async run(services) {
    await record(services);
    await services.database.system(store.forgetOldAnswers);
  },
};

export const insights: ServerModule = { name: 'insights', routes, permissions, schedules: [nightly], starts: record };
