// The audit log by kind and by member: complete, in order, and quick however long the log is.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import * as api from '../api.ts';
import { type AuditFind, auditQuery } from './audit-store.ts';

const KINDS = ['account', 'stakeholder', 'plan', 'team', 'import'];
const ROWS = 40_000;
let t: TestApp;
const members: Person[] = [];
beforeAll(async () => {
  t = await openTestApp();
  for (let i = 0; i < 12; i++) members.push(await t.member('kam', { name: `Member ${i}` }));
  // Most of it by one member, as after an import; some by nobody, as jobs write it; one of the kinds is rare.
  await t.building.database.system(async (_tx, client) => {
    await client.query(
      `insert into kernel.audit (workspace_id, actor, member_id, table_name, row_id, action, after)
       select $1, 'session:x', case when i % 11 = 0 then null when i % 3 > 0 then ($2::uuid[])[1] else ($2::uuid[])[1 + i % 12] end,
         ($3::text[])[case when i % 997 = 0 then 5 else 1 + (i / 7) % 4 end], kernel.new_id(), 'insert', '{"name": "x"}'
       from generate_series(1, $4::int) i`,
      [t.admin.workspaceId, members.map((m) => m.memberId), KINDS, ROWS],
    );
    await client.query('analyze kernel.audit');
  });
});
afterAll(() => t.close());

type Query = Pick<AuditFind, 'what' | 'memberId' | 'from'>;
const finds: [string, Query][] = [
  ['one kind', { what: ['stakeholder'] }],
  ['a rare kind', { what: ['import'] }],
  ['several kinds', { what: ['plan', 'import', 'team'] }],
  ['a member', { memberId: 'busy' }],
  ['another member', { memberId: 'rare' }],
  ['a member and kinds', { memberId: 'rare', what: ['plan', 'team'] }],
  ['a kind that nobody ever touched', { what: ['nothing'] }],
  ['a kind since a day', { what: ['account'], from: '2020-01-01' }],
];
const named = (find: Query): Query => ({
  ...find,
  ...(find.memberId ? { memberId: members[find.memberId === 'busy' ? 0 : 5]!.memberId } : {}),
});

describe('the audit log narrowed to', () => {
  it.each(finds)('%s has exactly the entries that fit, the newest first, page after page', async (_what, wanted) => {
    const find = named(wanted);
    const { rows } = await t.building.database.system((_tx, client) =>
      client.query<{ id: string }>(
        `select id from kernel.audit where workspace_id = $1 and ($2::text[] is null or table_name = any ($2)) and ($3::uuid is null or member_id = $3)
         order by id desc limit 330`,
        [t.admin.workspaceId, find.what ?? null, find.memberId ?? null],
      ),
    );
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(t.admin, api.readAudit, {
        query: { ...find, limit: 110, ...(cursor ? { cursor } : {}) },
      });
      paged.push(...page.items.map((i) => i.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor && paged.length < 330);
    expect(paged).toEqual(rows.map((r) => r.id));
  });

  it.each(finds)('%s is found through an index, without reading past what others did', async (_what, wanted) => {
    type Plan = {
      'Node Type': string;
      'Relation Name'?: string;
      'Rows Removed by Filter'?: number;
      'Actual Rows': number;
      'Actual Loops': number;
      Plans?: Plan[];
    };
    const query = auditQuery({ ...named(wanted), zone: 'UTC' }, null, 50);
    const plan = await t.building.database.as({ ...t.admin, label: 'test' }, async (tx) => {
      const { rows } = await sql<{ 'QUERY PLAN': { Plan: Plan }[] }>`explain (analyze, format json) ${query}`.execute(
        tx,
      );
      return rows[0]!['QUERY PLAN'][0]!.Plan;
    });
    const nodes = (of: Plan): Plan[] => [of, ...(of.Plans ?? []).flatMap(nodes)];
    const reads = nodes(plan).filter((n) => n['Relation Name'] === 'audit');
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.filter((n) => n['Node Type'] === 'Seq Scan')).toEqual([]);
    const touched = reads.reduce(
      (sum, n) => sum + (n['Actual Rows'] + (n['Rows Removed by Filter'] ?? 0)) * n['Actual Loops'],
      0,
    );
    // A page for each pair of kind and member at most.
    expect(touched).toBeLessThan(51 * KINDS.length * 14);
  });
});
