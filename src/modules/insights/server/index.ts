// DOOR 2 of the insights room.
import type { Schedule, ServerModule } from '../../../kernel/server/module.ts';
import { definitions } from './insights.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

/** Definitions are written down when they come into force; answers that nobody asks for any more are forgotten. */
const nightly: Schedule = {
  name: 'insights.nightly',
  every: 'day',
  run: (services) =>
    services.database.system(async (tx) => {
      await store.recordDefinitions(tx, definitions(services.modules));
      await store.forgetOldAnswers(tx);
    }),
};

export const insights: ServerModule = { name: 'insights', routes, permissions, schedules: [nightly] };
