// DOOR 3 of the revenue room.
import type { WebModule } from '../../../kernel/web/module.ts';

export const revenueWeb: WebModule = {
  name: 'revenue',
  accountTabs: [
    { id: 'revenue', label: 'Revenue', order: 45, load: () => import('./RevenueTab.tsx'), permission: 'revenue.read' },
  ],
  portfolioFigures: [
    { id: 'retention', order: 10, load: () => import('./PortfolioRetention.tsx'), permission: 'revenue.read' },
  ],
  changes: { subscription: 'Subscription', invoice: 'Invoice', payment: 'Payment' },
};
