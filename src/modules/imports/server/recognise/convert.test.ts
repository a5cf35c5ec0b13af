import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapeFormula } from '../../../../kernel/contract/csv-safety.ts';
import { accountsShape } from '../../../accounts/server/import-shape.ts';
import { peopleShape } from '../../../stakeholders/server/import-shape.ts';
import type { Inspection } from '../inspect.ts';
import { inspect } from '../inspect.ts';
import type { ConvertedRow } from './convert.ts';
import { createConverter } from './convert.ts';
import { parseAnswers } from './plan.ts';

const shapes = [accountsShape, peopleShape];

const look = (file: string | Uint8Array, name: string, answers: string[] = []): Promise<Inspection> =>
  inspect(file, name, { shapes, workspaceCurrency: 'EUR', answers: parseAnswers(answers) });

async function convert(inspection: Inspection): Promise<ConvertedRow[]> {
  const converter = createConverter(inspection.planned!.plan, {
    workspaceCurrency: 'EUR',
    unmark: inspection.table.kind === 'csv',
  });
  const rows: ConvertedRow[] = [];
  for await (const batch of inspection.table.rows())
    batch.rows.forEach((cells, i) => void rows.push(converter(cells, batch.rowNumbers[i]!)));
  return rows;
}

const read = async (text: string, answers: string[] = [], name = 'accounts.csv') => {
  const inspection = await look(Buffer.from(text), name, answers);
  return { inspection, rows: inspection.planned ? await convert(inspection) : [] };
};

describe('rows become records', () => {
  it('money, dates, numbers and words are read in the style of their column', async () => {
    const { inspection, rows } = await read(
      [
        'Kd.-Nr.;Kunde;Umsatz (TEUR);Mitarbeiter;Kunde seit;Status;Tags;Bemerkung',
        '1;Müller GmbH;1.250,5;1.200;16.03.2019;Bestandskunde;"a; b,a";"Zeile 1',
        'Zeile 2"',
        '2;Groß KG;80;12;01.04.2020;Interessent;;k.A.',
        '3;Alt AG;;n/a;;gekündigt;;',
      ].join('\n'),
    );
    expect(inspection.planned?.questions).toEqual([]);
    expect(rows.map((row) => row.problems)).toEqual([[], [], []]);
    expect(rows[0]!.values).toEqual({
      externalId: '1',
      name: 'Müller GmbH',
      annualRevenue: { amountMinor: 125_050_000, currency: 'EUR' },
      employees: 1_200,
      customerSince: '2019-03-16',
      status: 'active',
      tags: ['a', 'b'],
      description: 'Zeile 1\nZeile 2',
    });
    expect(rows[1]!.values).toMatchObject({ status: 'prospect', customerSince: '2020-04-01', description: null });
    expect(rows[2]!.values).toMatchObject({ status: 'former', employees: null, annualRevenue: null });
  });

  it('what cannot be read rejects its row and names the column and the reason', async () => {
    const { rows } = await read(
      'Name,Customer since,Annual revenue\nAcme,16/02/2024,100\nBeta,02/30/2024,200\nGamma,17/02/2024,lots\n,18/02/2024,5\nDelta,19/02/2024,6\nEps,20/02/2024,7\nZeta,21/02/2024,8\n',
    );
    expect(
      rows.flatMap((row) => row.problems.map(({ row: number, column, code, value }) => [number, column, code, value])),
    ).toEqual([
      [3, 'Customer since', 'not_a_date', '02/30/2024'],
      [4, 'Annual revenue', 'not_money', 'lots'],
      [5, 'Name', 'missing', ''],
    ]);
    expect(rows[1]!.problems[0]!.message).toContain('day first');
  });

  it('rows that are deleted at their source are passed over', async () => {
    const { rows } = await read('Id,IsDeleted,Name\n001bm00001ZL8U9,TRUE,Old\n001bm00001ZL8UA,FALSE,New\n');
    expect(rows.map((row) => row.skip)).toEqual(['Deleted in the system it comes from.', null]);
    expect(rows[1]!.values.externalId).toBe('001bm00001ZL8UAAA1');
  });

  it('the currency column of a row goes before the workspace’s', async () => {
    const { rows } = await read('Name,Annual Revenue,Currency\nAcme,100,USD\nBeta,100,\nGamma,£5,USD\n');
    expect(rows.map((row) => row.values.annualRevenue)).toEqual([
      { amountMinor: 10_000, currency: 'USD' },
      { amountMinor: 10_000, currency: 'EUR' },
      { amountMinor: 500, currency: 'GBP' },
    ]);
  });

  it('an id that a spreadsheet shortened is refused rather than stored wrong', async () => {
    const { rows } = await read('Customer ID,Customer Name\n1.23457E+12,Acme\n1.23458E+12,Beta\n');
    expect(rows[0]!.problems).toMatchObject([{ code: 'shortened_id', column: 'Customer ID' }]);
  });

  it('the marker of our own export is taken off, and nothing else', async () => {
    const names = ['=1+1 Ltd', '+Plus AG', '-Minus', '@Home', "'t Hooft BV", "'=x", 'Acme'];
    const text = `Name,City\n${names.map((name) => `${escapeFormula(name)},Paris`).join('\n')}\n`;
    const { rows } = await read(text);
    expect(rows.map((row) => row.values.name)).toEqual(names);
  });

  it('names of people are put together, turned round and replaced by the address when missing', async () => {
    const { rows } = await read(
      'First Name,Last Name,Email\nRose,Gonzalez,rose@x.com\n,Forbes,\n,,sean@x.com\n,,\nNull,Null,null@x.com\n',
      [],
      'contacts.csv',
    );
    expect(rows.map((row) => row.values.name ?? row.problems[0]?.code)).toEqual([
      'Rose Gonzalez',
      'Forbes',
      'sean@x.com',
      'Null Null',
    ]);
    const turned = await read(
      'Full name,Company,Email\n"Gonzalez, Rose",Acme,r@x.com\n"Forbes, PhD",Beta,s@x.com\n',
      [],
      'contacts.csv',
    );
    expect(turned.rows.map((row) => row.values.name)).toEqual(['Rose Gonzalez', 'Forbes, PhD']);
  });

  it('a bad e-mail address costs the address, not the person', async () => {
    const { rows } = await read('Name,Email,Company\nRose,rose(at)x.com,Acme\nSean,s@x.com,Acme\n', [], 'contacts.csv');
    expect(rows[0]).toMatchObject({
      problems: [],
      values: { email: null },
      warnings: [{ code: 'not_an_email', column: 'Email', row: 2 }],
    });
  });

  it('errors of a spreadsheet are read as blank, and said so', async () => {
    const { rows } = await read('Name,Employees,Industry\nAcme,#REF!,#N/A\nBeta,5,Retail\n');
    expect(rows[0]).toMatchObject({
      problems: [],
      values: { employees: null, industry: null },
      warnings: [{ code: 'formula_error', column: 'Employees' }],
    });
  });
});

