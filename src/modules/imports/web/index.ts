// DOOR 3 of the imports room: files come in through a wizard, and whole imports can be taken back.
import { FileUp } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const importsWeb: WebModule = {
  name: 'imports',
  nav: [
    {
      id: 'import',
      href: '/import',
      label: 'Import',
      icon: FileUp,
      order: 80,
      group: 'Data',
      shortcut: 'g i',
      permission: 'imports.run',
    },
  ],
  pages: [
    { path: '/import', title: 'Import', load: () => import('./Imports.tsx'), nav: 'import', permission: 'imports.run' },
    {
      path: '/import/$id',
      title: 'Import',
      load: () => import('./ImportPage.tsx'),
      nav: 'import',
      permission: 'imports.run',
    },
  ],
  creators: [
    {
      id: 'import',
      label: 'Import a file',
      icon: FileUp,
      order: 90,
      load: () => import('./StartImport.tsx'),
      permission: 'imports.run',
    },
  ],
  beginnings: [
    {
      id: 'import',
      title: 'Bring in your accounts',
      text: 'Drop the customer list that your CRM exported, as CSV or Excel. You see what happens before anything is written.',
      icon: FileUp,
      order: 10,
      label: 'Import a file',
      href: '/import',
      permission: 'imports.run',
    },
  ],
  live: { 'import.': ['imports.'] },
};
