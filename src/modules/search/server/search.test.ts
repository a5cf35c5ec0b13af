// The search over everything, through HTTP on a real PostgreSQL.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { archiveAccount, createAccount, updateAccount } from '../../accounts/api.ts';
import { createAction } from '../../actions/api.ts';
import { uploadDocument } from '../../documents/api.ts';
import { createPerson } from '../../stakeholders/api.ts';
import { searchEverything } from '../api.ts';
import { add, nextReading } from './rules.ts';

let t: TestApp;
let kam: Person;
const account = async (as: Person, name: string, more: object = {}) =>
  (await t.ok(as, createAccount, { body: { name, ...more } as never })).id;
beforeAll(async () => {
  t = await openTestApp();
  kam = await t.member('kam', { name: 'Karim Kam' });
  const globex = await account(t.admin, 'Globex Corporation', {
    ownerId: kam.memberId,
    industry: 'Energy',
    city: 'Berlin',
  });
  for (const name of ['Müller & Söhne GmbH', 'Globaltech', '100% Organic', 'Northern Logistics Inc.', 'Blue Motors AG'])
    await account(t.admin, name);
  for (const name of ['Crystal Glass Group 4', 'H2O Pumps', 'Acme Global Tech', 'Bookfinders'])
    await account(t.admin, name);
  const gone = await account(t.admin, 'Globex Archive', { ownerId: kam.memberId });
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
const titles = async (as: Person, q: string, more: object = {}) => (await find(as, q, more)).map((i) => i.title);

describe('the search over everything', () => {
  it('finds accounts, documents and actions, the best match first, with what tells them apart', async () => {
    const items = await find(kam, 'globex');
    expect(items[0]).toMatchObject({ type: 'account', title: 'Globex Corporation', subtitle: 'Energy · Berlin' });
    expect(items.map((i) => i.type).sort()).toEqual(['account', 'action', 'document']);
    expect(items.every((i) => i.accountId === items[0]!.id)).toBe(true);
  });

  it('puts an account before what is called by it', async () => {
    const id = await account(t.admin, 'Wolfram Weaving and Dyeing Works');
    await t.ok(t.admin, createAction, { body: { title: 'Wolfram Weaving', accountId: id } });
    expect((await find(t.admin, 'wolfram weav')).map((i) => i.type)).toEqual(['account', 'action']);
    expect((await find(t.admin, 'wolfram weaving'))[0]!.type).toBe('action');
  });

  it('forgives typing errors, also in the first letter and in what is still being typed, case and accents', async () => {
    const meant: Record<string, string> = {
      Glbex: 'Globex Corporation',
      'muller sohne': 'Müller & Söhne GmbH',
      mueller: 'Müller & Söhne GmbH',
      GLOBALTECH: 'Globaltech',
      'nothern logistics': 'Northern Logistics Inc.',
      'logistcs nothern': 'Northern Logistics Inc.',
      nothe: 'Northern Logistics Inc.',
      'blue motrs': 'Blue Motors AG',
      'kristal glass': 'Crystal Glass Group 4',
      'chrystall glas': 'Crystal Glass Group 4',
      'norhtern logsitics': 'Northern Logistics Inc.',
    };
    for (const [typed, name] of Object.entries(meant)) expect((await titles(t.admin, typed))[0], typed).toBe(name);
  });

  it('finds words in any order, parts of words, and words with a number in them', async () => {
    expect(await titles(t.admin, 'corporation globex')).toEqual(['Globex Corporation']);
    expect(await titles(t.admin, 'finder')).toEqual(['Bookfinders']);
    expect(await titles(t.admin, 'h2o')).toEqual(['H2O Pumps']);
    expect(await titles(t.admin, 'glass 4')).toEqual(['Crystal Glass Group 4']);
    expect(await titles(t.admin, 'global tech')).toContain('Globaltech');
    expect(await titles(t.admin, 'acmeglobal')).toEqual(['Acme Global Tech']);
  });

  it('leaves a word out when nothing has them all', async () => {
    expect((await titles(t.admin, 'Crystal Motors'))[0]).toBe('Crystal Glass Group 4');
    expect((await titles(t.admin, 'globex zanzibar'))[0]).toBe('Globex Corporation');
    expect(await titles(t.admin, 'qqqqq zzzzz')).toEqual([]);
  });

  it('finds from the first character, and takes signs as they are', async () => {
    expect((await find(t.admin, 'g')).length).toBeGreaterThan(0);
    expect(await titles(t.admin, '100%')).toContain('100% Organic');
    expect(await find(t.admin, '%')).toEqual([]);
    for (const q of [
      "'",
      '\\',
      '_',
      '"; drop table account; --',
      '*',
      ':)',
      "a' | 'b",
      '!(x&y)',
      'a:* <-> b',
      '\u0001',
    ])
      await find(t.admin, q);
  });

  it('takes whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (q) => {
        const { status } = await t.call(t.admin, searchEverything, { query: { q } });
        expect(status).toBe(q.trim() ? 200 : 422);
      }),
      { numRuns: 40 },
    );
  });

  it('finds a name by its whole and by one wrong letter in a long word of it, whatever the name', async () => {
    const w = await t.workspace('Anything');
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 6, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(letters, letters, fc.nat(), async (one, two, at) => {
        const id = await account(w, `${one} ${two}`);
        expect((await find(w, `${one} ${two}`)).map((h) => h.id)).toContain(id);
        const place = at % one.length;
        const wrong = one.slice(0, place) + (one[place] === 'q' ? 'x' : 'q') + one.slice(place + 1);
        expect((await find(w, `${wrong} ${two}`)).map((h) => h.id)).toContain(id);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the new name of what was renamed, and not the old one', async () => {
    const w = await t.workspace('Renaming');
    const id = await account(w, 'Wolframite');
    await t.ok(w, updateAccount, { params: { id }, body: { name: 'Tungsten Mining' } });
    expect(await titles(w, 'tugnsten')).toEqual(['Tungsten Mining']);
    expect(await titles(w, 'wolframite')).toEqual([]);
  });

  it('finds people by an e-mail typed alone, also by a part of the name before it', async () => {
    const w = await t.workspace('Addresses');
    await t.ok(w, createPerson, {
      body: { name: 'Anna Keller', email: 'akeller@acme.example', accounts: [] } as never,
    });
    for (const q of ['akel', 'akeller@acme.example', 'AKELLER@ACME'])
      expect(await titles(w, q), q).toEqual(['Anna Keller']);
  });

  it('can be asked for some kinds alone, and for a number of hits', async () => {
    expect(await titles(kam, 'globex', { type: ['document'] })).toEqual(['Globex price list']);
    expect(await find(kam, 'globex', { limit: 1 })).toHaveLength(1);
    expect(await find(kam, 'globex', { type: ['nothing'] })).toEqual([]);
  });

  it('asks for a word, and says so', async () => {
    const empty = await t.call(kam, searchEverything, { query: { q: '  ' } });
    expect([empty.status, empty.problem.fields?.[0]?.field]).toEqual([422, 'q']);
  });
});