describe('questions', () => {
  const ambiguous = 'Name,Customer since,Employees\nAcme,01/02/2024,5\nBeta,03/04/2024,6\n';

  it('a date that can be read in two ways is asked, with examples', async () => {
    const { inspection } = await read(ambiguous);
    expect(inspection.planned!.questions).toMatchObject([
      {
        column: 'Customer since',
        kind: 'date-format',
        options: ['mdy', 'dmy'],
        examples: ['01/02/2024', '03/04/2024'],
      },
    ]);
  });

  it('an answer is taken, whatever the case and spelling of the column', async () => {
    const first = await read(ambiguous, ['Customer since=dmy']);
    expect([first.inspection.planned!.questions, first.rows.map((row) => row.values.customerSince)]).toEqual([
      [],
      ['2024-02-01', '2024-04-03'],
    ]);
    const second = await read(ambiguous, ['customer_since=MDY']);
    expect(second.rows.map((row) => row.values.customerSince)).toEqual(['2024-01-02', '2024-03-04']);
  });

  it('an answer that fits nothing is said to', async () => {
    const { inspection } = await read(ambiguous, ['customer since=american', 'Birthday=dmy']);
    expect(inspection.planned!.questions).toHaveLength(1);
    expect(inspection.warnings.join(' ')).toContain('“american” is no date format');
    expect(inspection.warnings.join(' ')).toContain('There is no column “Birthday”');
  });

  it('a file with a day above 12 decides for its other columns that are written alike', async () => {
    const { inspection } = await read(
      'Name,Customer since,Renewal date\nAcme,16/02/2024,01/02/2025\nBeta,17/04/2024,03/04/2025\n',
    );
    expect(inspection.planned!.questions).toEqual([]);
    expect(inspection.planned!.plan.columns.find((one) => one.header === 'Renewal date')!.order).toBe('dmy');
    expect(inspection.warnings.join(' ')).toContain('“Renewal date” is read day first: the dates in “Customer since”');
  });

  it('a column written otherwise, or columns that disagree, decide nothing', async () => {
    const other = await read(
      'Name,Customer since,Renewal date\nAcme,16.02.2024,01/02/2025\nBeta,17.04.2024,03/04/2025\n',
    );
    expect(other.inspection.planned!.questions).toMatchObject([{ column: 'Renewal date', options: ['dmy', 'mdy'] }]);
    expect(other.inspection.planned!.questions[0]!.reason).toContain('The dates in “Customer since” are day first.');
    const torn = await read(
      'Name,Customer since,Last order,Renewal date\nAcme,16/02/2024,02/17/2024,01/02/2025\nBeta,17/04/2024,04/18/2024,03/04/2025\n',
    );
    expect(torn.inspection.planned!.questions).toMatchObject([{ column: 'Renewal date' }]);
  });

  it('a thousand or a thousandth is asked when nothing in the file tells', async () => {
    const file = 'Name\tAnnual revenue\nAcme\t1.234\nBeta\t5.678\n';
    const { inspection } = await read(file);
    expect(inspection.planned!.questions).toMatchObject([{ column: 'Annual revenue', kind: 'number-format' }]);
    const { rows } = await read(file, ['Annual revenue=decimal-comma']);
    expect(rows[0]!.values.annualRevenue).toEqual({ amountMinor: 123_400, currency: 'EUR' });
  });

  it('whole numbers with marks are thousands without asking', async () => {
    const { inspection, rows } = await read('Name\tEmployees\nAcme\t1.234\nBeta\t12.500\n');
    expect(inspection.planned!.questions).toEqual([]);
    expect(rows.map((row) => row.values.employees)).toEqual([1_234, 12_500]);
  });

  it('assumptions about money are told', async () => {
    const { inspection } = await read('Name,Annual revenue,ARR\nAcme,"$1,200.00",5\nBeta,$5,6\n');
    expect(inspection.warnings.join(' ')).toContain(
      '“$” in “Annual revenue” can mean USD, CAD, AUD and others; it is read as USD',
    );
    expect(inspection.warnings.join(' ')).toContain('“ARR” have no currency; they are read as EUR');
  });
});

