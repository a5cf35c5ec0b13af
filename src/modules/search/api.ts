// The search room's contract: one box over everything.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { id, many } from '../../kernel/contract/shapes.ts';

export const searchEverything = defineRoute({
  id: 'search.find',
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Accounts, people, plans, documents, actions … that you may see, best match first; tolerates typing errors',
  permission: 'signed-in',
  query: z.strictObject({
    q: z.string().trim().min(1, 'Type at least one character').max(200),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    /** Only hits of these types. */
    type: many(z.string().regex(/^[a-z][a-zA-Z_-]{0,39}$/, 'Use a type such as account')),
  }),
  answer: z.object({
    items: z.array(
      z.object({ type: z.string(), id, title: z.string(), subtitle: z.string(), accountId: id.nullable() }),
    ),
  }),
});
