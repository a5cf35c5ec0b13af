// Catalogues and price lists through the import room: recognised, tried, written, written again, taken back; names that files use.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { runImportFromCli } from '../../imports/server/cli.ts';
import * as api from '../api.ts';
import { productRefKey, productsSeen, resolveProductRefs } from './index.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-products-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Northwind', { currency: 'USD' });
});

async function bring(name: string, content: string, options: { dryRun?: boolean } = {}) {
  const file = path.join(folder, name);
  await writeFile(file, content);
  const done = await runImportFromCli(t.building.services, head, [file], options);
  expect(done, JSON.stringify(done.files)).toMatchObject({ exitCode: 0, problem: null });
  return done.files[0]!;
}
const all = async () => {
  const { items } = await t.ok(head, api.listProducts, { query: { limit: 200 } });
  return Promise.all(items.map((p) => t.ok(head, api.getProduct, { params: { id: p.id } })));
};
const catalogue = 'product,series,sales_price\nGTX Basic,GTX,550\nGTX Pro,GTX,4821\nMG Special,MG,55\n';

describe('a catalogue', () => {
  it('is recognised, brings series and prices with it, and changes nothing the second time', async () => {
    expect(await bring('products.csv', catalogue, { dryRun: true })).toMatchObject({ entity: 'products', new: 3 });
    expect(await all(), 'a trial writes nothing').toEqual([]);
    expect(await bring('products.csv', catalogue)).toMatchObject({ new: 3, changed: 0, rejected: 0 });
    expect(await all()).toMatchObject([
      {
        name: 'GTX Basic',
        seriesName: 'GTX',
        prices: [{ billing: 'once', price: { amount: 55_000, currency: 'USD' } }],
      },
      { name: 'GTX Pro', seriesName: 'GTX', prices: [{ price: { amount: 482_100 }, startsOn: null, endsOn: null }] },
      { name: 'MG Special', seriesName: 'MG' },
    ]);
    expect(await bring('products.csv', catalogue)).toMatchObject({ new: 0, changed: 0, same: 3, rejected: 0 });
  });

  it('with a new price without a day ends the old price yesterday', async () => {
    t.setTime('2026-03-01T09:00:00Z');
    await bring('products.csv', catalogue);
    expect(await bring('products.csv', catalogue.replace('4821', '5000'))).toMatchObject({ changed: 1, same: 2 });
    const pro = (await all()).find((p) => p.name === 'GTX Pro')!;
    expect(pro.prices).toMatchObject([
      { price: { amount: 482_100 }, startsOn: null, endsOn: '2026-02-28' },
      { price: { amount: 500_000 }, startsOn: '2026-03-01', endsOn: null },
    ]);
    t.setTime(null);
  });
});

describe('a price list with a column a currency', () => {
  const list =
    'Product,SKU,Price EUR,Price USD,List price (GBP),Currency,Purchase price USD\nGold,G1,100,110,90,EUR,1\nSilver,S1,50,,45,EUR,1\n';
  const prices = async () =>
    (await all()).map((p) => [p.name, ...p.prices.map(({ price }) => `${price.currency} ${price.amount}`).sort()]);

  it('gives every product a list price in each of them; a column of the row’s currency has nothing to say', async () => {
    const both = [
      ['Gold', 'EUR 10000', 'GBP 9000', 'USD 11000'],
      ['Silver', 'EUR 5000', 'GBP 4500'],
    ];
    expect(await bring('price list.csv', list)).toMatchObject({ entity: 'products', new: 2, rejected: 0 });
    expect(await prices()).toEqual(both);
    expect(await bring('price list.csv', list)).toMatchObject({ new: 0, changed: 0, same: 2 });
    expect(await bring('price list.csv', list.replace('45', '46'))).toMatchObject({ changed: 1, same: 1 });
    await bring('Preisliste.csv', 'Artikelnummer;Bezeichnung;EUR;CHF\nZ9;Wartung;1.100,00;1.050,50\n');
    expect((await prices()).at(-1)).toEqual(['Wartung', 'CHF 105050', 'EUR 110000']);
  });

  it('loses only the row in which a price is below zero', async () => {
    const done = await bring('price list.csv', list.replace('110', '-110'));
    expect(done).toMatchObject({ new: 1, rejected: 1 });
    expect(done.reasons[0]).toMatchObject({ column: 'Price USD', message: 'A list price is not below zero.' });
  });
});

describe('a unit that is a time', () => {
  it('says how often the price is paid', async () => {
    await bring(
      'Preisliste.csv',
      'Artikelnummer;Bezeichnung;Einheit;Listenpreis\n1;Lizenz;Monat;100,00\n2;Schulung;Stück;900,00\n',
    );
    expect(await all()).toMatchObject([
      { name: 'Lizenz', kind: 'recurring', prices: [{ billing: 'month', price: { amount: 10_000 } }] },
      { name: 'Schulung', kind: 'one_off', prices: [{ billing: 'once' }] },
    ]);
  });
});

describe('names and codes of other products', () => {
  it('are rejected row by row, and the rest comes in', async () => {
    await bring('a.csv', 'Product code,Product name,List price\nA1,Suite,5\nA2,Setup,6\n');
    const done = await bring('b.csv', 'Product code,Product name,List price\nB1,Suite,7\nB2,Other,8\n');
    expect(done).toMatchObject({ new: 1, rejected: 1 });
    expect(done.reasons[0]).toMatchObject({
      row: 2,
      column: 'Product name',
      message:
        'Another product has this name, and the code “A1”. Give one of them another name, or both the same code.',
    });
    await bring('crm_products.csv', 'Product id,Product name,Product code\nX1,Third,C1\n');
    const taken = await bring('crm_products.csv', 'Product id,Product name,Product code\nX1,Third,A2\n');
    expect(taken).toMatchObject({ rejected: 1, reasons: [{ row: 2, message: 'The product “Setup” has this code.' }] });
  });
});

