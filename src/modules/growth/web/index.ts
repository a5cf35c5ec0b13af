// DOOR 3 of the growth room.
import { Sprout } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const growthWeb: WebModule = {
  name: 'growth',
  nav: [
    {
      id: 'growth',
      href: '/growth',
      label: 'Growth',
      icon: Sprout,
      order: 48,
      shortcut: 'g w',
      permission: 'growth.read',
    },
  ],
  pages: [
    { path: '/growth', title: 'Growth', load: () => import('./Growth.tsx'), nav: 'growth', permission: 'growth.read' },
  ],
  accountTabs: [
    { id: 'growth', label: 'Growth', order: 46, load: () => import('./GrowthTab.tsx'), permission: 'growth.read' },
  ],
  changes: {
    growth_cell: 'Whitespace',
    growth_unit: 'Unit',
    wallet_estimate: 'Wallet estimate',
    expense: 'Expense',
    growth_budget: 'Budget',
  },
  live: { 'growth.': ['growth.', 'insights.', 'accounts.columnValues'], 'opportunity.': ['growth.'] },
};
