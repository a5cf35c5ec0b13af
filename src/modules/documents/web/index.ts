// DOOR 3 of the documents room.
import { FileText } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const documentsWeb: WebModule = {
  name: 'documents',
  pages: [
    {
      path: '/documents/$id',
      title: 'Document',
      load: () => import('./DocumentPage.tsx'),
      permission: 'documents.read',
    },
  ],
  accountTabs: [
    {
      id: 'documents',
      label: 'Documents',
      order: 60,
      load: () => import('./DocumentsTab.tsx'),
      permission: 'documents.read',
    },
  ],
  hits: {
    document: {
      label: 'Documents',
      href: ({ id, accountId }) =>
        accountId ? `/accounts/${accountId}?tab=documents&document=${id}` : `/documents/${id}`,
      icon: FileText,
    },
  },
  changes: { document: 'Document', document_version: 'Document version' },
  isNoise: ({ what, action, changes }) =>
    (what === 'document' && action === 'update' && changes.every(({ field }) => field === 'current_number')) ||
    (what === 'document_version' && changes.some(({ field, after }) => field === 'number' && after === '1')),
  live: { 'document.': ['documents.'] },
};
