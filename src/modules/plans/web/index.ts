// DOOR 3 of the plans room.
import { NotebookText } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const plansWeb: WebModule = {
  name: 'plans',
  nav: [
    {
      id: 'plans',
      href: '/plans',
      label: 'Plans',
      icon: NotebookText,
      order: 40,
      shortcut: 'g p',
      permission: 'plans.read',
    },
  ],
  pages: [
    {
      path: '/plans',
      title: 'Plans',
      load: () => import('./PlansPage.tsx'),
      nav: 'plans',
      permission: 'plans.read',
    },
    {
      path: '/plans/$id',
      title: 'Plan',
      load: () => import('./PlanPage.tsx'),
      nav: 'plans',
      permission: 'plans.read',
    },
  ],
  accountTabs: [
    { id: 'plan', label: 'Plan', order: 20, load: () => import('./PlanTab.tsx'), permission: 'plans.read' },
  ],
  accountCards: [
    { id: 'plan', order: 10, column: 'main', load: () => import('./PlanCard.tsx'), permission: 'plans.read' },
  ],
  hits: { plan: { label: 'Plans', href: ({ id }) => `/plans/${id}`, icon: NotebookText } },
  changes: { plan: 'Plan', plan_version: 'Plan version', plan_change: 'Plan changed' },
  live: { 'plan.': ['plans.'], 'person.': ['plans.get'] },
};
