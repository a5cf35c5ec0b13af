// The rooms of the building, from the ground floor up. Adding or removing a room is one line here and one in web.tsx.
import type { ServerModule } from '../kernel/server/module.ts';
import { accounts } from '../modules/accounts/server/index.ts';
import { actions } from '../modules/actions/server/index.ts';
import { contracts } from '../modules/contracts/server/index.ts';
import { documents } from '../modules/documents/server/index.ts';
import { exports } from '../modules/exports/server/index.ts';
import { growth } from '../modules/growth/server/index.ts';
import { imports } from '../modules/imports/server/index.ts';
import { insights } from '../modules/insights/server/index.ts';
import { people } from '../modules/people/server/index.ts';
import { pipeline } from '../modules/pipeline/server/index.ts';
import { plans } from '../modules/plans/server/index.ts';
import { products } from '../modules/products/server/index.ts';
import { revenue } from '../modules/revenue/server/index.ts';
import { sample } from '../modules/sample/server/index.ts';
import { search } from '../modules/search/server/index.ts';
import { selection } from '../modules/selection/server/index.ts';
import { settings } from '../modules/settings/server/index.ts';
import { stakeholders } from '../modules/stakeholders/server/index.ts';

export const modules: readonly ServerModule[] = [
  people,
  settings,
  accounts,
  stakeholders,
  products,
  documents,
  actions,
  selection,
  plans,
  growth,
  contracts,
  revenue,
  insights,
  pipeline,
  search,
  sample,
  imports,
  exports,
];
