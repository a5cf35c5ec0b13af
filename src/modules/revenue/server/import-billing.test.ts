// Subscriptions as billing systems export them, through the import room: units and cents, prices of one, what ends when, what is flagged.
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
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-billing-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Billing', { currency: 'USD' });
  await bring('crm_accounts.csv', 'Account Id,Account Name', 'A1,Acme', 'B2,Globex', 'C3,Initech');
});

async function bring(name: string, ...lines: string[]): Promise<CliImport> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return runImportFromCli(t.building.services, head, [at], {});
}
async function subscriptions(): Promise<string[]> {
  const { rows } = await t.building.database.system((_tx, client) =>
    client.query(
      `select concat_ws(' ', a.name, s.arr_minor, s.currency, s.starts_on, '–', s.ends_on) as line from subscription s
       join account a on a.workspace_id = s.workspace_id and a.id = s.account_id where s.workspace_id = $1 order by 1`,
      [head.workspaceId],
    ),
  );
  return rows.map((r) => r.line);
}
const notes = async (done: CliImport) =>
  (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items.map((n) => [n.row, n.code]);

describe('exports of billing systems', () => {
  it.each([
    {
      system: 'cents, seconds since 1970, a price of one, three months',
      name: 'stripe_subscriptions.csv',
      lines: [
        'id,customer_name,status,currency,plan_interval,plan_interval_count,plan_amount_in_cents,quantity,start_date,ended_at,cancel_at_period_end,current_period_end',
        'sub_1,Acme,active,usd,month,3,30000,2,1717236000,,false,1767225600',
        'sub_2,Globex,canceled,usd,year,1,120000,1,1714557600,1746093600,false,1746093600',
      ],
      is: ['Acme 240000 USD 2024-06-01 –', 'Globex 120000 USD 2024-05-01 – 2025-05-01'],
    },
    {
      system: 'cancelled as of the end of the period; a day of cancelling is not the end',
      name: 'subscriptions.csv',
      lines: [
        'id,Customer Description,Plan,Currency,Interval,Amount,Status,Start Date (UTC),Current Period End (UTC),Cancel At Period End,Canceled At (UTC),Ended At (UTC)',
        'sub_1,Acme,gold,usd,month,50.00,active,2024-06-01 10:00,2025-12-15 10:00,true,2025-11-20 10:00,',
        'sub_2,Globex,gold,usd,year,1200.00,canceled,2024-05-01 10:00,2026-05-01 10:00,false,2025-04-12 09:00,2025-05-01 10:00',
      ],
      is: ['Acme 60000 USD 2024-06-01 – 2025-12-15', 'Globex 120000 USD 2024-05-01 – 2025-05-01'],
    },
    {
      system: 'terms that are not renewed, ids of accounts, names with the table in front',
      name: 'Subscriptions.csv',
      lines: [
        'subscriptions.id,customers.id,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.plan_unit_price,subscriptions.billing_period,subscriptions.billing_period_unit,subscriptions.currency_code,subscriptions.status,subscriptions.start_date,subscriptions.current_term_end,subscriptions.cancelled_at,subscriptions.mrr',
        'cb1,A1,gold-monthly,10,12.50,1,month,USD,active,2024-03-15T00:00:00+00:00,2025-12-15T00:00:00+00:00,,125.00',
        'cb2,B2,gold-yearly,1,600.00,1,year,USD,cancelled,2023-03-15T00:00:00+00:00,2025-03-15T00:00:00+00:00,2025-03-15T00:00:00+00:00,0',
        'cb3,C3,gold-yearly,1,600.00,1,year,USD,non_renewing,2024-03-15T00:00:00+00:00,2027-03-15T00:00:00+00:00,,50',
      ],
      is: [
        'Acme 150000 USD 2024-03-15 –',
        'Globex 60000 USD 2023-03-15 – 2025-03-15',
        'Initech 60000 USD 2024-03-15 – 2027-03-15',
      ],
    },
    {
      system: 'how often an interval, paused on a day',
      name: 'paddle-subscriptions.csv',
      lines: [
        'subscription_id,customer_name,status,currency_code,product_name,unit_price,quantity,billing_cycle_interval,billing_cycle_frequency,started_at,canceled_at,paused_at',
        'sub_1,Acme,active,USD,Suite,1000.00,1,year,1,2024-01-10T09:00:00Z,,',
        'sub_2,Globex,canceled,USD,Suite,99.00,2,month,1,2024-04-10T09:00:00Z,2025-08-10T09:00:00Z,',
        'sub_3,Initech,paused,USD,Suite,99.00,1,month,6,2024-04-10T09:00:00Z,,2025-05-10T09:00:00Z',
      ],
      is: [
        'Acme 100000 USD 2024-01-10 –',
        'Globex 237600 USD 2024-04-10 – 2025-08-10',
        'Initech 19800 USD 2024-04-10 – 2025-05-10',
      ],
    },
    {
      system: 'prices in cents, an interval of twelve months, a month’s revenue of 0 once it is over',
      name: 'maxio_subscriptions.csv',
      lines: [
        'Subscription ID,Customer Organization,Product Name,Product Price in cents,Product Interval,Product Interval Unit,State,MRR in cents,Currency,Activated At,Canceled At',
        '101,Acme,Gold,12000,12,month,active,1000,USD,2024-06-01 00:00:00 -0500,',
        '102,Globex,Gold,5000,1,month,canceled,0,USD,2024-06-01 00:00:00 -0500,2025-03-15 00:00:00 -0500',
      ],
      is: ['Acme 12000 USD 2024-06-01 –', 'Globex 60000 USD 2024-06-01 – 2025-03-15'],
    },
    {
      system: 'a list by hand: a day of cancelling and no status, names under “Account”',
      name: 'MRR list.csv',
      lines: [
        'Account,Product,Seats,Price per seat,Billing,Start date,Cancelled on',
        'Acme,Gold,10,$9.99,Monthly,2024-01-31,',
        'Globex,Gold,5,$99,Annual,2024-02-29,2025-02-28',
        'Initech,Gold,5,$30,Quarterly,2024-02-29,',
      ],
      is: [
        'Acme 119880 USD 2024-01-31 –',
        'Globex 49500 USD 2024-02-29 – 2025-02-28',
        'Initech 60000 USD 2024-02-29 –',
      ],
    },
    {
      system: 'fields of a package, ended before their end',
      name: 'SBQQ__Subscription__c.csv',
      lines: [
        'Id,Name,SBQQ__Account__c,SBQQ__Product__c,SBQQ__Quantity__c,SBQQ__NetPrice__c,SBQQ__BillingFrequency__c,SBQQ__StartDate__c,SBQQ__EndDate__c,SBQQ__TerminatedDate__c,CurrencyIsoCode',
        'a0X1,SUB-1,A1,Gold,3,100,Annual,2024-01-01,2026-12-31,,USD',
        'a0X2,SUB-2,B2,Gold,1,10,Monthly,2024-01-01,2026-12-31,2025-06-30,USD',
      ],
      is: ['Acme 30000 USD 2024-01-01 – 2026-12-31', 'Globex 12000 USD 2024-01-01 – 2025-06-30'],
    },
    {
      system: 'yen, in Japanese; a price and a quantity; two years',
      name: 'subscriptions.csv',
      lines: [
        '顧客,プラン,価格,数量,通貨,Billing,開始日,終了日',
        'Acme,Gold,12000,2,JPY,monthly,2024-01-01,',
        'Globex,Gold,2400,1,JPY,2 years,2024-01-01,2026-01-01',
      ],
      is: ['Acme 288000 JPY 2024-01-01 –', 'Globex 1200 JPY 2024-01-01 – 2026-01-01'],
    },
  ])('$system', async ({ name, lines, is }) => {
    const done = await bring(name, ...lines);
    expect(done.files, JSON.stringify(done.files)).toMatchObject([{ entity: 'subscriptions', rejected: 0 }]);
    expect(await subscriptions()).toEqual(is);
    expect((await bring(name, ...lines)).files).toMatchObject([{ new: 0, changed: 0, same: is.length }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await subscriptions()).toEqual([]);
  });

  it('flag what they leave open: ends without a day, pauses, amounts beside quantities, cancelled and active at once', async () => {
    const done = await bring(
      'subs.csv',
      'subscription_id,account_id,plan,quantity,amount,interval,currency,status,start_date,canceled_at,end_date',
      '1,A1,Gold,1,100,month,USD,paused,2024-01-01,,',
      '2,A1,Gold,3,100,month,USD,active,2024-01-01,,',
      '3,B2,Gold,1,100,month,USD,canceled,2024-01-01,,',
      '4,B2,Gold,1,100,month,USD,active,2024-01-01,2024-05-01,',
      '5,C3,Gold,1,100,month,USD,trialing,2024-01-01,,',
    );
    expect(done.files).toMatchObject([{ new: 5, rejected: 0 }]);
    expect(await notes(done)).toEqual([
      [2, 'paused_without_day'],
      [3, 'amount_of_all'],
      [4, 'ended_without_day'],
      [5, 'cancelled_and_active'],
      [6, 'trial_with_amount'],
    ]);
  });
});
