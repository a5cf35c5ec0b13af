// The rooms' browser parts. Adding or removing a room is one line here and one in server.ts.
import type { WebModule } from '../kernel/web/module.ts';
import { accountsWeb } from '../modules/accounts/web/index.ts';
import { actionsWeb } from '../modules/actions/web/index.ts';
import { contractsWeb } from '../modules/contracts/web/index.ts';
import { documentsWeb } from '../modules/documents/web/index.ts';
import { exportsWeb } from '../modules/exports/web/index.ts';
import { growthWeb } from '../modules/growth/web/index.ts';
import { importsWeb } from '../modules/imports/web/index.ts';
import { insightsWeb } from '../modules/insights/web/index.ts';
import { peopleWeb } from '../modules/people/web/index.ts';
import { pipelineWeb } from '../modules/pipeline/web/index.ts';
import { plansWeb } from '../modules/plans/web/index.ts';
import { productsWeb } from '../modules/products/web/index.ts';
import { revenueWeb } from '../modules/revenue/web/index.ts';
import { sampleWeb } from '../modules/sample/web/index.ts';
import { selectionWeb } from '../modules/selection/web/index.ts';
import { settingsWeb } from '../modules/settings/web/index.ts';
import { stakeholdersWeb } from '../modules/stakeholders/web/index.ts';

export const modules: readonly WebModule[] = [
  peopleWeb,
  settingsWeb,
  accountsWeb,
  stakeholdersWeb,
  documentsWeb,
  actionsWeb,
  selectionWeb,
  plansWeb,
  pipelineWeb,
  contractsWeb,
  growthWeb,
  revenueWeb,
  insightsWeb,
  productsWeb,
  importsWeb,
  exportsWeb,
  sampleWeb,
];
