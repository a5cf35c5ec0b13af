// The products room through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head');
});
afterAll(() => t.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('the catalogue', () => {
  it('keeps a product with its series, cost and unit, and shows it again', async () => {
    const series = await t.ok(head, api.createSeries, { body: { name: 'GTX' } });
    const made = await t.ok(head, api.createProduct, {
      body: { name: 'GTX Pro', code: 'G-1', seriesId: series.id, unitName: 'seat', deliveryCostShare: 0.25 },
    });
    expect(await t.ok(head, api.getProduct, { params: { id: made.id } })).toMatchObject({
      name: 'GTX Pro',
      seriesName: 'GTX',
      unitName: 'seat',
      kind: 'recurring',
      deliveryCostShare: 0.25,
      deliveryCost: null,
      version: 1,
      can: { update: true },
    });
    const changed = await t.ok(head, api.updateProduct, {
      params: { id: made.id },
      body: { version: 1, deliveryCost: eur(500) },
    });
    expect([changed.deliveryCostShare, changed.deliveryCost, changed.version]).toEqual([null, eur(500), 2]);
    expect((await t.ok(head, api.listSeries)).items).toMatchObject([{ name: 'GTX', products: 1 }]);
    await t.ok(head, api.removeSeries, { params: { id: series.id } });
    expect((await t.ok(head, api.getProduct, { params: { id: made.id } })).seriesId).toBeNull();
  });

  it('never lets the second of two editors overwrite the first', async () => {
    const { id } = await t.ok(head, api.createProduct, { body: { name: 'Edited twice' } });
    await t.ok(head, api.updateProduct, { params: { id }, body: { version: 1, description: 'first' } });
    const late = await t.call(t.admin, api.updateProduct, {
      params: { id },
      body: { version: 1, description: 'second' },
    });
    expect([late.status, late.problem.code]).toEqual([409, 'version_conflict']);
    expect(late.problem.current).toMatchObject({ description: 'first' });
  });

  it('has one product in use of each name and code, whatever the case; archived ones make room', async () => {
    const first = await t.ok(head, api.createProduct, { body: { name: 'Éclair', code: 'E1' } });
    expect((await t.call(head, api.createProduct, { body: { name: 'eclair' } })).problem.code).toBe('duplicate_name');
    expect((await t.call(head, api.createProduct, { body: { name: 'Other', code: 'e1' } })).problem.code).toBe(
      'duplicate_code',
    );
    await t.ok(head, api.archiveProduct, { params: { id: first.id } });
    await t.ok(head, api.createProduct, { body: { name: 'Eclair' } });
    expect((await t.call(head, api.restoreProduct, { params: { id: first.id } })).problem.code).toBe('duplicate_name');
    const q = { q: 'ECLAIR' };
    expect((await t.ok(head, api.listProducts, { query: q })).items.map((p) => p.name)).toEqual(['Eclair']);
    expect((await t.ok(head, api.listProducts, { query: { ...q, archived: 'true' } })).items).toMatchObject([
      { id: first.id },
    ]);
  });

  it('is read by everybody and changed by admins and heads', async () => {
    const kam = await t.member('kam');
    expect((await t.ok(kam, api.listProducts)).items.length).toBeGreaterThan(0);
    expect((await t.call(kam, api.createProduct, { body: { name: 'Mine' } })).status).toBe(403);
  });

  it('gives pages that join without gap or repetition', async () => {
    const w = await t.workspace('Pages');
    for (const n of [3, 1, 2, 5, 4]) await t.ok(w, api.createProduct, { body: { name: `P${n}` } });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(w, api.listProducts, { query: { limit: 2, cursor } });
      seen.push(...page.items.map((p) => p.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
  });
});

describe('list prices', () => {
  it('hold from one day to another, one a currency and billing; the new one follows the old one', async () => {
    t.setTime('2026-05-10T10:00:00Z');
    const { id } = await t.ok(head, api.createProduct, { body: { name: 'Priced' } });
    const params = { id };
    const add = (body: NonNullable<CallInput<typeof api.addPrice>['body']>) =>
      t.call(head, api.addPrice, { params, body });
    expect((await add({ billing: 'month', price: eur(1000) })).status).toBe(201);
    expect((await add({ billing: 'month', price: { amount: 1100, currency: 'USD' } })).status).toBe(201);
    expect((await add({ billing: 'year', price: eur(10_000) })).status).toBe(201);
    const clash = await add({ billing: 'month', price: eur(1200), startsOn: '2026-05-01' });
    expect([clash.status, clash.problem.code]).toEqual([409, 'price_overlaps']);
    const next = await add({ billing: 'month', price: eur(1200), startsOn: '2026-05-01', follows: true });
    expect(next.body.prices.filter((p) => p.price.currency === 'EUR' && p.billing === 'month')).toMatchObject([
      { price: eur(1000), startsOn: null, endsOn: '2026-04-30' },
      { price: eur(1200), startsOn: '2026-05-01', endsOn: null },
    ]);
    const { items } = await t.ok(head, api.listProducts, { query: { q: 'Priced' } });
    expect(items[0]!.prices).toEqual([
      { billing: 'month', price: eur(1200) },
      { billing: 'year', price: eur(10_000) },
      { billing: 'month', price: { amount: 1100, currency: 'USD' } },
    ]);
    expect((await add({ billing: 'once', price: eur(1) })).problem.fields?.[0]?.field).toBe('billing');
    t.setTime(null);
  });

  it('overlap not even when two people write at once', async () => {
    const { id } = await t.ok(head, api.createProduct, { body: { name: 'Raced' } });
    const answers = await Promise.all(
      [1, 2, 3].map((n) => t.call(head, api.addPrice, { params: { id }, body: { billing: 'month', price: eur(n) } })),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409]);
  });

  it('are changed with their days, and removed', async () => {
    const made = await t.ok(head, api.createProduct, { body: { name: 'Changed price', kind: 'one_off' } });
    const params = { id: made.id };
    const one = await t.ok(head, api.addPrice, { params, body: { billing: 'once', price: eur(5) } });
    const at = { ...params, priceId: one.prices[0]!.id };
    const bad = await t.call(head, api.updatePrice, {
      params: at,
      body: { startsOn: '2026-02-01', endsOn: '2026-01-01' },
    });
    expect(bad.problem.fields?.[0]?.field).toBe('endsOn');
    await t.ok(head, api.updatePrice, { params: at, body: { version: 1, price: eur(7) } });
    expect((await t.call(head, api.updatePrice, { params: at, body: { version: 1, price: eur(8) } })).status).toBe(409);
    expect((await t.ok(head, api.removePrice, { params: at })).prices).toEqual([]);
  });
});

describe('other names', () => {
  it('belong to one product; a name that is taken is refused', async () => {
    const a = await t.ok(head, api.createProduct, { body: { name: 'Alpha' } });
    const b = await t.ok(head, api.createProduct, { body: { name: 'Beta' } });
    const named = await t.ok(head, api.addAlias, { params: { id: a.id }, body: { name: 'First letter' } });
    expect(named.aliases).toMatchObject([{ name: 'First letter' }]);
    for (const name of ['first  LETTER', 'alpha'])
      expect((await t.call(head, api.addAlias, { params: { id: b.id }, body: { name } })).problem.code).toBe(
        'duplicate_name',
      );
    expect((await t.call(head, api.createProduct, { body: { name: 'First Letter' } })).problem.code).toBe(
      'duplicate_name',
    );
    const gone = await t.ok(head, api.removeAlias, { params: { id: a.id, aliasId: named.aliases[0]!.id } });
    expect(gone.aliases).toEqual([]);
  });
});
