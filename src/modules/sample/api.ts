// The sample portfolio: is it there, bring it, take it away.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';

const state = z.object({ present: z.boolean(), accounts: z.number().int(), people: z.number().int() });
export const sampleState = defineRoute({
  id: 'sample.state',
  method: 'GET',
  path: '/api/v1/sample',
  summary: 'Whether the sample portfolio is in this workspace',
  permission: 'sample.manage',
  answer: state,
});
export const addSample = defineRoute({
  id: 'sample.add',
  method: 'POST',
  path: '/api/v1/sample',
  summary: 'Bring in the sample portfolio',
  permission: 'sample.manage',
  answer: state,
  problems: { sample_present: 'It is here already.' },
});
export const removeSample = defineRoute({
  id: 'sample.remove',
  method: 'DELETE',
  path: '/api/v1/sample',
  summary: 'Take the whole sample portfolio away, with everything that hangs on its accounts',
  permission: 'sample.manage',
  answer: state,
});
