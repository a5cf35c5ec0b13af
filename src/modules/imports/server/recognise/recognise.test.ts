import { describe, expect, it } from 'vitest';
import type { Inspection } from '../inspect.ts';
import { inspect } from '../inspect.ts';
import { accountsShape } from '../shapes/accounts.ts';
import { peopleShape } from '../shapes/people.ts';
import { knownExports } from './known-exports.ts';

const shapes = [accountsShape, peopleShape];

const look = (lines: string | string[], fileName = 'export.csv'): Promise<Inspection> =>
  inspect(Buffer.from(typeof lines === 'string' ? lines : `${lines.join('\n')}\n`), fileName, {
    shapes,
    workspaceCurrency: 'EUR',
  });

function fields(inspection: Inspection): Record<string, string> {
  return Object.fromEntries(
    inspection.mapping.flatMap((one) => (one.target.kind === 'field' ? [[one.target.field, one.header]] : [])),
  );
}

describe('what a file is', () => {
  it.each(knownExports)('$system', async ({ name, lines, entity, expected }) => {
    const inspection = await look(lines, name);
    expect(inspection.recognition.entity).toBe(entity);
    expect(fields(inspection)).toMatchObject(expected);
  });

  it('is named with reasons and other possibilities', async () => {
    const { recognition } = await look(knownExports[0]!.lines, knownExports[0]!.name);
    expect(recognition.confidence).toBeGreaterThan(0.8);
    expect(recognition.reason).toContain('Accounts, by the columns');
    expect(recognition.guesses.map((guess) => guess.entity)).toEqual(['accounts', 'people']);
  });

  it('opportunities of Salesforce are known by their ids and not taken for accounts', async () => {
    const { recognition } = await look([
      'Id,AccountId,Name,StageName',
      '006bm00000LKJNNAA5,001bm00001ZL8UCAA1,Deal,Won',
      '006bm00000LKJNOAA5,001bm00001ZL8UEAA1,Deal 2,Won',
    ]);
    expect(recognition.entity).toBeNull();
    expect(recognition.reason).toContain('opportunities');
  });

  it('columns without a field become fields of the workspace’s own, with a type by their content', async () => {
    const { mapping } = await look([
      'Account Name,Score,Active,NPS date,Plan',
      ...Array.from(
        { length: 12 },
        (_, i) => `Acme ${i},${i}.5,${i % 2 ? 'yes' : 'no'},2024-01-${10 + i},${i % 2 ? 'Basic' : 'Pro'}`,
      ),
    ]);
    expect(mapping.map((one) => (one.target.kind === 'custom' ? one.target.type : one.target.kind))).toEqual([
      'field',
      'decimal',
      'boolean',
      'date',
      'choice',
    ]);
  });

  it('a column with the right name and the wrong content is not forced into the field', async () => {
    const { mapping } = await look([
      'Account Name,Website,Employees,Status',
      'Acme,yes,51-200,Purple',
      'Beta,no,201-500,Green',
      'Gamma,yes,11-50,Blue',
    ]);
    expect(mapping.map((one) => one.target.kind)).toEqual(['field', 'custom', 'custom', 'custom']);
  });
});
