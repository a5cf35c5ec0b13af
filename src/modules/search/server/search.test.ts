// The search over everything, through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { archiveAccount, createAccount } from '../../accounts/api.ts';
import { createAction } from '../../actions/api.ts';
import { uploadDocument } from '../../documents/api.ts';
import { searchEverything } from '../api.ts';

let t: TestApp;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  kam = await t.member('kam', { name: 'Karim Kam' });
  const account = async (name: string, ownerId: string | null, more: object = {}) =>
    (await t.ok(t.admin, createAccount, { body: { name, ownerId, ...more } })).id;
  const globex = await account('Globex Corporation', kam.memberId, { industry: 'Energy', city: 'Berlin' });
  await account('Müller & Söhne GmbH', null);
  await account('Globaltech', null);
  await account('100% Organic', null);
  const gone = await account('Globex Archive', kam.memberId);
  await t.ok(t.admin, archiveAccount, { params: { id: gone } });
  await t.ok(kam, createAction, { body: { title: 'Call Globex about the renewal', accountId: globex } });
  await upload(
    t,
    kam,
    uploadDocument,
    { name: 'x.txt', content: 'x' },
    { fields: { title: 'Globex price list', accountId: globex } },
  );
});
afterAll(() => t.close());

const find = async (as: Person, q: string, more: object = {}) =>
  (await t.ok(as, searchEverything, { query: { q, ...more } as never })).items;

describe('the search over everything', () => {
  it('finds accounts, documents and actions, the best match first, with what tells them apart', async () => {
    const items = await find(kam, 'globex');
    expect(items[0]).toMatchObject({ type: 'account', title: 'Globex Corporation', subtitle: 'Energy · Berlin' });
    expect(items.map((i) => i.type).sort()).toEqual(['account', 'action', 'document']);
    expect(items.every((i) => i.accountId === items[0]!.id)).toBe(true);
  });

  it('forgives typing errors, case and accents', async () => {
    expect((await find(t.admin, 'Glbex'))[0]?.title).toBe('Globex Corporation');
    expect((await find(t.admin, 'mueller')).length + (await find(t.admin, 'muller')).length).toBeGreaterThan(0);
    expect((await find(t.admin, 'muller sohne'))[0]?.title).toBe('Müller & Söhne GmbH');
    expect((await find(t.admin, 'GLOBALTECH'))[0]?.title).toBe('Globaltech');
  });

  it('finds from the first character, and takes signs as they are', async () => {
    expect((await find(t.admin, 'g')).length).toBeGreaterThan(0);
    expect((await find(t.admin, '100%')).map((i) => i.title)).toContain('100% Organic');
    expect(await find(t.admin, '%')).toEqual([]);
    for (const q of ["'", '\\', '_', '"; drop table account; --', '*', ':)']) await find(t.admin, q);
  });

  it('shows only what one may see', async () => {
    expect((await find(kam, 'global')).map((i) => i.title)).not.toContain('Globaltech');
    const stranger = await t.member('kam');
    expect(await find(stranger, 'globex')).toEqual([]);
    const elsewhere = await t.workspace('Elsewhere');
    expect(await find(elsewhere, 'globex')).toEqual([]);
  });

  it('can be asked for some kinds alone, and for a number of hits', async () => {
    expect((await find(kam, 'globex', { type: ['document'] })).map((i) => i.title)).toEqual(['Globex price list']);
    expect(await find(kam, 'globex', { limit: 1 })).toHaveLength(1);
  });

  it('asks for a word, and says so', async () => {
    const empty = await t.call(kam, searchEverything, { query: { q: '  ' } });
    expect([empty.status, empty.problem.fields?.[0]?.field]).toEqual([422, 'q']);
  });
});
