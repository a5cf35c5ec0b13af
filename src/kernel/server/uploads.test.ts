// Uploads over a real connection, where a request is closed as soon as it is read.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../test/app.ts';

let t: TestApp;
let address: string;
beforeAll(async () => {
  t = await openTestApp();
  address = await t.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => t.close());

describe('an uploaded file', () => {
  it('is there while the use case reads it, however small or large, and gone once the answer is out', async () => {
    const day = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
    for (const rows of [1, 5000]) {
      const text = ['Date,USD', ...Array.from({ length: rows }, (_, n) => `${day(n)},1.${1000 + n}`)].join('\n');
      const form = new FormData();
      form.append('file', new File([text], 'rates.csv', { type: 'text/csv' }));
      const answer = await fetch(`${address}/api/v1/rates/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${t.admin.key}` },
        body: form,
      });
      expect([rows, answer.status]).toEqual([rows, 200]);
      await answer.json();
    }
    await expect.poll(() => readdir(path.join(t.dataDir, 'files', 'tmp'))).toEqual([]);
  });
});
