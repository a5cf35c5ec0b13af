// DOOR 3 of the actions room.
import { CheckSquare, ListChecks } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const actionsWeb: WebModule = {
  name: 'actions',
  nav: [
    {
      id: 'actions',
      href: '/actions',
      label: 'Actions',
      icon: ListChecks,
      order: 25,
      shortcut: 'g t',
      onPhone: true,
      permission: 'actions.read',
    },
  ],
  pages: [
    {
      path: '/actions',
      title: 'Actions',
      load: () => import('./Actions.tsx'),
      nav: 'actions',
      permission: 'actions.read',
    },
  ],
  accountTabs: [
    { id: 'actions', label: 'Actions', order: 50, load: () => import('./ActionsTab.tsx'), permission: 'actions.read' },
  ],
  accountCards: [
    {
      id: 'open-actions',
      order: 30,
      column: 'side',
      load: () => import('./OpenActions.tsx'),
      permission: 'actions.read',
    },
  ],
  creators: [
    {
      id: 'action',
      label: 'Action',
      icon: CheckSquare,
      order: 30,
      load: () => import('./AddAction.tsx'),
      permission: 'actions.write',
    },
  ],
  hits: {
    action: {
      label: 'Actions',
      href: ({ id, accountId }) =>
        accountId ? `/accounts/${accountId}?tab=actions&action=${id}` : `/actions?who=all&action=${id}`,
      icon: CheckSquare,
    },
  },
  changes: { action: 'Action' },
  live: { 'action.': ['actions.'] },
};
