// The accounts room's contract: columns of the portfolio that other rooms fill. Apart, because the first page does without it.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { day, id, money, some } from '../../kernel/contract/shapes.ts';

const columnKind = z.enum(['day', 'money']);
export type ColumnKind = z.infer<typeof columnKind>;
const columnValue = z.union([day, money]);
export type ColumnValue = z.infer<typeof columnValue>;
export const listAccountColumns = defineRoute({
  id: 'accounts.columns',
  method: 'GET',
  path: '/api/v1/accounts/columns',
  summary: 'Columns of the portfolio that other rooms fill: what they are called and mean',
  permission: 'accounts.read',
  answer: z.object({
    items: z.array(z.object({ id: z.string(), label: z.string(), hint: z.string(), kind: columnKind })),
  }),
});
export type AccountColumnInfo = z.infer<typeof listAccountColumns.answer>['items'][number];
export const accountColumnValues = defineRoute({
  id: 'accounts.columnValues',
  method: 'GET',
  path: '/api/v1/accounts/column-values',
  summary: 'What such columns hold for up to 100 accounts that you may see',
  permission: 'accounts.read',
  query: z.strictObject({
    column: some(z.string().max(60)),
    accountId: some(id),
  }),
  answer: z.object({
    items: z.array(z.object({ accountId: id, values: z.record(z.string(), columnValue) })),
  }),
});