const data = path.resolve(import.meta.dirname, '../../../../../../shared/data');

describe.skipIf(!existsSync(data))('the real files (needs ../shared/data beside the project)', () => {
  const open = async (file: string) => {
    const inspection = await look(path.join(data, file), path.basename(file));
    return { inspection, rows: inspection.planned ? await convert(inspection) : [] };
  };

  it('Account.csv: 18 accounts, month-first dates by its own evidence', async () => {
    const { inspection, rows } = await open('salesforce-export/Account.csv');
    expect(inspection.recognition.entity).toBe('accounts');
    expect(inspection.planned!.questions).toEqual([]);
    expect(inspection.profile.columns.find((column) => column.header === 'LastActivityDate')!.dates).toMatchObject({
      status: 'decided',
      order: 'mdy',
    });
    expect(rows).toHaveLength(18);
    expect(rows.flatMap((row) => [...row.problems, ...row.warnings])).toEqual([]);
    expect(rows[0]!.values).toMatchObject({
      externalId: '001bm00001ZL8U9AAL',
      name: 'Edge Communications',
      annualRevenue: { amountMinor: 13_900_000_000, currency: 'EUR' },
      employees: 1_000,
      region: 'TX',
    });
    expect(rows[13]!.custom.LastActivityDate).toBe('2026-02-23');
  });

  it('Contact.csv: 25 people with their accounts', async () => {
    const { inspection, rows } = await open('salesforce-export/Contact.csv');
    expect(inspection.recognition.entity).toBe('people');
    expect(rows).toHaveLength(25);
    expect(rows.flatMap((row) => [...row.problems, ...row.warnings])).toEqual([]);
    expect(rows[0]!.values).toMatchObject({
      name: 'Rose Gonzalez',
      accountId: '001bm00001ZL8U9AAL',
      title: 'SVP, Procurement',
      email: 'rose@edge.com',
    });
    expect(rows.every((row) => row.values.accountId !== null && row.values.name !== null)).toBe(true);
  });

  it('ravenstack_accounts.csv: 500 accounts, signed up on day-first dates', async () => {
    const { inspection, rows } = await open('ravenstack-saas/ravenstack_accounts.csv');
    expect(inspection.planned!.questions).toEqual([]);
    expect(rows).toHaveLength(500);
    expect(rows.flatMap((row) => [...row.problems, ...row.warnings])).toEqual([]);
    expect(rows[0]!.values).toMatchObject({
      externalId: 'A-2e4581',
      name: 'Company_0',
      customerSince: '2024-10-16',
      country: 'US',
    });
    expect(rows[0]!.values).not.toHaveProperty('tier');
  });

  it('Telco-Customer-Churn.csv: customers without names are accounts named by their id, with a warning', async () => {
    const { inspection, rows } = await open('telco-churn-ibm/Telco-Customer-Churn.csv');
    expect(inspection.recognition.entity).toBe('accounts');
    expect(inspection.warnings.join(' ')).toContain('named by its id');
    expect(rows).toHaveLength(7_043);
    expect(rows[0]!.values).toEqual({ externalId: '7590-VHVEG', name: '7590-VHVEG' });
  });

  it.each([
    'salesforce-export/Opportunity.csv',
    'salesforce-export/OpportunityHistory.csv',
    'ravenstack-saas/ravenstack_subscriptions.csv',
    'ravenstack-saas/ravenstack_supports_ticket.csv',
    'ravenstack-saas/ravenstack_churn_events.csv',
    'fx-ecb/eurofxref-hist.csv',
  ])('%s is neither accounts nor people', async (file) => {
    expect((await open(file)).inspection.recognition.entity).toBeNull();
  });
});
