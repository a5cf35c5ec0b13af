// DOOR 3 of the exports room: taking everything along, under Settings.
import type { WebModule } from '../../../kernel/web/module.ts';

export const exportsWeb: WebModule = {
  name: 'exports',
  dataCards: [{ id: 'everything', order: 40, load: () => import('./Everything.tsx'), permission: 'exports.workspace' }],
  changes: { export_run: 'Export of everything' },
};
