// The stakeholders room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as merge from './merge.ts';
import * as people from './people.ts';
import * as reading from './reading.ts';
import * as roles from './roles.ts';

export const routes = [
  route(api.listPeople, reading.list),
  route(api.summarisePeople, reading.summary),
  route(api.accountCoverage, async (ctx, { query }) => ({
    items: await reading.coverage(ctx, query.accountId),
    nextCursor: null,
  })),
  route(api.getPerson, (ctx, { params }) => reading.get(ctx, params.id)),
  route(api.createPerson, people.create),
  route(api.updatePerson, people.update),
  route(api.archivePerson, (ctx, { params }) => people.archive(ctx, params.id)),
  route(api.restorePerson, (ctx, { params }) => people.restore(ctx, params.id)),
  route(api.putRole, roles.put),
  route(api.deleteRole, roles.remove),
  route(api.mergePeople, merge.merge),
  route(api.duplicatePeople, (ctx, { params }) => reading.duplicates(ctx, params.id)),
];
