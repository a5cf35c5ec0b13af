// DOOR 3 of the settings room.
import type { WebModule } from '../../../kernel/web/module.ts';

export const settingsWeb: WebModule = {
  name: 'settings',
  settings: [
    {
      id: 'workspace',
      label: 'Workspace',
      group: 'Workspace',
      order: 10,
      load: () => import('./Workspace.tsx'),
      permission: 'settings.read',
    },
    {
      id: 'fields',
      label: 'Custom fields',
      group: 'Workspace',
      order: 40,
      load: () => import('./Fields.tsx'),
      permission: 'settings.manage',
    },
    {
      id: 'rates',
      label: 'Exchange rates',
      group: 'Workspace',
      order: 50,
      load: () => import('./Rates.tsx'),
      permission: 'settings.read',
    },
    { id: 'data', label: 'Import and export', group: 'Data', order: 10, load: () => import('./Data.tsx') },
    {
      id: 'audit',
      label: 'Audit log',
      group: 'Data',
      order: 40,
      load: () => import('./Audit.tsx'),
      permission: 'settings.audit',
    },
  ],
  live: { 'workspace.': ['settings.', 'me.'], 'rates.': ['rates.'], 'custom_field.': ['fields.'] },
};
