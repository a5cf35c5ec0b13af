// With every room of the product that takes lists: each list goes to the room it is meant for.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modules } from '../../../../app/server.ts';
import { importersOf } from '../../../../kernel/server/importing.ts';
import { inspect } from '../inspect.ts';
import { headerRows, otherLists } from './header-rows.ts';
import { knownExports } from './known-exports.ts';

const shapes = importersOf(modules).map((importer) => importer.shape);
const entityOf = async (file: string | Buffer, name: string): Promise<string | null> =>
  (await inspect(file, name, { shapes, workspaceCurrency: 'EUR' })).recognition.entity;

describe('among all kinds of lists', () => {
  it.each(headerRows)('accounts and people stay what they are: $from, $header', async ({ header, entity }) => {
    const empty = (header.includes(';') ? ';' : ',').repeat(header.split(/[;,]/).length - 1);
    expect(await entityOf(Buffer.from(`${header}\n`), 'list.csv'), 'no rows').toBe(entity);
    expect(await entityOf(Buffer.from(`${header}\nA 1${empty}\n`), 'list.csv'), 'one row').toBe(entity);
  });

  it.each(knownExports.filter((one) => one.entity !== null))('exports of systems: $system', async (one) => {
    expect(await entityOf(Buffer.from(`${one.lines.join('\n')}\n`), one.name)).toBe(one.entity);
  });

  const meant = [
    'invoices',
    'invoices',
    'products',
    'products',
    'opportunities',
    'opportunities',
    'subscriptions',
    'contractLines',
    'expenses',
    'payments',
    null,
    'exchange-rates',
    null,
    null,
  ];
  it.each(otherLists.map((text, i) => [text, meant[i]] as const))('%s', async (text, entity) => {
    expect(await entityOf(Buffer.from(`${text}\n`), 'list.csv')).toBe(entity);
  });

  const data = path.resolve(import.meta.dirname, '../../../../../../shared/data');
  it.skipIf(!existsSync(data)).each([
    ['ravenstack-saas/ravenstack_accounts.csv', 'accounts'],
    ['ravenstack-saas/ravenstack_subscriptions.csv', 'subscriptions'],
    ['ravenstack-saas/ravenstack_churn_events.csv', null],
    ['ravenstack-saas/ravenstack_feature_usage.csv', null],
    ['ravenstack-saas/ravenstack_supports_ticket.csv', null],
    ['salesforce-export/Account.csv', 'accounts'],
    ['salesforce-export/Contact.csv', 'people'],
    ['salesforce-export/Lead.csv', 'people'],
    ['salesforce-export/Opportunity.csv', 'opportunities'],
    ['salesforce-export/OpportunityHistory.csv', 'opportunity_history'],
    ['fx-ecb/eurofxref-daily-sample.csv', 'exchange-rates'],
  ])('real files (needs ../shared/data beside the project): %s', async (file, entity) => {
    expect(await entityOf(path.join(data, file), path.basename(file))).toBe(entity);
  });
});
