// DOOR 3 of the pipeline room.
import { ChartNoAxesColumn, Target } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const pipelineWeb: WebModule = {
  name: 'pipeline',
  nav: [
    {
      id: 'pipeline',
      href: '/pipeline',
      label: 'Pipeline',
      icon: Target,
      order: 40,
      shortcut: 'g o',
      permission: 'pipeline.read',
    },
    {
      id: 'forecast',
      href: '/forecast',
      label: 'Forecast',
      icon: ChartNoAxesColumn,
      order: 42,
      shortcut: 'g f',
      permission: 'forecast.read',
    },
  ],
  pages: [
    {
      path: '/pipeline',
      title: 'Pipeline',
      load: () => import('./PipelinePage.tsx'),
      nav: 'pipeline',
      permission: 'pipeline.read',
    },
    {
      path: '/forecast',
      title: 'Forecast',
      load: () => import('./ForecastPage.tsx'),
      nav: 'forecast',
      permission: 'forecast.read',
    },
  ],
  accountTabs: [
    {
      id: 'pipeline',
      label: 'Pipeline',
      order: 42,
      load: () => import('./PipelineTab.tsx'),
      permission: 'pipeline.read',
    },
  ],
  settings: [
    {
      id: 'stages',
      label: 'Stages',
      group: 'Workspace',
      order: 60,
      load: () => import('./StagesPage.tsx'),
      permission: 'pipeline.configure',
    },
  ],
  creators: [
    {
      id: 'opportunity',
      label: 'Opportunity',
      icon: Target,
      order: 25,
      load: () => import('./AddOpportunity.tsx'),
      permission: 'pipeline.write',
    },
  ],
  hits: {
    opportunity: { label: 'Opportunities', href: ({ id }) => `/pipeline?opportunity=${id}`, icon: Target },
  },
  changes: {
    opportunity: 'Opportunity',
    opportunity_line: 'Line of an opportunity',
    opportunity_person: 'People of an opportunity',
  },
  live: {
    'opportunity.': ['pipeline.', 'forecast.', 'insights.', 'accounts.columnValues'],
    'pipeline.': ['pipeline.'],
    'forecast.': ['forecast.', 'insights.'],
  },
};
