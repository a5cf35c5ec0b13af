// DOOR 3 of the stakeholders room.
import { UserPlus, Users } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const stakeholdersWeb: WebModule = {
  name: 'stakeholders',
  nav: [
    {
      id: 'people',
      href: '/people',
      label: 'People',
      icon: Users,
      order: 35,
      shortcut: 'g e',
      permission: 'stakeholders.read',
    },
  ],
  pages: [
    {
      path: '/people',
      title: 'People',
      load: () => import('./People.tsx'),
      nav: 'people',
      permission: 'stakeholders.read',
    },
    {
      path: '/people/$id',
      title: 'Person',
      load: () => import('./PersonPage.tsx'),
      nav: 'people',
      permission: 'stakeholders.read',
    },
  ],
  accountTabs: [
    {
      id: 'people',
      label: 'People',
      order: 30,
      load: () => import('./PeopleTab.tsx'),
      permission: 'stakeholders.read',
    },
  ],
  accountCards: [
    {
      id: 'key-people',
      order: 20,
      column: 'side',
      load: () => import('./KeyPeople.tsx'),
      permission: 'stakeholders.read',
    },
  ],
  creators: [
    {
      id: 'person',
      label: 'Person',
      icon: UserPlus,
      order: 20,
      load: () => import('./AddPerson.tsx'),
      permission: 'stakeholders.write',
    },
  ],
  hits: { person: { label: 'People', href: ({ id }) => `/people/${id}`, icon: Users } },
  changes: { stakeholder: 'Person' },
  live: { 'person.': ['stakeholders.'], 'stakeholder.': ['stakeholders.'] },
};
