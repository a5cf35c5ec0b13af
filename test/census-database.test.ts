// The census of the tables, read from PostgreSQL's own catalog: isolation, audit, keys, rights. Grows with the migrations.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/kernel/server/database.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';

// Every exception is written here with its reason; a new table without one must follow the rule.
const withoutWorkspace: Record<string, string> = {
  'auth."user"': 'a person may belong to several workspaces',
  'auth.session': 'belongs to a user',
  'auth.account': 'a way to sign in, belongs to a user',
  'auth.verification': 'a secret under way, before anybody is signed in',
  'auth."twoFactor"': 'belongs to a user',
  'auth.passkey': 'belongs to a user',
  'auth.attempt': 'a brake on guessing, before anybody is signed in',
  'kernel.migration': 'the schema belongs to the installation',
  'kernel.schedule_slot': 'the clock belongs to the installation',
};
const withoutAudit: Record<string, string> = {
  'kernel.audit': 'is the audit',
  'kernel.outbox': 'is a record of what happened',
  'kernel.idempotency': 'repeats answers for a day',
  'kernel.snapshot': 'is an immutable record itself',
  'kernel.word': 'only lists the words of rows that are audited themselves',
  'public.fx_rate': 'published numbers with their source, imported in thousands',
  'public.account_external_id': 'changes with its account, imported in hundreds of thousands',
  'public.person_external_id': 'changes with its person, imported in hundreds of thousands',
  'public.import_file': 'how a file is read; what it brings is audited where it lands',
  'public.import_note': 'what was said of rows that were not taken',
  'public.import_change': 'is a record of what an import wrote, for taking it back',
  'public.selection_standing': 'is a record: where an account stood in a review, never changed',
  'public.opportunity_change': 'is a record of changes itself, written by trigger',
  'public.opportunity_stage_entry': 'is a record of stages, written by trigger and brought by files',
  'public.forecast_snapshot': 'is an immutable record itself',
  'public.forecast_snapshot_row': 'is an immutable record itself',
  'public.sample_item': 'only remembers what the sample brought, for taking it away',
  'public.revenue_change': 'is a mark that figures are made of other rows than before',
  'public.revenue_currency': 'remembers which currencies there are, from rows that are audited themselves',
  'public.metric_result': 'figures computed from rows that are audited themselves',
  'public.notification': 'news to one member, derived from what the audit has',
};
const keyWithoutSecondPart: Record<string, string> = { 'public.workspace': 'it is the workspace' };

let db: TestDatabase;
let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  db = await testDatabase();
  database = openDatabase(db.url);
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

// With an empty search path the catalog prints every name with its schema, whatever the app's own path is.
async function rows<R extends Record<string, unknown>>(sql: string): Promise<R[]> {
  return database.system(async (_tx, client) => {
    await client.query('set local search_path = pg_catalog');
    return (await client.query<R>(sql)).rows;
  });
}

const ours = "('public'::regnamespace, 'kernel'::regnamespace, 'auth'::regnamespace)";
const tenant = `select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnum > 0
  where c.relkind in ('r', 'p') and c.relnamespace in ${ours}`;

