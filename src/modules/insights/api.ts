// The insights room's contract: every figure of every room, asked for in one way. The shapes are the kernel's, because rooms contribute figures.
import * as z from 'zod';
import { metricDefinition, metricId } from '../../kernel/contract/metrics.ts';
import { defineRoute } from '../../kernel/contract/route.ts';
import { instant } from '../../kernel/contract/shapes.ts';

export { explainMetric, getMetric, listMetrics } from '../../kernel/contract/metrics.ts';

export const listVersions = defineRoute({
  id: 'insights.listVersions',
  method: 'GET',
  path: '/api/v1/metrics/{id}/versions',
  summary: 'What a figure meant from when on, the newest definition first',
  permission: 'insights.read',
  params: z.strictObject({ id: metricId }),
  answer: z.object({ items: z.array(z.object({ definition: metricDefinition, since: instant.nullable() })) }),
  problems: { unknown_metric: 'There is no metric of this name.' },
});
