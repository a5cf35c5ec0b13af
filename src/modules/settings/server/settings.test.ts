// The settings room through HTTP on a real PostgreSQL.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import * as api from '../api.ts';

const fx = path.resolve(import.meta.dirname, '../../../../../shared/data/fx-ecb');
const history = path.join(fx, 'eurofxref-hist.csv');
const sheet = path.join(fx, 'eurofxref-daily-sample.csv');

let t: TestApp;
let head: Person;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
});
afterAll(() => t.close());

async function upload(as: Person, name: string, content: Uint8Array) {
  const boundary = 'a-boundary-of-the-test';
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/v1/rates/import',
    headers: { authorization: `Bearer ${as.key}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the workspace', () => {
  it('is read by everybody and changed by its admin, one editor after the other', async () => {
    const seen = await t.ok(kam, api.getWorkspace);
    expect(seen).toMatchObject({ name: 'Northwind', currency: 'EUR', zone: 'UTC', can: { update: false } });
    expect(seen.preferences).toMatchObject({ accountsPerKam: 10, planStaleAfterDays: 90, selectionReviewMonths: 6 });
    expect((await t.call(kam, api.updateWorkspace, { body: { name: 'Mine' } })).status).toBe(403);
    const w = await t.workspace('Changing');
    const done = await t.ok(w, api.updateWorkspace, {
      body: { version: 1, name: 'Changed', currency: 'USD', fiscalYearStartMonth: 4, locale: 'de-DE' },
    });
    expect(done).toMatchObject({
      name: 'Changed',
      currency: 'USD',
      fiscalYearStartMonth: 4,
      locale: 'de-DE',
      version: 2,
    });
    const late = await t.call(w, api.updateWorkspace, { body: { version: 1, name: 'Lost' } });
    expect([late.status, late.problem.code]).toEqual([409, 'version_conflict']);
    expect(late.problem.current).toMatchObject({ name: 'Changed', version: 2 });
  });

  it('takes a choice back to its default, and keeps the others', async () => {
    const w = await t.workspace('Choosing');
    await t.ok(w, api.updateWorkspace, { body: { preferences: { accountsPerKam: 12, tiers: ['A', 'B'] } } });
    const after = await t.ok(w, api.updateWorkspace, { body: { preferences: { accountsPerKam: null } } });
    expect(after.preferences).toMatchObject({ accountsPerKam: 10, tiers: ['A', 'B'] });
    const crossed = await t.call(w, api.updateWorkspace, { body: { preferences: { planAgeingAfterDays: 200 } } });
    expect(crossed.problem.fields?.[0]?.field).toBe('preferences.planStaleAfterDays');
  });

  it('names every wrong choice at once', async () => {
    const answer = await t.call(t.admin, api.updateWorkspace, {
      body: { zone: 'Mars/Base', locale: 'no-such-language-tag', currency: 'ZZZ' },
    });
    expect(answer.problem.fields?.map((f) => f.field).sort()).toEqual(['currency', 'locale', 'zone']);
  });

  it('has its own midnight as soon as its zone is changed', async () => {
    const w = await t.workspace('Far East');
    t.setTime('2026-03-01T20:00:00Z');
    try {
      expect((await t.ok(w, api.latestRates)).on).toBe('2026-03-01');
      await t.ok(w, api.updateWorkspace, { body: { zone: 'Asia/Tokyo' } });
      expect((await t.ok(w, api.latestRates)).on).toBe('2026-03-02');
    } finally {
      t.setTime(null);
    }
  });

  it('keeps one time on all servers: a zone changed elsewhere is read anew', async () => {
    const w = await t.workspace('Two servers');
    t.setTime('2026-03-01T20:00:00Z');
    try {
      await t.building.database.system((_tx, c) =>
        c.query(`update workspace set zone = 'Asia/Tokyo' where workspace_id = $1`, [w.workspaceId]),
      );
      await expect.poll(async () => (await t.ok(w, api.latestRates)).on, { timeout: 5_000 }).toBe('2026-03-02');
    } finally {
      t.setTime(null);
    }
  });
});

describe('exchange rates', () => {
  it('are entered by hand, converted by the last day known, and never guessed', async () => {
    const w = await t.workspace('By hand');
    const unknown = await t.call(w, api.convertMoney, { query: { amount: 100, from: 'USD', to: 'GBP' } });
    expect([unknown.status, unknown.problem.code]).toEqual([404, 'rate_unknown']);
    await t.ok(w, api.putRate, { body: { currency: 'USD', on: '2026-01-05', rate: '1.25' } });
    await t.ok(w, api.putRate, { body: { currency: 'GBP', on: '2026-01-07', rate: 0.8 } });
    const done = await t.ok(w, api.convertMoney, {
      query: { amount: 100_00, from: 'USD', to: 'GBP', on: '2026-02-01' },
    });
    expect(done).toMatchObject({ to: { amount: 64_00, currency: 'GBP' }, rate: '0.64', usedOn: '2026-01-05' });
    const before = await t.call(w, api.convertMoney, {
      query: { amount: 1, from: 'USD', to: 'EUR', on: '2026-01-04' },
    });
    expect(before.status).toBe(404);
    expect((await t.ok(w, api.convertMoney, { query: { amount: 7, from: 'XAF', to: 'XAF' } })).to.amount).toBe(7);
  });

  it('refuses nought, negative, endless and unknown', async () => {
    for (const rate of ['0', '-1', '1e5', '10000000000', '1.12345678901', 'x'])
      expect((await t.call(t.admin, api.putRate, { body: { currency: 'USD', on: '2026-01-05', rate } })).status).toBe(
        422,
      );
    const answer = await t.call(t.admin, api.putRate, { body: { currency: 'EUR', on: '2026-01-05', rate: '1' } });
    expect(answer.problem.fields?.[0]?.field).toBe('currency');
    expect((await t.call(kam, api.putRate, { body: { currency: 'USD', on: '2026-01-05', rate: '1' } })).status).toBe(
      403,
    );
  });

  it('are listed newest first, page after page, and removed', async () => {
    const w = await t.workspace('Paging rates');
    for (let d = 1; d <= 7; d++)
      await t.ok(w, api.putRate, { body: { currency: 'USD', on: `2026-01-0${d}`, rate: `1.${d}` } });
    const days: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(w, api.listRates, {
        query: { currency: 'USD', limit: 3, from: '2026-01-02', ...(cursor ? { cursor } : {}) },
      });
      days.push(...page.items.map((r) => r.on.slice(-1)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(days).toEqual(['7', '6', '5', '4', '3', '2']);
    const key = { base: 'EUR', currency: 'USD', on: '2026-01-07' };
    expect((await t.call(w, api.deleteRate, { params: key })).status).toBe(204);
    expect((await t.call(w, api.deleteRate, { params: key })).status).toBe(404);
    expect((await t.ok(w, api.latestRates)).items).toMatchObject([{ on: '2026-01-06', rate: '1.6', source: 'hand' }]);
  });

  it('come from a file once: the same file again changes nothing, a corrected one changes only what differs', async () => {
    const w = await t.workspace('Files');
    const csv = (usd: string) => Buffer.from(`Date,USD,CYP,\n2026-04-13,${usd},N/A,\n2026-04-10,1.1711,N/A,\n`);
    expect((await upload(w, 'rates.csv', csv('1.1684'))).body).toMatchObject({
      new: 2,
      changed: 0,
      same: 0,
      from: '2026-04-10',
      to: '2026-04-13',
    });
    expect((await upload(w, 'rates.csv', csv('1.1684'))).body).toMatchObject({ new: 0, changed: 0, same: 2 });
    expect((await upload(w, 'rates.csv', csv('1.1700'))).body).toMatchObject({ new: 0, changed: 1, same: 1 });
    await t.ok(w, api.putRate, { body: { currency: 'USD', on: '2026-04-13', rate: '1.2' } });
    expect((await upload(w, 'rates.csv', csv('1.1684'))).body).toMatchObject({ changed: 0, same: 1, kept: 1 });
    expect((await t.ok(w, api.latestRates)).items).toMatchObject([{ rate: '1.2', source: 'hand' }]);
    const zip = zipSync({ 'eurofxref.csv': csv('1.1684') });
    expect((await upload(w, 'eurofxref.zip', zip)).body).toMatchObject({ same: 1, kept: 1 });
    // Three times something changed: a row of the audit each, not one a rate.
    const { items } = await t.ok(w, api.readAudit, { query: { what: ['fx_update'] } });
    expect(items.map((i) => i.label)).toEqual(['1 EUR = 1.2 USD', 'rates.csv', 'rates.csv']);
  });

  it('refuses a file that is something else, and who may not bring one', async () => {
    const answer = await upload(t.admin, 'accounts.csv', Buffer.from('Name,City\nAcme,Bonn\n'));
    expect([answer.status, answer.body.fields[0].field]).toEqual([422, 'file']);
    expect((await upload(t.admin, 'broken.zip', Buffer.from('PK\x03\x04 nothing'))).status).toBe(422);
    expect((await upload(kam, 'rates.csv', Buffer.from('Date,USD\n2026-01-01,1\n'))).status).toBe(403);
  });

  it.skipIf(!existsSync(history))(
    'reads the whole history of the European Central Bank, and the sheet of a day agrees with it',
    async () => {
      const w = await t.workspace('History');
      const started = performance.now();
      const first = await upload(w, 'eurofxref-hist.csv', readFileSync(history));
      const seconds = (performance.now() - started) / 1000;
      expect(first.body).toMatchObject({
        from: '1999-01-04',
        to: '2026-04-13',
        currencies: 41,
        changed: 0,
        same: 0,
        rejected: 0,
      });
      expect(first.body.new).toBeGreaterThan(200_000);
      expect(seconds).toBeLessThan(30);
      const again = await upload(w, 'eurofxref-hist.csv', readFileSync(history));
      expect(again.body).toMatchObject({ new: 0, changed: 0, same: first.body.new });
      expect((await upload(w, 'eurofxref-daily-sample.csv', readFileSync(sheet))).body).toMatchObject({
        new: 0,
        changed: 0,
        same: 29,
      });
      const weekend = await t.ok(w, api.convertMoney, {
        query: { amount: 1_000_00, from: 'USD', to: 'JPY', on: '2026-04-12' },
      });
      expect(weekend).toMatchObject({
        usedOn: '2026-04-10',
        to: { currency: 'JPY', amount: Math.round((1000 * 186.43) / 1.1711) },
      });
      // A currency that is no more keeps its last rate, with the day it is of.
      const gone = await t.ok(w, api.convertMoney, { query: { amount: 1_000_00, from: 'LTL', to: 'EUR' } });
      expect(gone.usedOn).toBe('2014-12-31');
      expect((await t.ok(w, api.latestRates)).items).toHaveLength(41);
    },
    60_000,
  );

  it('belong to one workspace', async () => {
    const [one, two] = [await t.workspace('Rates one'), await t.workspace('Rates two')];
    await t.ok(one, api.putRate, { body: { currency: 'USD', on: '2026-01-05', rate: '1.25' } });
    expect((await t.ok(two, api.latestRates)).items).toEqual([]);
    expect((await t.call(two, api.convertMoney, { query: { amount: 1, from: 'USD', to: 'EUR' } })).status).toBe(404);
  });
});

describe('custom fields', () => {
  it('are added with a key of their own, grow choices, keep their type', async () => {
    const w = await t.workspace('Fields');
    const made = await t.ok(w, api.createField, {
      body: { entity: 'accounts', label: 'Segment', type: 'choice', choices: ['A', 'B'] },
    });
    expect(made).toMatchObject({ key: 'segment', position: 0, version: 1 });
    const twin = await t.call(w, api.createField, { body: { entity: 'accounts', label: 'segment', type: 'text' } });
    expect(twin.problem.fields?.[0]?.field).toBe('label');
    const grown = await t.ok(w, api.updateField, {
      params: { id: made.id },
      body: { version: 1, label: 'Market segment', choices: ['A', 'B', 'C'] },
    });
    expect(grown).toMatchObject({ key: 'segment', label: 'Market segment', choices: ['A', 'B', 'C'], version: 2 });
    const shrunk = await t.call(w, api.updateField, { params: { id: made.id }, body: { choices: ['A'] } });
    expect(shrunk.problem.fields?.[0]).toMatchObject({ field: 'choices' });
    expect(
      (await t.call(w, api.updateField, { params: { id: made.id }, body: { type: 'text' } as never })).status,
    ).toBe(422);
    expect(
      (await t.call(w, api.updateField, { params: { id: made.id }, body: { version: 1, label: 'Late' } })).problem.code,
    ).toBe('version_conflict');
    expect(
      (await t.call(w, api.createField, { body: { entity: 'people', label: 'Kind', type: 'choice' } })).status,
    ).toBe(422);
    expect(
      (await t.call(head, api.createField, { body: { entity: 'people', label: 'Kind', type: 'text' } })).status,
    ).toBe(403);
  });

  it('are put in order, put away and brought back with the same key', async () => {
    const w = await t.workspace('Order');
    const ids = [];
    for (const label of ['One', 'Two', 'Three'])
      ids.push((await t.ok(w, api.createField, { body: { entity: 'people', label, type: 'text' } })).id);
    const [one, two, three] = ids as [string, string, string];
    const ordered = await t.ok(w, api.reorderFields, { body: { entity: 'people', ids: [three, one, two] } });
    expect(ordered.items.map((f) => f.label)).toEqual(['Three', 'One', 'Two']);
    expect((await t.call(w, api.reorderFields, { body: { entity: 'people', ids: [three, one] } })).status).toBe(422);
    await t.ok(w, api.archiveField, { params: { id: one } });
    expect((await t.ok(w, api.listFields, { query: { entity: 'people' } })).items.map((f) => f.label)).toEqual([
      'Three',
      'Two',
    ]);
    expect(
      (await t.ok(w, api.listFields, { query: { entity: 'people', archived: 'true' } })).items.map((f) => f.label),
    ).toEqual(['One']);
    const again = await t.ok(w, api.createField, { body: { entity: 'people', label: 'One', type: 'number' } });
    expect(again.key).toBe('one_2');
    expect((await t.call(w, api.restoreField, { params: { id: one } })).problem.fields?.[0]?.field).toBe('label');
    await t.ok(w, api.archiveField, { params: { id: again.id } });
    expect((await t.ok(w, api.restoreField, { params: { id: one } })).key).toBe('one');
  });

  it('stay few: at most forty in use', async () => {
    const w = await t.workspace('Many fields');
    for (let i = 0; i < api.MAX_FIELDS; i++)
      await t.ok(w, api.createField, { body: { entity: 'accounts', label: `F ${i}`, type: 'text' } });
    const more = await t.call(w, api.createField, { body: { entity: 'accounts', label: 'One more', type: 'text' } });
    expect([more.status, more.problem.code]).toEqual([409, 'too_many_fields']);
    expect(
      (await t.call(w, api.createField, { body: { entity: 'people', label: 'Other entity', type: 'text' } })).status,
    ).toBe(201);
  });
});

describe('saved views', () => {
  it('are one’s own until a head shares them', async () => {
    const state = { filter: { tier: ['key'] }, sort: '-arr' };
    const mine = await t.ok(kam, api.createView, { body: { page: 'accounts', name: 'Mine', state } });
    expect((await t.ok(kam, api.listViews, { query: { page: 'accounts' } })).items).toMatchObject([
      { name: 'Mine', state, shared: false },
    ]);
    // Not even who sees all accounts sees them.
    expect((await t.ok(t.admin, api.listViews, { query: { page: 'accounts' } })).items).toEqual([]);
    expect((await t.call(t.admin, api.updateView, { params: { id: mine.id }, body: { name: 'Taken' } })).status).toBe(
      404,
    );
    expect((await t.call(kam, api.updateView, { params: { id: mine.id }, body: { shared: true } })).status).toBe(403);
    const shared = await t.ok(head, api.createView, {
      body: { page: 'accounts', name: 'Renewals', shared: true, state: {} },
    });
    const seen = (await t.ok(kam, api.listViews, { query: { page: 'accounts' } })).items;
    expect(seen.map((v) => [v.name, v.can.update])).toEqual([
      ['Mine', true],
      ['Renewals', false],
    ]);
    expect((await t.call(kam, api.deleteView, { params: { id: shared.id } })).status).toBe(403);
    expect((await t.call(t.admin, api.deleteView, { params: { id: shared.id } })).status).toBe(204);
    const changed = await t.ok(kam, api.updateView, {
      params: { id: mine.id },
      body: { version: 1, name: 'Mine too', state: {} },
    });
    expect(changed).toMatchObject({ name: 'Mine too', state: {}, version: 2 });
    expect(
      (await t.call(kam, api.updateView, { params: { id: mine.id }, body: { version: 1, name: 'Late' } })).status,
    ).toBe(409);
  });

  it('stay small', async () => {
    const answer = await t.call(kam, api.createView, {
      body: { page: 'accounts', name: 'Huge', state: { text: 'x'.repeat(api.VIEW_BYTES) } },
    });
    expect(answer.problem.fields?.[0]?.field).toBe('state');
  });
});

describe('the audit log', () => {
  it('tells an admin who changed what, with names, and filters', async () => {
    const w = await t.workspace('Audited');
    await t.ok(w, api.updateWorkspace, { body: { name: 'Audited well' } });
    const field = await t.ok(w, api.createField, { body: { entity: 'accounts', label: 'Segment', type: 'text' } });
    await t.ok(w, api.updateField, { params: { id: field.id }, body: { label: 'Market' } });
    const all = await t.ok(w, api.readAudit, { query: { memberId: w.memberId } });
    expect(all.items.map((i) => [i.action, i.what])).toEqual([
      ['update', 'custom_field'],
      ['insert', 'custom_field'],
      ['update', 'workspace'],
    ]);
    expect(all.items[0]).toMatchObject({ by: 'Audited Admin', means: 'key', label: 'Market' });
    expect(all.items[0]!.changes).toEqual([{ field: 'label', before: 'Segment', after: 'Market' }]);
    expect((await t.ok(w, api.readAudit, { query: { rowId: field.id, action: 'insert' } })).items).toHaveLength(1);
    const today = new Date().toISOString().slice(0, 10);
    expect(
      (await t.ok(w, api.readAudit, { query: { from: today, to: today, what: ['workspace'] } })).items.map(
        (i) => i.action,
      ),
    ).toEqual(['update', 'insert']);
    expect((await t.ok(w, api.readAudit, { query: { to: '2020-01-01' } })).items).toEqual([]);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(w, api.readAudit, { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      paged.push(...page.items.map((i) => i.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(paged).size).toBe(paged.length);
    expect(paged.length).toBeGreaterThanOrEqual(5);
  });

  it('is for admins of the workspace alone', async () => {
    expect((await t.call(head, api.readAudit)).status).toBe(403);
    const w = await t.workspace('Other audit');
    const { items } = await t.ok(w, api.readAudit);
    expect(items.every((i) => i.what !== 'custom_field')).toBe(true);
  });
});