describe('every table', () => {
  it('belongs to a workspace, or says why not', async () => {
    const found = await rows<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relnamespace in ${ours} and oid not in (${tenant}) order by 1`,
    );
    expect(found.map((r) => r.name).sort()).toEqual(Object.keys(withoutWorkspace).sort());
  });

  it('of a workspace is found by the census', async () => {
    expect((await rows(tenant)).length).toBeGreaterThan(10);
  });

  it('of a workspace has forced row-level security, with a policy for members who see all and one for the others', async () => {
    const bad = await rows<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.oid in (${tenant}) and not (
         c.relrowsecurity and c.relforcerowsecurity
         and exists (select from pg_policy p where p.polrelid = c.oid and 'openkam_all'::regrole = any (p.polroles) and p.polcmd in ('*', 'r') and pg_get_expr(p.polqual, p.polrelid) ~ 'workspace_id = \\(? ?(SELECT )?kernel\\.ws\\(\\)')
         and exists (select from pg_policy p where p.polrelid = c.oid and 'openkam_scoped'::regrole = any (p.polroles) and p.polcmd in ('*', 'r') and pg_get_expr(p.polqual, p.polrelid) ~ 'workspace_id = \\(? ?(SELECT )?kernel\\.ws\\(\\)'))`,
    );
    expect(bad.map((r) => r.name)).toEqual([]);
  });

  it('of a workspace lets nobody write across workspaces', async () => {
    const bad = await rows<{ policy: string }>(
      `select polrelid::regclass || ' ' || polname as policy from pg_policy where polrelid in (${tenant})
         and polroles && array['openkam_all'::regrole::oid, 'openkam_scoped'::regrole::oid] and polcmd <> 'r'
         and coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid), '') !~ 'workspace_id = \\(? ?(SELECT )?kernel\\.ws\\(\\)'`,
    );
    expect(bad.map((r) => r.policy)).toEqual([]);
  });

  it('of a workspace writes the audit on insert, update and delete, or says why not', async () => {
    const found = await rows<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.oid in (${tenant}) and 3 > (
         select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O'
           and t.tgfoid in (select oid from pg_proc where pronamespace = 'kernel'::regnamespace and proname like 'audit\\_of\\_%')) order by 1`,
    );
    expect(found.map((r) => r.name).sort()).toEqual(Object.keys(withoutAudit).sort());
  });

  it('of a workspace has a primary key of the workspace and something in it', async () => {
    const found = await rows<{ name: string; key: string[] }>(
      `select c.oid::regclass::text as name, coalesce((select array_agg(a.attname::text order by k.n) from pg_index i
              cross join unnest(i.indkey::int2[]) with ordinality k(attnum, n)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary), '{}') as key
       from pg_class c where c.oid in (${tenant})`,
    );
    const bad = found.filter(
      (r) => r.key[0] !== 'workspace_id' || (r.key.length < 2 && !(r.name in keyWithoutSecondPart)),
    );
    expect(bad).toEqual([]);
  });
});

describe('every reference', () => {
  type Reference = { name: string; columns: string[]; target: string; targets: string[]; indexed: boolean };
  let references: Reference[];
  beforeAll(async () => {
    references = await rows<Reference>(
      `select con.conrelid::regclass || ' (' || con.conname || ')' as name, con.confrelid::regclass::text as target,
              (select array_agg(a.attname::text order by k.n) from unnest(con.conkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.attnum) as columns,
              (select array_agg(a.attname::text order by k.n) from unnest(con.confkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.attnum) as targets,
              exists (select from pg_index i where i.indrelid = con.conrelid and i.indisvalid
                and (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey
                and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (select format('(%I IS NOT NULL)', a.attname) from pg_attribute a where a.attrelid = con.conrelid and a.attnum = any (con.conkey)))) as indexed
       from pg_constraint con where con.contype = 'f' and con.connamespace in ${ours}`,
    );
  });

  it('is found by the census', () => {
    expect(references.length).toBeGreaterThan(15);
  });

  it('between rows of workspaces carries the workspace, so that it cannot lead into another', () => {
    const bad = references.filter(
      (r) =>
        !r.name.startsWith('auth.') &&
        (r.target === 'public.workspace'
          ? r.columns.join() !== 'workspace_id'
          : r.columns[0] !== 'workspace_id' || r.targets[0] !== 'workspace_id' || r.columns.length < 2),
    );
    expect(bad).toEqual([]);
  });

  it('has an index that begins with it', () => {
    expect(references.filter((r) => !r.indexed).map((r) => r.name)).toEqual([]);
  });
});

describe('rights in the database', () => {
  it('no function works with its owner’s rights on a search path that a caller could bend', async () => {
    const bad = await rows<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc where prosecdef and pronamespace in ${ours}
         and not exists (select from unnest(coalesce(proconfig, '{}')) s where s like 'search_path=%')`,
    );
    expect(bad.map((r) => r.name)).toEqual([]);
  });

  it('no function that works with its owner’s rights and returns rows may be called by everybody', async () => {
    const bad = await rows<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc where prosecdef and proretset and pronamespace in ${ours} and has_function_privilege('public', oid, 'execute')`,
    );
    expect(bad.map((r) => r.name)).toEqual([]);
  });

  it('the roles that the app works as can neither bypass row-level security nor sign in', async () => {
    const roles = await rows(
      `select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname in ('openkam_app', 'openkam_all', 'openkam_scoped') order by 1`,
    );
    expect(roles).toEqual(
      ['openkam_all', 'openkam_app', 'openkam_scoped'].map((rolname) => ({
        rolname,
        rolsuper: false,
        rolbypassrls: false,
        rolcanlogin: false,
        rolcreaterole: false,
      })),
    );
  });

  it('without an access context the app sees no row of any workspace and adds none', async () => {
    await database.system(async (_tx, client) => {
      await client.query(`insert into workspace (name) values ('Somebody')`);
    });
    const tables = await rows<{ name: string }>(`select oid::regclass::text as name from (${tenant}) t`);
    const client = await database.pools.app.connect();
    try {
      for (const { name } of tables) {
        const { rows: seen } = await client.query(`select count(*)::int as n from ${name}`);
        expect([name, seen[0].n]).toEqual([name, 0]);
      }
      await expect(
        client.query(`insert into team (workspace_id, name) select workspace_id, 'x' from workspace`),
      ).resolves.toMatchObject({ rowCount: 0 });
      await expect(client.query(`insert into workspace (name) values ('Mine')`)).rejects.toThrow(/row-level security/);
    } finally {
      client.release();
    }
  });

  it('the audit and the snapshots cannot be changed by the app', async () => {
    const rights = await rows(
      `select t, p from unnest(array['kernel.audit', 'kernel.snapshot', 'public.forecast_snapshot', 'public.forecast_snapshot_row', 'public.forecast_call']) t, unnest(array['update', 'delete', 'truncate']) p, unnest(array['openkam_app', 'openkam_all', 'openkam_scoped']) r
       where has_table_privilege(r, t, p)`,
    );
    expect(rights).toEqual([]);
  });
});
