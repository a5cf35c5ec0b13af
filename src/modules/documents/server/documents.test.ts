// The documents room through HTTP on a real PostgreSQL and a real folder of files.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { type TestFile, upload } from '../../../../test/upload.ts';
import { sweepFiles } from '../../../kernel/server/files-sweep.ts';
import { createAccount, mergeAccounts } from '../../accounts/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let viewer: Person;
let mine: string;
let foreign: string;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  viewer = await t.member('viewer');
  mine = (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.memberId } })).id;
  foreign = (await t.ok(head, createAccount, { body: { name: 'Globex' } })).id;
});
afterAll(() => t.close());

const note: TestFile = { name: 'Call_notes.txt', content: 'They want better service levels.\n' };
const attach = async (as: Person, file: TestFile, fields: Record<string, string>) => {
  const answer = await upload(t, as, api.uploadDocument, file, { fields });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.raw}`);
  return answer.body;
};
const fetchFile = (as: Person, id: string, query: { inline?: boolean; number?: number } = {}) =>
  t.call(as, api.downloadDocument, { params: { id }, query: query as never });

describe('attaching a document', () => {
  it('keeps the bytes, finds out the type, takes the title from the file name', async () => {
    const made = await attach(
      kam,
      { ...note, type: 'text/html' },
      { accountId: mine, tags: 'calls, 2026', note: 'First' },
    );
    expect(made).toMatchObject({
      title: 'Call notes',
      accountName: 'Acme',
      tags: ['calls', '2026'],
      current: { number: 1, type: 'text/plain', bytes: 33, note: 'First', uploadedByName: 'Karim Kam' },
      can: { update: true, archive: true },
    });
    expect(made.current.sha256).toBe(createHash('sha256').update(note.content).digest('hex'));
    expect((await fetchFile(kam, made.id)).raw).toBe(note.content);
  });

  it('names every wrong field and stores nothing', async () => {
    const wrong = await upload(t, kam, api.uploadDocument, note, {
      fields: { accountId: 'none', linkKind: 'Plan!', owner: 'me' },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.problem.fields?.map((f) => f.field).sort()).toEqual(['accountId', 'linkKind', 'owner']);
    const half = await upload(t, kam, api.uploadDocument, note, { fields: { accountId: mine, linkKind: 'plan' } });
    expect(half.problem.fields?.[0]?.field).toBe('linkId');
    const empty = await upload(
      t,
      kam,
      api.uploadDocument,
      { name: 'a.txt', content: '' },
      { fields: { accountId: mine } },
    );
    expect(empty.problem.fields?.[0]?.field).toBe('file');
    const two = await upload(t, kam, api.uploadDocument, [note, note], { fields: { accountId: mine } });
    expect(two.problem.fields?.[0]?.field).toBe('file');
  });

  it('is refused at an account that one does not see, and for a reader', async () => {
    const hidden = await upload(t, kam, api.uploadDocument, note, { fields: { accountId: foreign } });
    expect([hidden.status, hidden.problem.fields?.[0]?.field]).toEqual([422, 'accountId']);
    expect((await upload(t, viewer, api.uploadDocument, note, { fields: { accountId: mine } })).status).toBe(403);
  });

  it('can carry what it is about, and is found by it', async () => {
    const planId = crypto.randomUUID();
    const made = await attach(kam, note, { accountId: mine, linkKind: 'plan', linkId: planId, title: 'Plan annex' });
    const { items } = await t.ok(kam, api.listDocuments, { query: { linkKind: 'plan', linkId: planId } });
    expect(items.map((d) => d.id)).toEqual([made.id]);
  });
});

describe('who sees a document', () => {
  it('is whoever sees the account; papers of the workspace are for everybody, and only heads add them', async () => {
    const w = await t.workspace('Seeing');
    const owner = await t.member('kam', { in: w });
    const other = await t.member('kam', { in: w });
    const account = await t.ok(w, createAccount, { body: { name: 'Initech', ownerId: owner.memberId } });
    const secret = await attach(w, note, { accountId: account.id, title: 'Secret' });
    const shared = await attach(w, note, { title: 'Price list' });
    expect((await t.ok(owner, api.listDocuments)).items.map((d) => d.title).sort()).toEqual(['Price list', 'Secret']);
    expect((await t.ok(other, api.listDocuments)).items.map((d) => d.title)).toEqual(['Price list']);
    for (const route of [api.getDocument, api.downloadDocument, api.previewDocument, api.listDocumentVersions])
      expect((await t.call(other, route as typeof api.getDocument, { params: { id: secret.id } })).status).toBe(404);
    expect(
      (await t.call(other, api.updateDocument, { params: { id: secret.id }, body: { title: 'Mine' } })).status,
    ).toBe(404);
    expect(
      (await t.call(other, api.updateDocument, { params: { id: shared.id }, body: { title: 'Mine' } })).status,
    ).toBe(403);
    expect((await upload(t, other, api.uploadDocument, note)).status).toBe(403);
    expect((await t.ok(other, api.getDocument, { params: { id: shared.id } })).can).toEqual({
      update: false,
      archive: false,
    });
  });
});

describe('versions', () => {
  it('keep every upload under its number; the newest is what one gets', async () => {
    const made = await attach(kam, note, { accountId: mine, title: 'Offer' });
    const second = await upload(
      t,
      kam,
      api.addDocumentVersion,
      { name: 'offer-2.txt', content: 'Second offer' },
      { params: { id: made.id }, fields: { note: 'Lower price' } },
    );
    expect(second.body.current).toMatchObject({ number: 2, fileName: 'offer-2.txt', note: 'Lower price' });
    expect((await fetchFile(kam, made.id)).raw).toBe('Second offer');
    expect((await fetchFile(kam, made.id, { number: 1 })).raw).toBe(note.content);
    expect((await fetchFile(kam, made.id, { number: 3 })).status).toBe(404);
    const { items } = await t.ok(kam, api.listDocumentVersions, { params: { id: made.id } });
    expect(items.map((v) => v.number)).toEqual([2, 1]);
    const page = await t.ok(kam, api.listDocumentVersions, { params: { id: made.id }, query: { limit: 1 } });
    const next = await t.ok(kam, api.listDocumentVersions, {
      params: { id: made.id },
      query: { limit: 1, cursor: page.nextCursor! },
    });
    expect([page.items[0]!.number, next.items[0]!.number, next.nextCursor]).toEqual([2, 1, null]);
  });

  it('are not made by uploading the same content again', async () => {
    const made = await attach(kam, note, { accountId: mine, title: 'Twice' });
    const again = await upload(t, kam, api.addDocumentVersion, note, { params: { id: made.id } });
    expect(again.body.current.number).toBe(1);
  });

  it('both stay when two people upload at once', async () => {
    const made = await attach(kam, note, { accountId: mine, title: 'Race' });
    await Promise.all(
      ['one', 'two', 'three'].map((content) =>
        upload(t, head, api.addDocumentVersion, { name: 'r.txt', content }, { params: { id: made.id } }),
      ),
    );
    const { items } = await t.ok(kam, api.listDocumentVersions, { params: { id: made.id } });
    expect(items.map((v) => v.number)).toEqual([4, 3, 2, 1]);
  });
});

describe('download and preview', () => {
  const pdf: TestFile = { name: 'Größe "final".pdf', content: '%PDF-1.7 content' };
  const page: TestFile = {
    name: 'report.pdf',
    type: 'application/pdf',
    content: '<!doctype html><script>alert(1)</script>',
  };

  it('a download is always an attachment of no particular type', async () => {
    const made = await attach(kam, pdf, { accountId: mine });
    const { headers } = await fetchFile(kam, made.id);
    expect(headers['content-disposition']).toMatch(/^attachment; filename=".*"; filename\*=UTF-8''Gr%C3%B6%C3%9Fe/);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
  });

  it('shows a PDF or a text when asked, and never a page that could run', async () => {
    const shown = await fetchFile(kam, (await attach(kam, pdf, { accountId: mine })).id, { inline: true });
    expect(shown.headers['content-type']).toBe('application/pdf');
    expect(shown.headers['content-disposition']).toMatch(/^inline/);
    const csv = await attach(kam, { name: 'a.csv', content: 'a,b\n1,2\n' }, { accountId: mine });
    expect((await fetchFile(kam, csv.id, { inline: true })).headers['content-type']).toBe('text/plain; charset=utf-8');
    const disguised = await attach(kam, page, { accountId: mine });
    const refused = await fetchFile(kam, disguised.id, { inline: true });
    expect(refused.headers['content-disposition']).toMatch(/^attachment/);
    expect(refused.headers['content-type']).toBe('application/octet-stream');
    expect(await t.ok(kam, api.previewDocument, { params: { id: disguised.id } })).toMatchObject({
      kind: 'none',
      url: null,
    });
  });

  it('previews the beginning of a text', async () => {
    const long = await attach(kam, { name: 'long.txt', content: 'é'.repeat(30_000) }, { accountId: mine });
    const preview = await t.ok(kam, api.previewDocument, { params: { id: long.id } });
    expect(preview).toMatchObject({ kind: 'text', cut: true, text: 'é'.repeat(20_000) });
  });
});

describe('keeping order', () => {
  it('renames with the version one saw; a stale one is refused with how it stands now', async () => {
    const made = await attach(kam, note, { accountId: mine, title: 'Old name' });
    await t.ok(kam, api.updateDocument, {
      params: { id: made.id },
      body: { version: 1, title: 'New name', tags: ['x'] },
    });
    const stale = await t.call(head, api.updateDocument, {
      params: { id: made.id },
      body: { version: 1, title: 'Other' },
    });
    expect([stale.status, stale.problem.code]).toEqual([409, 'version_conflict']);
    expect(stale.problem.current).toMatchObject({ title: 'New name', version: 2 });
  });

  it('archives and restores; an archived one takes no new version', async () => {
    const made = await attach(kam, note, { accountId: mine, title: 'Put away' });
    await t.ok(kam, api.archiveDocument, { params: { id: made.id } });
    expect((await t.ok(kam, api.listDocuments, { query: { q: 'put AWAY' } })).items).toEqual([]);
    expect(
      (await t.ok(kam, api.listDocuments, { query: { q: 'put away', archived: 'true' as never } })).items,
    ).toHaveLength(1);
    const refused = await upload(t, kam, api.addDocumentVersion, pdfLike, { params: { id: made.id } });
    expect(refused.problem.code).toBe('archived');
    await t.ok(kam, api.restoreDocument, { params: { id: made.id } });
    expect((await t.ok(kam, api.listDocuments, { query: { q: 'put away' } })).items).toHaveLength(1);
  });
  const pdfLike: TestFile = { name: 'b.pdf', content: '%PDF-1.4' };

  it('pages through every document exactly once', async () => {
    const w = await t.workspace('Paging');
    for (let i = 0; i < 7; i++) await attach(w, { name: `d${i}.txt`, content: `content ${i}` }, {});
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(w, api.listDocuments, { query: { limit: 3, ...(cursor ? { cursor } : {}) } });
      seen.push(...page.items.map((d) => d.title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['d6', 'd5', 'd4', 'd3', 'd2', 'd1', 'd0']);
  });

  it('follows its account into a merge, with all its versions', async () => {
    const w = await t.workspace('Merging');
    const [keep, twin] = [
      await t.ok(w, createAccount, { body: { name: 'Hooli' } }),
      await t.ok(w, createAccount, { body: { name: 'Hooli Inc' } }),
    ];
    const made = await attach(w, note, { accountId: twin.id });
    await t.ok(w, mergeAccounts, { params: { id: keep.id }, body: { duplicateId: twin.id } });
    expect((await t.ok(w, api.getDocument, { params: { id: made.id } })).accountId).toBe(keep.id);
    const owner = await t.member('viewer', { in: w, level: 'own' });
    expect((await t.call(owner, api.getDocument, { params: { id: made.id } })).status).toBe(404);
  });
});

describe('the nightly sweep', () => {
  it('removes what nothing names after a day, and keeps what a document names', async () => {
    const kept = await attach(kam, { name: 'kept.txt', content: 'kept' }, { accountId: mine });
    const { files } = t.building.services;
    const orphan = await files.put(Buffer.from('left behind by a broken upload'));
    const fresh = await files.put(Buffer.from('an upload that is still under way'));
    const long = new Date(Date.now() - 2 * 24 * 3_600_000);
    for (const key of [kept.current.sha256, orphan.key]) await utimes(files.pathOf(key), long, long);
    expect(await sweepFiles(t.building.services)).toBe(1);
    expect([kept.current.sha256, orphan.key, fresh.key].map((k) => existsSync(files.pathOf(k)))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
