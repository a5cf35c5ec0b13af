// The room that asks figures of all rooms: versions of definitions, and how they are kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../../test/app.ts';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { listVersions } from '../api.ts';
import { insights } from './index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

describe('a definition', () => {
  it('is put on record once, with the day from which it holds, and names the version that answers carry', async () => {
    const versions = () => t.ok(t.admin, listVersions, { params: { id: 'nrr' } });
    expect((await versions()).items).toMatchObject([{ definition: { id: 'nrr', room: 'revenue' }, since: null }]);
    await insights.starts!(t.building.services);
    await insights.starts!(t.building.services);
    const { items } = await versions();
    expect(items).toHaveLength(1);
    expect(Date.parse(items[0]!.since!)).toBeLessThanOrEqual(Date.now());
    const answer = await t.ok(t.admin, getMetric, { params: { id: 'nrr' } });
    expect(answer.definition).toEqual({ id: 'nrr', version: items[0]!.definition.version });
    expect((await t.call(t.admin, listVersions, { params: { id: 'nothing' } })).problem.code).toBe('unknown_metric');
  });
});
