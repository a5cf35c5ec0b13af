// Subscriptions, invoices and payments through the import room: the raven files against an independent calculation, dirty rows, lists of
// other billing systems.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { listAccounts, summariseAccounts, updateAccount } from '../../accounts/api.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { runImportFromCli } from '../../imports/server/cli.ts';
import { takeUp, work } from '../../imports/server/work.ts';

const raven = path.resolve(import.meta.dirname, '../../../../../shared/data/ravenstack-saas');
let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-revenue-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Billing', { currency: 'USD' });
});

const run = (files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, head, files, options);
async function file(name: string, ...lines: string[]): Promise<string> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
}
const ask = (id: string, query: Record<string, unknown>, as = head) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });
const usd = (whole: number) => ({ amount: whole * 100, currency: 'USD' });
async function rowsOf(table: 'subscription' | 'invoice' | 'payment', columns: string): Promise<string[]> {
  const { rows } = await t.building.database.system((_tx, client) =>
    client.query(
      `select concat_ws(' ', a.name, ${columns}) as line from ${table} x join account a on a.workspace_id = x.workspace_id and a.id = x.account_id
       where x.workspace_id = $1 order by 1`,
      [head.workspaceId],
    ),
  );
  return rows.map((r) => r.line);
}
const accounts = () => file('shop_accounts.csv', 'Account Id,Account Name', 'A1,Acme', 'A2,Globex', 'A3,Initech');

describe.skipIf(!existsSync(raven))(
  'the subscriptions of a software company with 500 accounts (files absent: skipped)',
  () => {
    const files = ['accounts', 'subscriptions'].map((n) => path.join(raven, `ravenstack_${n}.csv`));

    it('agree with an independent calculation to the cent, for two periods, and for a manager of three accounts', async () => {
      const done = await run(files);
      expect(done).toMatchObject({
        exitCode: 0,
        files: [
          { entity: 'accounts', new: 500, rejected: 0 },
          { entity: 'subscriptions', new: 5000, rejected: 0 },
        ],
      });
      const year = { from: '2024-01-01', to: '2024-12-31' };
      expect(await ask('nrr', year)).toMatchObject({
        value: '2.903893',
        parts: { start: usd(1_283_540), accounts: 187, endTotal: usd(10_159_608) },
      });
      expect((await ask('grr', year)).value).toBe('0.995968');
      const half = { from: '2023-12-31', to: '2024-06-30' };
      expect(await ask('nrr', half)).toMatchObject({
        value: '1.936636',
        parts: { start: usd(1_262_113), accounts: 185 },
      });
      expect((await ask('grr', half)).value).toBe('0.992143');
      expect((await ask('mrr', { asOf: '2024-12-31' })).value).toEqual(usd(10_159_608));
      const months = await ask('mrr-movements', { ...year, groupBy: 'month' });
      for (const { parts } of [months, ...months.groups!]) {
        const of = (k: string) => (parts[k] as { amount: number }).amount;
        expect(of('start') + of('new') + of('reactivation') + of('expansion') - of('contraction') - of('churn')).toBe(
          of('end'),
        );
      }

      const kam = await t.member('kam', { in: head });
      await t.building.database.system((tx) =>
        sql`update account set owner_id = ${kam.memberId} where workspace_id = ${head.workspaceId}
        and id in (select account_id from subscription where workspace_id = ${head.workspaceId} and starts_on < '2023-06-01' and arr_minor > 0
                   group by 1 order by sum(arr_minor) desc limit 3)`.execute(tx),
      );
      const theirs = await ask('nrr', year, kam);
      expect(theirs.parts.accounts).toBe(3);
      const byOwner = await ask('nrr', { ...year, ownerId: kam.memberId });
      expect(theirs.value).toBe(byOwner.value);

      const again = await run(files);
      expect(again.files).toMatchObject([
        { new: 0, changed: 0, same: 500 },
        { new: 0, changed: 0, same: 5000 },
      ]);
    });
  },
);

