// Columns of the portfolio that other rooms fill: when to act, what is committed, what could still be sold; on the page and in its export.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { pathOf } from '../../../kernel/contract/route.ts';
import { createAccount } from '../../accounts/api.ts';
import { accountColumnValues, listAccountColumns } from '../../accounts/api-columns.ts';
import { createContract } from '../../contracts/api.ts';
import { putCell } from '../../growth/api.ts';
import { createOpportunity } from '../../pipeline/api.ts';
import { createProduct } from '../../products/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  t.setTime('2026-02-10T12:00:00Z');
  head = await t.workspace('Columns');
  kam = await t.member('kam', { in: head });
});
afterAll(() => t.close());

const column = ['noticeBy', 'nextCall', 'openWhitespace'];
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('the portfolio', () => {
  it('shows notice, commit and whitespace of the accounts that the reader sees', async () => {
    const mine = await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.memberId } });
    const other = await t.ok(head, createAccount, { body: { name: 'Globex' } });
    for (const { id: accountId } of [mine, other]) {
      await t.ok(head, createContract, {
        body: {
          accountId,
          name: 'Frame',
          currency: 'EUR',
          startsOn: '2025-07-01',
          endsOn: '2026-06-30',
          autoRenews: true,
          noticeDays: 90,
          lines: [{ description: 'Seats', unitPriceMinor: 1000 }],
        },
      });
      const deal = { accountId, type: 'upsell' as const, closesOn: '2026-03-31' };
      await t.ok(head, createOpportunity, {
        body: { ...deal, name: 'Sure', amount: eur(5000), category: 'commit' as const },
      });
      await t.ok(head, createOpportunity, {
        body: {
          ...deal,
          name: 'Next quarter',
          amount: eur(70_000),
          category: 'commit' as const,
          closesOn: '2026-04-01',
        },
      });
      await t.ok(head, createOpportunity, { body: { ...deal, name: 'Maybe', amount: eur(900) } });
    }
    const product = await t.ok(head, createProduct, { body: { name: 'Cloud' } });
    const place = { accountId: mine.id, unitId: null, productId: product.id, year: 2026 };
    await t.ok(head, putCell, { body: { ...place, potential: eur(40_000), version: null } });

    expect((await t.ok(head, listAccountColumns)).items.map((c) => [c.id, c.kind])).toEqual([
      ['noticeBy', 'day'],
      ['nextCall', 'money'],
      ['openWhitespace', 'money'],
    ]);
    const accountId = [mine.id, other.id];
    const seen = async (who: Person) => (await t.ok(who, accountColumnValues, { query: { column, accountId } })).items;
    const ofBoth = { noticeBy: '2026-04-01', nextCall: eur(5000) };
    expect(await seen(head)).toEqual([
      { accountId: mine.id, values: { ...ofBoth, openWhitespace: eur(40_000) } },
      { accountId: other.id, values: ofBoth },
    ]);
    expect(await seen(kam)).toEqual([
      { accountId: mine.id, values: { ...ofBoth, openWhitespace: eur(40_000) } },
      { accountId: other.id, values: {} },
    ]);
    const bad = await t.call(head, accountColumnValues, { query: { column, accountId: [] } as never });
    expect([bad.status, bad.problem?.fields?.[0]?.field]).toEqual([422, 'accountId']);
  });

  it('leaves them in an export where they were shown, and out of one that is to come back', async () => {
    const text = async (columns?: string[]) => {
      const url = pathOf(api.exportAccounts, undefined, { sort: 'name', ...(columns ? { columns } : {}) });
      const answer = await t.app.inject({ url, headers: { authorization: `Bearer ${head.key}` } });
      return answer.body.replace('\ufeff', '').trim().split('\r\n');
    };
    expect(await text(['name', 'noticeBy', 'openWhitespace'])).toEqual([
      'Name,Notice by,Open whitespace,Open whitespace currency',
      'Acme,2026-04-01,400.00,EUR',
      'Globex,2026-04-01,,',
    ]);
    expect((await text())[0]).not.toContain('Notice by');
  });
});
