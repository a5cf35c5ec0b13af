import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EntityShape, FieldShape } from '../../../../kernel/server/importing.ts';
import { accountsShape } from '../../../accounts/server/import-shape.ts';
import { peopleShape } from '../../../stakeholders/server/import-shape.ts';
import { inspect } from '../inspect.ts';
import { headerRows, otherLists } from './header-rows.ts';
import type { Recognition } from './recognise.ts';

const look = async (text: string, fileName = 'list.csv'): Promise<Recognition> => {
  const options = { shapes: [accountsShape, peopleShape], workspaceCurrency: 'EUR' };
  return (await inspect(Buffer.from(`${text}\n`), fileName, options)).recognition;
};

describe('a list with little in it', () => {
  it.each(headerRows)('is known by its columns alone: $from, $header', async ({ header, entity }) => {
    const empty = (header.includes(';') ? ';' : ',').repeat(header.split(/[;,]/).length - 1);
    expect((await look(header)).entity, 'no rows').toBe(entity);
    expect((await look(`${header}\nA 1${empty}`)).entity, 'one row, hardly filled').toBe(entity);
    expect((await look(`${header}${`\nA 1${empty}`.repeat(3)}`)).entity, 'the same row again').toBe(entity);
  });

  it('is known although its ids repeat and most cells are empty', async () => {
    const header = 'Id,Name,City,Hobby,Parent Id';
    expect((await look(`${header}\n1,Account 1,,,\n1,Account 1,,,1`, 'crm.csv')).entity).toBe('accounts');
    expect((await look(`${header}${'\n1,Account 1,,,'.repeat(7)}`, 'crm.csv')).entity).toBe('accounts');
    expect((await look('Contact Id,First Name,Last Name\nc1,Rose,Gonzalez\nc1,Rose,Gonzalez')).entity).toBe('people');
  });

  it('tells people from accounts by their addresses and by what stands beside the names', async () => {
    expect((await look('Name,Email\nRose Gonzalez,rose@acme.example')).entity).toBe('people');
    expect((await look('Name,Email\nAcme Corp,info@acme.example\nBeta Ltd,sales@beta.example')).entity).toBe(
      'accounts',
    );
    expect((await look('Account Name,Email\nAcme,info@acme.example')).entity).toBe('accounts');
    expect((await look('Name,Company\nRose Gonzalez,Acme\nSean Forbes,Beta')).entity).toBe('people');
    expect((await look('Name,Account Id\nRose,1\nSean,1')).entity).toBe('people');
    expect((await look('Account ID,Account Name\n1,Acme\n1,Acme again\n2,Beta')).entity).toBe('accounts');
  });
});

describe('a list of something else', () => {
  it.each(otherLists)('is asked about, not taken for accounts or people: %s', async (text) => {
    const { entity, reason } = await look(text);
    expect(entity).toBeNull();
    expect(reason).toContain('do not look like');
  });
});

/** Lists of what other rooms keep at accounts, as such a room would describe them. */
const text = (key: string, synonyms: string, weight: number, more: Partial<FieldShape> = {}): FieldShape => ({
  key,
  label: key,
  type: 'text',
  exact: true,
  synonyms,
  weight,
  ...more,
});
const account = text('accountId', 'account id|customer id', 1, { type: 'id', role: 'account' });
const others: EntityShape[] = [
  {
    entity: 'subscriptions',
    label: 'Subscriptions',
    fields: [
      text('externalId', 'subscription id|id', 2, { type: 'id', role: 'external-id' }),
      account,
      text('startsOn', 'start date', 1, { type: 'date' }),
      text('endsOn', 'end date', 1, { type: 'date' }),
      text('mrr', 'mrr|mrr amount', 2, { type: 'money' }),
      text('plan', 'plan|plan tier', 0.5),
    ],
    hints: { files: 'subscription|subscriptions', idPrefixes: {}, noise: 'the', against: 'stage', needs: [['mrr']] },
  },
  {
    entity: 'opportunities',
    label: 'Opportunities',
    fields: [
      text('externalId', 'opportunity id|deal id|id', 2, { type: 'id', role: 'external-id' }),
      text('name', 'name|opportunity name|deal name', 1, { role: 'name' }),
      account,
      text('stage', 'stage|stage name|deal stage', 2),
      text('amount', 'amount', 1, { type: 'money' }),
      text('closesOn', 'close date', 1.5, { type: 'date' }),
    ],
    hints: {
      files: 'opportunity|opportunities|deals',
      idPrefixes: { '006': 1 },
      noise: 'the',
      against: 'mrr',
      needs: [['stage']],
    },
  },
];
const all = [accountsShape, peopleShape, ...others];

describe('with more rooms that take lists', () => {
  const lines = [
    [
      'Id,Account Id,Name,Stage,Amount,Close Date\n1,1,Deal,Won,5,2024-01-01\n2,2,Other,Lost,5,2024-01-01',
      'opportunities',
    ],
    ['Deal Name,Deal Stage,Amount,Customer ID\nDeal,Won,5,C1\nOther,Won,5,C2', 'opportunities'],
    [
      'Subscription ID,Account ID,Start Date,End Date,Plan,MRR\nS1,A1,2024-01-01,,Pro,5\nS2,A2,2024-01-01,,Pro,5',
      'subscriptions',
    ],
    ['Account Id,Start Date,MRR\nA1,2024-01-01,5\nA2,2024-01-01,5', 'subscriptions'],
  ] as const;
  it.each(lines)('each list goes to its own: %s', async (text, entity) => {
    const seen = await inspect(Buffer.from(`${text}\n`), 'list.csv', { shapes: all, workspaceCurrency: 'EUR' });
    expect(seen.recognition.entity).toBe(entity);
  });

  it.each(headerRows)('lists of accounts and people stay what they are: $from, $header', async ({ header, entity }) => {
    const seen = await inspect(Buffer.from(`${header}\n`), 'list.csv', { shapes: all, workspaceCurrency: 'EUR' });
    expect(seen.recognition.entity).toBe(entity);
  });

  const data = path.resolve(import.meta.dirname, '../../../../../../shared/data');
  const real = [
    ['ravenstack-saas/ravenstack_subscriptions.csv', 'subscriptions'],
    ['ravenstack-saas/ravenstack_accounts.csv', 'accounts'],
    ['salesforce-export/Opportunity.csv', 'opportunities'],
    ['salesforce-export/Account.csv', 'accounts'],
    ['salesforce-export/Contact.csv', 'people'],
    ['ravenstack-saas/ravenstack_churn_events.csv', null],
    ['salesforce-export/OpportunityHistory.csv', null],
  ] as const;
  it.skipIf(!existsSync(data)).each(real)(
    'real files (needs ../shared/data beside the project): %s',
    async (file, entity) => {
      const options = { shapes: all, workspaceCurrency: 'USD' };
      expect((await inspect(path.join(data, file), path.basename(file), options)).recognition.entity).toBe(entity);
    },
  );
});
