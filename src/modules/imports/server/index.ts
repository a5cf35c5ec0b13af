// DOOR 2 of the imports room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { jobs, schedules, takeUp } from './work.ts';

export const imports: ServerModule = {
  name: 'imports',
  routes,
  permissions,
  jobs,
  schedules,
  starts: (services) => takeUp(services, 0),
};

export { type CliImport, runImportFromCli } from './cli.ts';