describe('a price list', () => {
  it('has several rows a product: currencies, periods and days; dirty rows are named', async () => {
    const list = [
      'Product code,Product name,Currency,List price,Billing period,Valid from,Valid to',
      'S1,Suite,EUR,100,monthly,2025-01-01,',
      'S1,Suite,EUR,110,monthly,2026-01-01,',
      'S1,Suite,USD,120,monthly,2025-01-01,',
      'S2,Setup,EUR,900,one time,,',
      'S3,Broken,EUR,-5,monthly,,',
      'S3,Broken,EUR,5,monthly,2026-02-01,2026-01-01',
      'S1,Suite,EUR,111,monthly,2026-01-01,',
    ].join('\n');
    const done = await bring('price list.csv', list);
    expect(done).toMatchObject({ entity: 'products', new: 2, rejected: 3 });
    expect(done.reasons.map((r) => [r.row, r.column])).toEqual(
      expect.arrayContaining([
        [6, 'List price'],
        [7, 'Valid to'],
        [8, 'List price'],
      ]),
    );
    const [setup, suite] = await all();
    expect(setup).toMatchObject({ code: 'S2', kind: 'one_off', prices: [{ billing: 'once' }] });
    expect(suite).toMatchObject({
      code: 'S1',
      kind: 'recurring',
      prices: [
        { price: { amount: 10_000, currency: 'EUR' }, startsOn: '2025-01-01', endsOn: '2025-12-31' },
        { price: { amount: 11_000, currency: 'EUR' }, startsOn: '2026-01-01', endsOn: null },
        { price: { amount: 12_000, currency: 'USD' }, startsOn: '2025-01-01', endsOn: null },
      ],
    });
    expect(await bring('price list.csv', list)).toMatchObject({ new: 0, changed: 0 });
  });
});

describe('a name in a file', () => {
  /** What an importer of another room does with rows that name products. */
  const refer = (names: string[], write = true) =>
    t.building.database.as(
      { workspaceId: head.workspaceId, memberId: head.memberId, level: 'all', label: 'test' },
      async (tx) => {
        await sql`create temp table import_stage (n int, product text) on commit drop`.execute(tx);
        await sql`create temp table import_made (entity text, file int, system text, external_id text, name text, id uuid) on commit drop`.execute(
          tx,
        );
        await sql`insert into import_stage select row_number() over (), x from unnest(${names}::text[]) x`.execute(tx);
        await resolveProductRefs(tx, { system: 'crm' }, { name: 'product' });
        const { rows } = await sql<{ product: string; found: string | null; problem: string | null }>`
        select s.product, p.name as found, r.problem from import_stage s join pg_temp.import_product_ref r on r.key = ${productRefKey({ name: 'product' })}
        left join product p on p.id = r.product_id order by s.n`.execute(tx);
        if (write) await productsSeen(tx, { importId: crypto.randomUUID() });
        return rows;
      },
    );
  const unknown = async (query: { dismissed?: string } = {}) => (await t.ok(head, api.listUnknown, { query })).items;

  it('finds a product by code, name in any case, or confirmed other name; one that is only alike is asked about once', async () => {
    await bring('products.csv', catalogue);
    const first = await refer(['gtx  basic', 'GTXPro', 'GTXPro', 'Nothing']);
    expect(first.map((r) => r.found)).toEqual(['GTX Basic', null, null, null]);
    expect(first[1]!.problem).toBe('There is no product “GTXPro”; perhaps “GTX Pro”: confirm it once under Products.');
    expect(await unknown()).toMatchObject([
      { name: 'GTXPro', seen: 2, suggestion: { name: 'GTX Pro' } },
      { name: 'Nothing', seen: 1, suggestion: null },
    ]);
    const [gtx, nothing] = await unknown();
    const confirmed = await t.ok(head, api.confirmName, { params: { id: gtx!.id }, body: {} });
    expect(confirmed).toMatchObject({ productName: 'GTX Pro', alias: 'GTXPro' });
    expect((await t.call(head, api.confirmName, { params: { id: nothing!.id }, body: {} })).problem.code).toBe(
      'no_suggestion',
    );
    await t.ok(head, api.dismissName, { params: { id: nothing!.id } });
    const again = await refer(['gtxpro', 'Nothing']);
    expect(again.map((r) => r.found)).toEqual(['GTX Pro', null]);
    expect(await unknown(), 'what was answered is not asked again').toEqual([]);
    expect(await unknown({ dismissed: 'true' })).toMatchObject([{ name: 'Nothing' }]);
  });

  it('that two products could mean is not suggested', async () => {
    await t.ok(head, api.createProduct, { body: { name: 'Data Hub' } });
    await t.ok(head, api.createProduct, { body: { name: 'Data-Hub' } });
    expect(await refer(['DataHub'])).toMatchObject([{ found: null, problem: 'There is no product “DataHub”.' }]);
  });

  it('waits no longer once a product with this name is added', async () => {
    await refer(['New thing']);
    expect(await unknown()).toHaveLength(1);
    await t.ok(head, api.createProduct, { body: { name: 'New Thing' } });
    expect(await unknown()).toEqual([]);
  });
});
