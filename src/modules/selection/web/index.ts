// DOOR 3 of the selection room.
import { ChartScatter, Scale } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const selectionWeb: WebModule = {
  name: 'selection',
  nav: [
    {
      id: 'selection',
      href: '/selection',
      label: 'Selection',
      icon: Scale,
      order: 30,
      shortcut: 'g s',
      permission: 'selection.read',
    },
  ],
  pages: [
    {
      path: '/selection',
      title: 'Selection',
      load: () => import('./Selection.tsx'),
      nav: 'selection',
      permission: 'selection.read',
    },
  ],
  accountTabs: [
    {
      id: 'selection',
      label: 'Selection',
      order: 300,
      load: () => import('./AccountTab.tsx'),
      permission: 'selection.read',
    },
  ],
  settings: [
    {
      id: 'criteria',
      label: 'Criteria',
      group: 'Workspace',
      order: 30,
      load: () => import('./SettingsPage.tsx'),
      permission: 'selection.change',
    },
  ],
  portfolioViews: [
    {
      id: 'matrix',
      label: 'Bubbles',
      icon: ChartScatter,
      order: 40,
      load: () => import('./PortfolioBubbles.tsx'),
      permission: 'selection.read',
    },
  ],
  changes: { selection_score: 'Selection score', selection_decision: 'Selection decision' },
  live: { 'selection.': ['selection.'] },
};
