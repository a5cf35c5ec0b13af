// DOOR 3 of the accounts room.
import { Building2 } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const accountsWeb: WebModule = {
  name: 'accounts',
  nav: [
    {
      id: 'portfolio',
      href: '/',
      label: 'Portfolio',
      icon: Building2,
      order: 20,
      shortcut: 'g a',
      onPhone: true,
      permission: 'accounts.read',
    },
  ],
  pages: [
    {
      path: '/',
      title: 'Portfolio',
      load: () => import('./Portfolio.tsx'),
      nav: 'portfolio',
      permission: 'accounts.read',
    },
    {
      path: '/accounts/$id',
      title: 'Account',
      load: () => import('./AccountPage.tsx'),
      nav: 'portfolio',
      permission: 'accounts.read',
    },
  ],
  creators: [
    {
      id: 'account',
      label: 'Account',
      icon: Building2,
      order: 10,
      load: () => import('./AddAccount.tsx'),
      permission: 'accounts.write',
    },
  ],
  hits: { account: { label: 'Accounts', href: ({ id }) => `/accounts/${id}`, icon: Building2 } },
  changes: { account: 'Profile', account_team: 'Account team', account_external_id: 'External ids' },
  live: { 'account.': ['accounts.'], 'notification.': ['notifications.', 'me.'] },
};

export { AccountField, MemberField } from './pickers.tsx';