describe('who sees what in the search', () => {
  it('shows only what one may see', async () => {
    expect(await titles(kam, 'global')).not.toContain('Globaltech');
    const stranger = await t.member('kam');
    expect(await find(stranger, 'globex')).toEqual([]);
    const elsewhere = await t.workspace('Elsewhere');
    expect(await find(elsewhere, 'globex')).toEqual([]);
  });

  it('neither finds nor offers a word that only an invisible account has, nor lets it stand before the right one', async () => {
    const w = await t.workspace('Secrets');
    const mine = await t.member('kam', { in: w, name: 'Mine' });
    await account(w, 'Northern Lights', { ownerId: mine.memberId });
    await account(w, 'Nothern Secrets');
    await account(w, 'Zanzibar Holding');
    expect((await titles(w, 'nothern'))[0]).toBe('Nothern Secrets');
    for (const q of ['nothern', 'nothern lights', 'nothern ligths'])
      expect(await titles(mine, q), q).toEqual(['Northern Lights']);
    for (const q of ['zanzibar', 'zanzibr', 'anzib', 'zanzibar holding', 'secrets', 'nothern secrets zanzibar'])
      expect(
        (await titles(mine, q)).filter((x) => x !== 'Northern Lights'),
        q,
      ).toEqual([]);
  });

  it('never corrects by the words of another workspace', async () => {
    const [one, two] = [await t.workspace('One'), await t.workspace('Two')];
    await account(one, 'Xylophone Makers');
    await account(two, 'Makers of Pianos');
    expect(await titles(one, 'xylofone')).toEqual(['Xylophone Makers']);
    expect(await titles(two, 'xylofone')).toEqual([]);
    expect(await titles(two, 'xylofone makers')).toEqual(['Makers of Pianos']);
  });

  it('shows an action to whoever has to do it, without the name of an account that they do not see', async () => {
    const w = await t.workspace('Errands');
    const helper = await t.member('kam', { in: w, name: 'Helper' });
    const id = await account(w, 'Hidden Harbour');
    await t.ok(w, createAction, { body: { title: 'Fetch the plans', accountId: id, ownerId: helper.memberId } });
    expect(await find(helper, 'fetch')).toMatchObject([{ type: 'action', subtitle: 'Helper' }]);
    expect((await find(w, 'fetch'))[0]!.subtitle).toBe('Hidden Harbour · Helper');
  });
});

describe('the readings of a question', () => {
  const hit = fc.record({
    type: fc.constantFrom('account', 'person'),
    id: fc.constantFrom('a', 'b', 'c'),
    rank: fc.constantFrom(0.5, 1, 2, 3),
  });
  it('end when a name begins with what was typed, or three are found', () => {
    expect(nextReading('typed', [{ type: 'account', id: 'a', rank: 2.1 }])).toBeNull();
    expect(nextReading('typed', [{ type: 'account', id: 'a', rank: 0.9 }])).toBe('corrected');
    expect(nextReading('corrected', [{ type: 'account', id: 'a', rank: 0.9 }])).toBeNull();
    expect(nextReading('corrected', [])).toBe('fewer');
    expect(nextReading('fewer', [])).toBeNull();
  });
  it('add to what is found, and never repeat or reorder it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(hit, { selector: (h) => h.type + h.id }),
        fc.uniqueArray(hit, { selector: (h) => h.type + h.id }),
        fc.integer({ min: 6, max: 9 }),
        (first, more, limit) => {
          const all = add(first, more, limit);
          expect(all.slice(0, first.length)).toEqual(first);
          expect(new Set(all.map((h) => h.type + h.id)).size).toBe(all.length);
          expect(new Set(all.map((h) => h.type + h.id))).toEqual(
            new Set([...first, ...more].map((h) => h.type + h.id)),
          );
          expect(add(first, more, 1).length).toBe(Math.min(1, first.length + more.length));
        },
      ),
    );
  });
});
