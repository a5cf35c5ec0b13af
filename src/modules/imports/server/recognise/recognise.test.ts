import { describe, expect, it } from 'vitest';
import { accountsShape } from '../../../accounts/server/import-shape.ts';
import { peopleShape } from '../../../stakeholders/server/import-shape.ts';
import type { Inspection } from '../inspect.ts';
import { inspect } from '../inspect.ts';
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

  it('a column may hold names or ids under the same name: its content tells', async () => {
    expect(fields(await look(['Customer,City', 'Acme Corp,Austin', 'Beta Ltd,Boston']))).toMatchObject({
      name: 'Customer',
    });
    expect(fields(await look(['Customer,Name 1', '100001,Acme Corp', '100002,Beta Ltd']))).toMatchObject({
      externalId: 'Customer',
      name: 'Name 1',
    });
    expect(fields(await look(['Name,Owner', 'Acme,ann@x.com', 'Beta,bob@x.com']))).toMatchObject({
      ownerEmail: 'Owner',
    });
    expect(fields(await look(['Name,Owner', 'Acme,Ann', 'Beta,Bob']))).toMatchObject({ ownerName: 'Owner' });
  });

  it('of the same figure for several years the latest is taken, the others become money fields', async () => {
    const { mapping } = await look(['Kunde;Umsatz 2024 (TEUR);Umsatz 2025 (TEUR)', 'Acme GmbH;10;12', 'Beta AG;20;22']);
    expect(mapping.map((one) => one.target)).toMatchObject([
      { field: 'name' },
      { kind: 'custom', type: 'money' },
      { field: 'annualRevenue' },
    ]);
  });

  it('a printed list with bars and ruled lines is a table', async () => {
    const inspection = await look([
      '05.01.2026        Dynamic list output        1',
      '---------------------------------------',
      '|Debitor |Name 1   |Ort    |Angelegt am|',
      '---------------------------------------',
      '|100001  |ACME GmbH|Köln   |16.03.2019 |',
      '|100002  |Beta AG  |Zürich |01.04.2020 |',
      '---------------------------------------',
    ]);
    expect(inspection.profile.rows).toBe(2);
    expect(fields(inspection)).toEqual({
      externalId: 'Debitor',
      name: 'Name 1',
      city: 'Ort',
      customerSince: 'Angelegt am',
    });
  });
});
