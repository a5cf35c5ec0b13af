import { describe, expect, it } from 'vitest';
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
