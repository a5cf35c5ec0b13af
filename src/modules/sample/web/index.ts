// DOOR 3 of the sample room: a way to begin.
import { Compass } from 'lucide-react';
import { call } from '../../../kernel/web/call.ts';
import type { WebModule } from '../../../kernel/web/module.ts';
import { addSample } from '../api.ts';

export const sampleWeb: WebModule = {
  name: 'sample',
  beginnings: [
    {
      id: 'sample',
      title: 'Look around with a sample portfolio',
      text: 'Twelve key accounts of an invented company, with people, plans and scores. You can remove it in one step.',
      icon: Compass,
      order: 20,
      label: 'Bring in the sample',
      href: '/',
      permission: 'sample.manage',
      run: () => call(addSample, {}),
    },
  ],
  dataCards: [{ id: 'sample', order: 50, load: () => import('./SampleData.tsx'), permission: 'sample.manage' }],
};
