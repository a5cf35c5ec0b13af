// DOOR 3 of the insights room.
import { TrendingUp } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const insightsWeb: WebModule = {
  name: 'insights',
  nav: [
    {
      id: 'insights',
      href: '/insights',
      label: 'Revenue',
      icon: TrendingUp,
      order: 36,
      shortcut: 'g v',
      permission: 'insights.read',
    },
  ],
  pages: [
    {
      path: '/insights',
      title: 'Revenue',
      load: () => import('./Insights.tsx'),
      nav: 'insights',
      permission: 'insights.read',
    },
  ],
  live: { 'import.': ['insights.', 'revenue.'], 'contract.': ['insights.', 'revenue.'], 'rates.': ['insights.'] },
};
