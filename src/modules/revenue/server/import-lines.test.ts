// Invoices of which a list has a row a line, as accounting systems export them: one invoice each, with all that it charges.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { type CliImport, runImportFromCli } from '../../imports/server/cli.ts';
import { work } from '../../imports/server/work.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-lines-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Billing', { currency: 'USD' });
  await bring('accounts.csv', 'Account Name', 'Acme', 'Globex');
});

async function bring(name: string, ...lines: string[]): Promise<CliImport> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return runImportFromCli(t.building.services, head, [at], {});
}
async function invoices(): Promise<string[]> {
  const { rows } = await t.building.database.system((_tx, client) =>
    client.query(
      `select concat_ws(' ', number, amount_minor, currency, plan, status) as line from invoice where workspace_id = $1 order by number`,
      [head.workspaceId],
    ),
  );
  return rows.map((r) => r.line);
}
const notes = async (done: CliImport) =>
  (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items.map((n) => [n.row, n.code]);

const xero = [
  '*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Total,TaxTotal,*Description,*Quantity,*UnitAmount,LineAmount,*AccountCode,TaxAmount,Currency,Status',
  'Acme,a@example.com,INV-1,2026-01-05,2026-02-05,1650.00,150.00,Gold plan,1,1000,1000.00,200,100.00,EUR,Paid',
  'Acme,a@example.com,INV-1,2026-01-05,2026-02-05,1650.00,150.00,Support,5,100,500.00,200,50.00,EUR,Paid',
  'Globex,b@example.com,INV-2,2026-01-06,2026-02-06,330.00,30.00,Gold plan,1,300,300.00,200,30.00,EUR,Awaiting Payment',
];

describe('a row a line', () => {
  it('with amounts of lines becomes one invoice of their sum, with every product; the same again changes nothing, undo leaves nothing', async () => {
    const done = await bring('SalesInvoices.csv', ...xero);
    expect(done.files).toMatchObject([{ entity: 'invoices', new: 2, rejected: 0 }]);
    expect(await invoices()).toEqual(['INV-1 150000 EUR Gold plan, Support paid', 'INV-2 30000 EUR Gold plan open']);
    expect(await notes(done)).toEqual([[3, 'line']]);
    expect((await bring('SalesInvoices.csv', ...xero)).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await invoices()).toEqual([]);
  });

  it.each([
    {
      what: 'items with quantities and rates',
      name: 'invoices.csv',
      lines: [
        'Invoice No,Customer,Invoice Date,Due Date,Item(Product/Service),Item Quantity,Item Rate,Item Amount,Currency',
        '1001,Acme,01/15/2026,02/14/2026,Gold,1,1000,1000,USD',
        '1001,Acme,01/15/2026,02/14/2026,Support,2,250,500,USD',
        '1002,Globex,01/20/2026,02/19/2026,Gold,1,300,300,USD',
      ],
      is: ['1001 150000 USD Gold, Support open', '1002 30000 USD Gold open'],
    },
    {
      what: 'a report whose only amount is the line’s',
      name: 'Sales by Customer Detail.csv',
      lines: [
        'Date,Transaction Type,Num,Customer,Product/Service,Qty,Sales Price,Amount,Balance',
        '01/15/2026,Invoice,1001,Acme,Gold,1,500,500.00,500.00',
        '01/15/2026,Invoice,1001,Acme,Support,2,250,500.00,1000.00',
      ],
      is: ['1001 100000 USD Gold, Support open'],
    },
    {
      what: 'the total of the invoice repeated in every line',
      name: 'invoices.csv',
      lines: [
        'Invoice Number,Customer,Invoice Date,Product,Total,Currency',
        'A1,Acme,2026-01-15,Gold,1500,USD',
        'A1,Acme,2026-01-15,Support,1500,USD',
        'A2,Globex,2026-01-16,Support,20,USD',
      ],
      is: ['A1 150000 USD Gold, Support open', 'A2 2000 USD Support open'],
    },
  ])('$what', async ({ name, lines, is }) => {
    expect((await bring(name, ...lines)).files).toMatchObject([{ entity: 'invoices', rejected: 0 }]);
    expect(await invoices()).toEqual(is);
    expect((await bring(name, ...lines)).files).toMatchObject([{ new: 0, changed: 0 }]);
  });

  it('of another account, day or currency is no line of it, and an invoice that comes twice is named', async () => {
    const done = await bring(
      'invoices.csv',
      'Invoice Number,Customer,Invoice Date,Product,Amount,Currency',
      'A1,Acme,2026-01-15,Gold,100,USD',
      'A1,Globex,2026-01-15,Support,50,USD',
      'A2,Acme,2026-01-15,Gold,100,USD',
      'A2,Acme,2026-01-15,Gold,100,USD',
    );
    expect(done.files).toMatchObject([{ new: 2, rejected: 2 }]);
    expect(await invoices()).toEqual(['A1 10000 USD Gold open', 'A2 10000 USD Gold open']);
  });
});
