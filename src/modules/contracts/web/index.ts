// DOOR 3 of the contracts room.
import { BadgePercent, CalendarClock, FileSignature } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const contractsWeb: WebModule = {
  name: 'contracts',
  nav: [
    {
      id: 'renewals',
      href: '/renewals',
      label: 'Renewals',
      icon: CalendarClock,
      order: 27,
      shortcut: 'g r',
      permission: 'contracts.read',
    },
    {
      id: 'approvals',
      href: '/approvals',
      label: 'Approvals',
      icon: BadgePercent,
      order: 29,
      permission: 'contracts.approve',
      count: () => import('./WaitingCount.tsx'),
    },
  ],
  pages: [
    {
      path: '/renewals',
      title: 'Renewals',
      load: () => import('./RenewalsPage.tsx'),
      nav: 'renewals',
      permission: 'contracts.read',
    },
    {
      path: '/renewals/$id',
      title: 'Renewal',
      load: () => import('./RenewalPage.tsx'),
      nav: 'renewals',
      permission: 'contracts.read',
    },
    {
      path: '/contracts/$id',
      title: 'Contract',
      load: () => import('./ContractPage.tsx'),
      nav: 'renewals',
      permission: 'contracts.read',
    },
    {
      path: '/approvals',
      title: 'Approvals',
      load: () => import('./ApprovalsPage.tsx'),
      nav: 'approvals',
      permission: 'contracts.read',
    },
  ],
  portfolioFigures: [{ id: 'risk', order: 5, load: () => import('./PortfolioRisk.tsx'), permission: 'contracts.read' }],
  accountTabs: [
    {
      id: 'contracts',
      label: 'Contracts',
      order: 35,
      load: () => import('./ContractsTab.tsx'),
      permission: 'contracts.read',
    },
  ],
  accountCards: [
    {
      id: 'next-renewal',
      order: 10,
      column: 'side',
      load: () => import('./NextRenewal.tsx'),
      permission: 'contracts.read',
    },
  ],
  creators: [
    {
      id: 'contract',
      label: 'Contract',
      icon: FileSignature,
      order: 40,
      load: () => import('./AddContract.tsx'),
      permission: 'contracts.write',
    },
  ],
  settings: [
    {
      id: 'contracts',
      label: 'Discounts and approvals',
      group: 'Workspace',
      order: 60,
      load: () => import('./ContractSettings.tsx'),
      permission: 'contracts.settings',
    },
  ],
  hits: { contract: { label: 'Contracts', href: ({ id }) => `/contracts/${id}`, icon: FileSignature } },
  changes: {
    contract: 'Contract',
    contract_line: 'Contract line',
    contract_amendment: 'Amendment',
    renewal: 'Renewal',
    approval: 'Approval',
  },
  live: {
    'contract.': ['contracts.', 'renewals.', 'contractSettings.', 'accounts.columnValues'],
    'renewal.': ['renewals.', 'contracts.', 'insights.', 'accounts.columnValues'],
    'offer.': ['offers.', 'renewals.'],
    'approval.': ['approvals.', 'offers.', 'renewals.'],
    'concession.': ['concessions.'],
  },
};