describe('dirty rows', () => {
  it('are rejected or taken with a remark, never hidden; the rest comes in', async () => {
    await run([await accounts()]);
    const done = await run([
      await file(
        'subscriptions.csv',
        'subscription_id,account_id,start_date,end_date,plan,seats,mrr,arr,is_trial,currency',
        'S1,A1,2024-01-31,,Pro,5,100,1200,FALSE,USD',
        'S2,A1,2024-02-01,2024-01-01,Pro,5,100,1200,FALSE,USD',
        'S3,A9,2024-02-01,,Pro,5,100,1200,FALSE,USD',
        'S4,A2,2024-02-01,,Pro,5,-100,-1200,FALSE,USD',
        'S5,A2,2024-02-01,,Pro,5,100,1300,FALSE,USD',
        'S6,A2,2024-02-01,,Pro,5,40,480,TRUE,USD',
        'S7,A2,2024-02-01,,Pro,5,0,0,FALSE,USD',
        'S8,A3,2024-02-01,,Pro,5,100,1200,FALSE,EUR',
        'S1,A3,2024-02-01,,Pro,5,100,1200,FALSE,USD',
        'S10,A3,2024-02-01,,Pro,5,,,FALSE,USD',
        'S11,,2024-02-01,,Pro,5,100,1200,FALSE,USD',
      ),
    ]);
    expect(done.files[0]).toMatchObject({ entity: 'subscriptions', new: 5, rejected: 6 });
    const notes = (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items;
    expect(notes.map((n) => `${n.row} ${n.weight} ${n.code}`)).toEqual([
      '3 reject end_before_start',
      '4 reject no_account',
      '5 reject negative_amount',
      '6 warn amounts_disagree',
      '7 warn trial_with_amount',
      '8 warn no_price',
      '10 reject duplicate',
      '11 reject no_amount',
      '12 reject no_account',
    ]);
    expect(await rowsOf('subscription', 'x.source_id, x.arr_minor, x.currency, x.is_trial')).toEqual([
      'Acme S1 120000 USD f',
      'Globex S5 120000 USD f',
      'Globex S6 0 USD t',
      'Globex S7 0 USD f',
      'Initech S8 120000 EUR f',
    ]);
    const mrr = await ask('mrr', { asOf: '2024-03-01' });
    expect([mrr.value, mrr.warnings.map((w) => w.code)]).toEqual([usd(200), ['rate_missing']]);
  });

  it('accounts with an ARR of their own and their lines come again without a change, and go again altogether', async () => {
    const files = [
      await file(
        'accounts.csv',
        'Account Id,Account Name,ARR',
        'A1,Acme,"$900.00"',
        'A2,Globex,"$20.00"',
        'A3,Initech,"$7.00"',
      ),
      await file(
        'subscriptions.csv',
        'subscription_id,account_id,start_date,mrr',
        'S1,A1,2024-01-31,100',
        'S2,A2,2024-01-31,50',
      ),
    ];
    const arrOf = async () =>
      Object.fromEntries(
        (await t.ok(head, listAccounts, { query: { sort: 'name' } })).items.map((a) => [
          a.name,
          [a.arr?.amount, a.arrFromLines],
        ]),
      );
    const done = await run(files);
    expect(await arrOf()).toEqual({ Acme: [120_000, true], Globex: [60_000, true], Initech: [700, false] });
    const again = await run(files);
    expect(again.files.map((f) => [f.new, f.changed, f.same])).toEqual([
      [0, 0, 3],
      [0, 0, 2],
    ]);
    const [acme] = (await t.ok(head, listAccounts, { query: { q: 'Acme' } })).items;
    const refused = await t.call(head, updateAccount, { params: { id: acme!.id }, body: { arr: usd(25) } });
    expect([refused.status, refused.problem.fields?.[0]?.field]).toEqual([422, 'arr']);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect((await t.ok(head, listAccounts)).items).toEqual([]);
  });

  it('an import that is taken back leaves nothing, and the figures are as before', async () => {
    await run([await accounts()]);
    const [acme] = (await t.ok(head, listAccounts, { query: { q: 'Acme' } })).items;
    await t.ok(head, updateAccount, { params: { id: acme!.id }, body: { arr: usd(25) } });
    const done = await run([
      await file(
        'subscriptions.csv',
        'subscription_id,account_id,start_date,mrr',
        'S1,A1,2024-01-31,100',
        'S2,A2,2024-01-31,50',
      ),
    ]);
    expect((await ask('mrr', { asOf: '2024-03-01' })).value).toEqual(usd(150));
    expect((await t.ok(head, summariseAccounts)).arr, 'accounts have the ARR of their lines').toMatchObject(usd(1800));
    await t.ok(head, undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect((await ask('mrr', { asOf: '2024-03-01' })).value).toEqual(usd(0));
    expect((await t.ok(head, summariseAccounts)).arr, 'and again what was entered').toMatchObject(usd(25));
  });
});

// Headers as the systems write them, with two rows each; what a month brings, in whole units, worked out by hand.
const lists: [string, string[], string[]][] = [
  [
    'stripe_subscriptions.csv',
    [
      'id,Customer ID,Customer Description,Plan,Product,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)',
      'sub_1,A1,Acme,price_1,Pro,1,usd,month,100.00,active,2024-01-01 10:00,2024-01-01 10:00,2024-03-01 10:00,2024-04-01 10:00,,,,',
      'sub_2,A2,Globex,price_2,Pro,1,usd,year,1200.00,canceled,2024-01-01 10:00,2024-01-01 10:00,2024-01-01 10:00,2025-01-01 10:00,,,2024-02-01 00:00,2024-02-15 00:00',
      'sub_3,A3,Initech,price_1,Pro,1,usd,month,100.00,trialing,2024-02-20 10:00,2024-02-20 10:00,2024-02-20 10:00,2024-03-20 10:00,2024-02-20 10:00,2024-03-20 10:00,,',
    ],
    ['Acme 2024-01-01 - 100', 'Globex 2024-01-01 2024-02-15 100', 'Initech 2024-02-20 - 0'],
  ],
  [
    'chargebee_subscriptions.csv',
    [
      'Subscription Id,Customer Id,Customer Company,Plan Id,Plan Quantity,Plan Unit Price,Currency,Status,Created At,Started At,Cancelled At,Current Term Start,Current Term End,Billing Period,Billing Period Unit,MRR',
      'cb1,A1,Acme,pro-usd-monthly,2,50.00,USD,Active,2024-01-02 09:00:00,2024-01-02 09:00:00,,2024-03-02,2024-04-02,1,month,100.00',
      'cb2,A2,Globex,basic-usd-yearly,1,600.00,USD,Cancelled,2024-01-02 09:00:00,2024-01-02 09:00:00,2024-02-10 09:00:00,2024-01-02,2024-02-10,1,year,50.00',
    ],
    ['Acme 2024-01-02 - 100', 'Globex 2024-01-02 2024-02-10 50'],
  ],
  [
    'recurly_subscriptions.csv',
    [
      'subscription_id,account_code,plan_code,plan_name,state,quantity,unit_amount,currency,activated_at,canceled_at,expires_at,plan_interval_unit',
      'r1,A1,pro,Pro,active,3,20.00,USD,2024-01-05 00:00:00 UTC,,,months',
      'r2,A2,pro,Pro,expired,1,240.00,USD,2024-01-05 00:00:00 UTC,2024-02-01 00:00:00 UTC,2024-02-20 00:00:00 UTC,years',
    ],
    ['Acme 2024-01-05 - 60', 'Globex 2024-01-05 2024-02-20 20'],
  ],
  [
    'Zuora subscriptions.csv',
    [
      'Subscription: Name,Account: Account Number,Account: Name,Product: Name,Rate Plan Charge: Name,Rate Plan Charge: Quantity,Rate Plan Charge: MRR,Rate Plan Charge: Effective Start Date,Rate Plan Charge: Effective End Date,Account: Currency',
      'A-S001,A1,Acme,Cloud,Cloud seats,10,500,01/15/2024,,USD',
      'A-S002,A2,Globex,Cloud,Cloud seats,10,500,01/15/2024,02/20/2024,USD',
    ],
    ['Acme 2024-01-15 - 500', 'Globex 2024-01-15 2024-02-20 500'],
  ],
  [
    'maxio-subscriptions.csv',
    [
      'Subscription ID,Customer ID,Organization,Product,State,MRR,Activated At,Canceled At,Expires At',
      '9001,A1,Acme,Team,active,80.00,2024-01-10 08:00:00,,',
      '9002,A2,Globex,Team,canceled,80.00,2024-01-10 08:00:00,2024-02-02 08:00:00,',
    ],
    ['Acme 2024-01-10 - 80', 'Globex 2024-01-10 2024-02-02 80'],
  ],
  [
    'paddle_subscriptions.csv',
    [
      'subscription_id,customer_id,product_name,price_name,status,currency_code,unit_price,quantity,billing_interval,started_at,canceled_at',
      'sub_01h,A1,Pro,Pro yearly,active,USD,1200.00,1,year,2024-01-03T10:00:00Z,',
      'sub_02h,A2,Pro,Pro monthly,canceled,USD,10.00,4,month,2024-01-03T10:00:00Z,2024-02-03T10:00:00Z',
    ],
    ['Acme 2024-01-03 - 100', 'Globex 2024-01-03 2024-02-03 40'],
  ],
  [
    'Abos.csv',
    [
      'Kunde;Produkt;Menge;Jahresbetrag;Währung;Beginn;Ende',
      'Acme;Wartung;1;1.200,00;USD;31.01.2024;',
      'Globex;Wartung;1;600,00;USD;31.01.2024;29.02.2024',
    ],
    ['Acme 2024-01-31 - 100', 'Globex 2024-01-31 2024-02-29 50'],
  ],
  [
    'mrr list.csv',
    [
      'Customer,Plan,Monthly recurring revenue,Start date,End date',
      'Acme,Gold,250,2024-01-31,',
      'Globex,Silver,99.5,2024-01-31,2024-03-31',
    ],
    ['Acme 2024-01-31 - 250', 'Globex 2024-01-31 2024-03-31 99.5'],
  ],
];
describe('lists of billing systems and lists kept by hand', () => {
  it.each(lists)('%s means what it says', async (name, lines, expected) => {
    await run([await accounts()]);
    const done = await run([await file(name, ...lines)]);
    expect(done, JSON.stringify(done.files)).toMatchObject({ exitCode: 0, problem: null });
    expect(done.files[0]).toMatchObject({ entity: 'subscriptions', rejected: 0, new: lines.length - 1 });
    expect(
      await rowsOf('subscription', "x.starts_on, coalesce(x.ends_on::text, '-'), trim_scale(x.arr_minor / 1200.0)"),
    ).toEqual(expected);
  });
});

describe('invoices and payments', () => {
  it('come in with their remarks, find each other by number, and the recurring ones speak for accounts without subscriptions', async () => {
    const done = await run([
      await accounts(),
      await file(
        'invoices.csv',
        'Invoice Number,Account Id,Invoice Date,Due Date,Amount,Currency,Status,Recurring,Period Start,Period End',
        'R-1,A1,2024-01-01,2024-01-31,300,USD,paid,yes,2024-01-01,2024-03-31',
        'R-2,A2,2024-01-01,2024-01-31,1200,USD,open,yes,2024-01-01,2024-12-31',
        'R-3,A2,2024-02-01,2024-01-01,-50,USD,open,no,,',
        'R-1,A3,2024-01-01,2024-01-31,300,USD,paid,no,,',
        'R-5,A9,2024-01-01,2024-01-31,300,USD,paid,no,,',
      ),
    ]);
    expect(done.files[1], JSON.stringify(done.files)).toMatchObject({ entity: 'invoices', new: 3, rejected: 2 });
    const paid = await run([
      await file(
        'payments.csv',
        'Payment Id,Invoice Number,Payment Date,Amount Paid,Currency,Payment Method',
        'P1,R-1,2024-02-01,300,USD,Wire',
        'P2,R-2,2024-02-02,200,USD,Card',
        'P3,R-77,2024-02-02,200,USD,Card',
      ),
    ]);
    expect(paid.files[0], JSON.stringify(paid.files)).toMatchObject({ entity: 'payments', new: 2, rejected: 1 });
    expect(await rowsOf('payment', 'x.amount_minor, x.method')).toEqual(['Acme 30000 Wire', 'Globex 20000 Card']);
    expect((await ask('mrr', { asOf: '2024-02-15' })).value).toEqual(usd(200));
    // Once Acme has a subscription, its invoices no longer speak for it.
    await run([await file('subscriptions.csv', 'subscription_id,account_id,start_date,mrr', 'S1,A1,2024-01-31,70')]);
    expect((await ask('mrr', { asOf: '2024-02-15' })).value).toEqual(usd(170));
  });
});
