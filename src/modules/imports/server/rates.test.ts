// Exchange rates come in like any other list: wide as the European Central Bank writes them, or one a row.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import * as settingsApi from '../../settings/api.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';
import { takeUp, work } from './work.ts';

let t: TestApp;
let head: Person;
let dir: string;
beforeAll(async () => {
  t = await openTestApp();
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-rates-'));
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Exchange');
});
const file = async (name: string, ...lines: string[]) => {
  const at = path.join(await mkdtemp(path.join(dir, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
};
const run = (files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, head, files, options);
const rates = async (currency: string, base = 'EUR') => {
  const { items } = await t.ok(head, settingsApi.listRates, { query: { base, currency, limit: 100 } });
  return items.map((r) => [r.on, Number(r.rate)]);
};
const put = (currency: string, on: string, rate: string) =>
  t.ok(head, settingsApi.putRate, { body: { base: 'EUR', currency, on, rate } });
const undo = async (id: string) => {
  await t.ok(head, api.undoImport, { params: { id } });
  await takeUp(t.building.services, 0);
  await work(t.building.services, head.workspaceId, id, new AbortController().signal);
  return (await t.ok(head, api.getImport, { params: { id } })).undo;
};
const WIDE = ['Date,USD,JPY,GBP,', '2026-04-13,1.1684,186.75,N/A,', '2026-04-10,1.1711,186.43,0.87105,'];

describe('a list of exchange rates', () => {
  it('with a column for each currency is recognised, brought in once, and taken back', async () => {
    const list = await file('eurofxref-hist.csv', ...WIDE);
    const done = await run([list]);
    expect(done).toMatchObject({ exitCode: 0, files: [{ entity: 'exchange-rates', new: 2, rejected: 0 }] });
    expect(await rates('USD')).toEqual([
      ['2026-04-13', 1.1684],
      ['2026-04-10', 1.1711],
    ]);
    expect(await rates('GBP')).toEqual([['2026-04-10', 0.87105]]);
    expect((await run([list])).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
    expect(await undo(done.id)).toMatchObject({ removed: 2, restored: 0, kept: [] });
    expect(await rates('USD')).toEqual([]);
  });

  it('leaves what a person entered, and its undo leaves what a person entered since', async () => {
    await put('USD', '2026-04-13', '1.5');
    await run([await file('rates.csv', 'Date,USD,JPY', '2026-04-13,1.1,180')]);
    expect(await rates('USD')).toEqual([['2026-04-13', 1.5]]);
    const done = await run([await file('rates.csv', 'Date,USD,JPY', '2026-04-13,1.1,190', '2026-04-14,1.2,191')]);
    expect(done.files).toMatchObject([{ new: 1, changed: 1 }]);
    await put('JPY', '2026-04-14', '200');
    expect(await undo(done.id)).toMatchObject({
      removed: 1,
      restored: 1,
      kept: [{ reason: '1 rates were changed since.' }],
    });
    expect(await rates('JPY')).toEqual([
      ['2026-04-14', 200],
      ['2026-04-13', 180],
    ]);
  });

  it('with one rate a row is read with its base, and what is no rate is said', async () => {
    const done = await run([
      await file(
        'rates.csv',
        'Date,From currency,To currency,Rate',
        '2026-01-02,USD,CHF,0.9',
        '2026-01-02,USD,CHF,0.8',
        '2026-01-03,USD,CHF,-1',
        '2026-01-04,USD,,1',
      ),
    ]);
    expect(done.files).toMatchObject([{ new: 1, rejected: 1 }]);
    expect(await rates('CHF', 'USD')).toEqual([['2026-01-02', 0.9]]);
    const notes = (await t.ok(head, api.importNotes, { params: { id: done.id } })).items;
    expect(notes.map((n) => [n.row, n.weight, n.code])).toEqual([
      [3, 'warn', 'duplicate'],
      [4, 'warn', 'not_positive'],
      [5, 'reject', 'no_rate'],
    ]);
  });

  const data = path.resolve(import.meta.dirname, '../../../../../shared/data/fx-ecb');
  it.skipIf(!existsSync(data))(
    'of the European Central Bank comes in whole (needs ../shared/data beside the project)',
    async () => {
      const done = await run([path.join(data, 'eurofxref-hist.csv')]);
      expect(done).toMatchObject({ exitCode: 0, files: [{ entity: 'exchange-rates', rejected: 0 }] });
      expect(done.files[0]!.new).toBeGreaterThan(6_000);
      expect((await rates('USD'))[0]).toEqual(['2026-04-13', 1.1684]);
      const daily = await run([path.join(data, 'eurofxref-daily-sample.csv')]);
      expect(daily.files, 'the sheet of the last day is in the history').toMatchObject([{ new: 0, same: 1 }]);
    },
    120_000,
  );
});

describe('rates whose currencies stand above the rows, in the name of the file, or in the names of columns', () => {
  const closing = ['Date,Open,High,Low,Close', '2026-01-22,1.09,1.12,1.08,1.105'];
  it.each([
    [
      'a line above',
      'rates.csv',
      ['Currency: EUR/USD', '', 'Date,Rate', '2026-01-22,1.105', '2026-01-23,1.107'],
      'EUR/USD 1.105',
    ],
    [
      'two lines above',
      'oanda.csv',
      ['Base Currency,EUR', 'Quote Currency,USD', 'End Date,Close', '2026-01-22,1.105'],
      'EUR/USD 1.105',
    ],
    [
      'two cells above, with bid, ask and mid',
      'oanda.csv',
      ['"Base currency: EUR","Quote currency: USD"', 'End Date,Bid,Ask,Mid', '01/22/2026,1.10,1.20,1.105'],
      'EUR/USD 1.105',
    ],
    [
      'the name of the file',
      'EUR_USD Historical Data.csv',
      ['"Date","Price","Open","Change %"', '"01/22/2026","1.105","1.1","0.1%"'],
      'EUR/USD 1.105',
    ],
    ['a symbol as name', 'EURUSD=X.csv', closing, 'EUR/USD 1.105'],
    ['a symbol in small letters', 'eurusd_d.csv', closing, 'EUR/USD 1.105'],
    ['columns of pairs', 'fx.csv', ['Date,EUR/USD,USD/JPY', '2026-01-22,1.105,155.2'], 'EUR/USD 1.105 USD/JPY 155.2'],
    [
      'a column of pairs',
      'fx.csv',
      ['Datum;Pair;Kurs', '22.01.2026;EURUSD;1,105', '22.01.2026;EUR/GBP;0,87'],
      'EUR/GBP 0.87 EUR/USD 1.105',
    ],
    [
      'the Bank of England',
      'Bank of England Database.csv',
      ['Date,"Spot exchange rate, US $ into Sterling","Spot exchange rate, Euro into Sterling"', '22 Jan 26,1.25,1.16'],
      'GBP/EUR 1.16 GBP/USD 1.25',
    ],
    [
      'the Federal Reserve, dollars for some and of others for the dollar',
      'FRB_H10.csv',
      [
        'Series Description,SPOT EXCHANGE RATE - EURO AREA,CANADA -- SPOT EXCHANGE RATE',
        'Unit:,Currency:_Per_EUR,Currency:_Per_USD',
        'Multiplier:,1,1',
        'Currency:,USD,CAD',
        'Time Period,RXI$US_N.B.EU,RXI_N.B.CA',
        '2026-01-22,1.105,1.35',
        '2026-01-23,ND,ND',
      ],
      'EUR/USD 1.105 USD/CAD 1.35',
    ],
    [
      'its research database',
      'fred.csv',
      ['observation_date,DEXUSEU,DEXJPUS', '2026-01-22,1.105,155.2'],
      'EUR/USD 1.105 USD/JPY 155.2',
    ],
    [
      'the data portal of the European Central Bank',
      'data.csv',
      [
        'KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,TIME_PERIOD,OBS_VALUE',
        'EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,2026-01-22,1.105',
        'EXR.D.GBP.EUR.SP00.A,D,GBP,EUR,SP00,2026-01-22,0.87',
      ],
      'EUR/USD 1.105',
    ],
  ])('%s', async (_what, name, lines, expected) => {
    const list = await file(name, ...lines);
    const done = await run([list]);
    expect(done).toMatchObject({ exitCode: 0, files: [{ entity: 'exchange-rates', rejected: 0 }] });
    const all = expected.match(/\S+\/\S+ \S+/g) ?? [];
    for (const one of all) {
      const [, base, currency, rate] = /^(...)\/(...) (.+)$/.exec(one)!;
      expect(await rates(currency!, base), one).toContainEqual(['2026-01-22', Number(rate)]);
    }
    expect((await run([list])).files).toMatchObject([{ new: 0, changed: 0, rejected: 0 }]);
    expect(await undo(done.id)).toMatchObject({ kept: [] });
    expect((await t.ok(head, settingsApi.listRates, { query: { base: 'EUR', currency: 'USD' } })).items).toEqual([]);
  });

  it('two currencies in the name of another list change nothing', async () => {
    const done = await run(
      [await file('Accounts EUR-USD.csv', 'Account Name,Created date,Value', 'Acme,2026-01-22,5')],
      {
        dryRun: true,
      },
    );
    expect(done.files).toMatchObject([{ entity: 'accounts', new: 1 }]);
  });
});
