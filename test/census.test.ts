// The census of the routes: what must be true of every verb of every room. Grows by itself with the list of rooms.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, version } from '../src/app/building.ts';
import { modules } from '../src/app/server.ts';
import { ROLES, type Role } from '../src/kernel/contract/access.ts';
import { pathOf, type RouteSpec } from '../src/kernel/contract/route.ts';
import { openapi, openapiText } from '../src/kernel/server/openapi.ts';
import { openTestApp, type Person, type TestApp } from './app.ts';
import { type Json, type Schema, sample, schemaOf } from './sample.ts';

// Bodies, queries and path values that cannot be guessed from the shape. A new route that needs one makes its test say so.
const given: Record<string, { body?: Json; query?: Record<string, Json>; params?: Record<string, Json> }> = {
  'rates.put': { body: { currency: 'USD', on: '2026-11-20', rate: '1.08' } },
  'stakeholders.create': { body: { name: 'Sam Sample' } },
  'forecast.submit': { body: { period: '2099-Q1', commit: 1 } },
  'forecast.call': { body: { period: '2099-Q1', commit: 1 } },
  'forecast.restate': { body: { period: '2026-Q1', note: 'Corrected' } },
};
// Bodies whose bounds a shape cannot say in JSON schema, with what bounds them.
const boundedByCode: Record<string, string> = { 'rates.put': 'a refinement of the number’s text' };
// Lists whose pages may be longer than 200, with the reason.
const longPages: Record<string, string> = { 'rates.list': 'one small row a day, drawn as a line' };

const specs: RouteSpec[] = modules.flatMap((m) => m.routes.map((r) => r.spec));
const named = (list: RouteSpec[]): [string, RouteSpec][] => list.map((s) => [s.id, s]);
const closed = specs.filter((s) => s.permission !== 'public');
const holders = new Map<string, readonly Role[]>(modules.flatMap((m) => Object.entries(m.permissions)));
const mayCall = (spec: RouteSpec): readonly Role[] => holders.get(spec.permission) ?? ROLES;
const idRoutes = specs.filter((s) => s.path.includes('{'));

const bodyOf = (spec: RouteSpec): Json => given[spec.id]?.body ?? (spec.body ? sample(schemaOf(spec.body)) : {});
const queryOf = (spec: RouteSpec): Record<string, Json> =>
  given[spec.id]?.query ?? (spec.query ? (sample(schemaOf(spec.query)) as Record<string, Json>) : {});
const paramsOf = (spec: RouteSpec): Record<string, Json> =>
  given[spec.id]?.params ?? (spec.params ? (sample(schemaOf(spec.params)) as Record<string, Json>) : {});

let t: TestApp;
let foreign: Person;
const members = new Map<Role, Person>();
beforeAll(async () => {
  t = await openTestApp();
  for (const role of ROLES) members.set(role, role === 'admin' ? t.admin : await t.member(role));
  foreign = await t.workspace('Foreign');
});
afterAll(() => t.close());

/** A request as it comes: with the sample body unless another is given; files as one small text file. */
async function send(
  spec: RouteSpec,
  as: Person | null,
  change: { body?: Json; query?: Record<string, Json>; params?: Record<string, Json> } = {},
) {
  const url = pathOf(spec, { ...paramsOf(spec), ...change.params }, { ...queryOf(spec), ...change.query });
  const authorization = as ? { authorization: `Bearer ${as.key}` } : {};
  if (spec.accepts === 'file') {
    const form = new FormData();
    form.append('file', new File(['name\nAcme\n'], 'accounts.csv', { type: 'text/csv' }));
    const packed = new Response(form);
    return t.app.inject({
      method: spec.method,
      url,
      headers: { ...authorization, 'content-type': packed.headers.get('content-type')! },
      payload: Buffer.from(await packed.arrayBuffer()),
    });
  }
  const body = change.body ?? (spec.body ? bodyOf(spec) : undefined);
  return t.app.inject({
    method: spec.method,
    url,
    headers: { ...authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

const caller = (spec: RouteSpec): Person => members.get(mayCall(spec).includes('admin') ? 'admin' : mayCall(spec)[0]!)!;

describe('every route', () => {
  it('is found by the census', () => {
    expect(specs.length).toBeGreaterThan(30);
    expect(closed.length).toBeGreaterThan(specs.length / 2);
    expect(idRoutes.length).toBeGreaterThan(10);
  });

  it('has an operation id of its own, in the words of the API', () => {
    expect(new Set(specs.map((s) => s.id)).size).toBe(specs.length);
    expect(specs.filter((s) => !/^[a-z]\w*\.[a-z]\w*$/.test(s.id)).map((s) => s.id)).toEqual([]);
    expect(specs.filter((s) => !/^\/api\/v1\/[a-z][a-z-]*(\/|$)/.test(s.path)).map((s) => s.path)).toEqual([]);
    const addresses = specs.map((s) => `${s.method} ${s.path.replace(/\{\w+\}/g, '{}')}`);
    expect(addresses.filter((a, i) => addresses.indexOf(a) !== i)).toEqual([]);
  });

  it('asks for a permission that a room declares, and every permission has a holder', () => {
    const unknown = closed.filter((s) => s.permission !== 'signed-in' && !holders.has(s.permission));
    expect(unknown.map((s) => s.id)).toEqual([]);
    for (const [permission, roles] of holders) {
      expect(permission, 'named room.verb').toMatch(/^[a-z]\w*\.[a-z]\w*$/);
      expect(roles.length, `${permission} has no holder`).toBeGreaterThan(0);
    }
  });

  it.each(named(closed))('%s answers 401 without a session or key', async (_id, spec) => {
    const answer = await send(spec, null);
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'signed_out']);
    const forged = await send(spec, { ...t.admin, key: `okm_${'x'.repeat(43)}` });
    expect(forged.statusCode).toBe(401);
  });

  it.each(named(closed.filter((s) => mayCall(s).length < ROLES.length)))(
    '%s answers 403 to every role that lacks its permission',
    async (_id, spec) => {
      for (const role of ROLES.filter((r) => !mayCall(spec).includes(r))) {
        const answer = await send(spec, members.get(role)!);
        expect([role, answer.statusCode, answer.json().code]).toEqual([role, 403, 'forbidden']);
      }
    },
  );

  it.each(named(specs.filter((s) => s.body && s.accepts !== 'file' && s.accepts !== 'raw')))(
    '%s has a sample body that its own shape accepts',
    (id, spec) => {
      const result = spec.body!.safeParse(bodyOf(spec));
      expect(result.success ? [] : result.error.issues, `add a body for ${id} to "given" in this file`).toEqual([]);
    },
  );

  it.each(named(specs.filter((s) => s.body && s.accepts !== 'file' && s.accepts !== 'raw')))(
    '%s refuses an unknown field in the body and names it',
    async (_id, spec) => {
      const answer = await send(spec, caller(spec), { body: { ...(bodyOf(spec) as object), unheardOf: 1 } as Json });
      expect(answer.statusCode, answer.body).toBe(422);
      expect(answer.json().fields).toContainEqual(expect.objectContaining({ field: 'unheardOf' }));
    },
  );

  it.each(named(specs))('%s refuses an unknown query parameter and names it', async (_id, spec) => {
    const answer = await send(spec, caller(spec), { query: { unheardOf: 1 } });
    expect(answer.statusCode, answer.body).toBe(422);
    expect(answer.json().fields).toContainEqual(expect.objectContaining({ field: 'unheardOf' }));
  });

  it.each(named(specs.filter((s) => s.body && !(s.id in boundedByCode))))(
    '%s takes bounded input only',
    (_id, spec) => {
      expect(unbounded(schemaOf(spec.body!), 'body')).toEqual([]);
    },
  );

  it.each(named(specs.filter((s) => s.id.endsWith('.list'))))('%s is a page of items, or a short whole', (id, spec) => {
    const answer = schemaOf(spec.answer!).properties ?? {};
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['items', 'nextCursor']));
    // A list that never has a next page says so in its contract.
    if (answer.nextCursor?.type === 'null') return;
    const query = schemaOf(spec.query!).properties ?? {};
    expect(query.cursor).toBeDefined();
    expect(query.limit?.maximum).toBeLessThanOrEqual(id in longPages ? 1000 : 200);
  });
});

/** Places where a caller may send as much as the body limit lets through. */
function unbounded(schema: Schema, at: string): string[] {
  const found: string[] = [];
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    found.push(...unbounded(one, at));
  const types = [schema.type].flat();
  if (types.includes('string') && !schema.enum && schema.const === undefined) {
    if (schema.maxLength === undefined && !schema.format && !schema.pattern) found.push(`${at}: text without a limit`);
  }
  if (schema.type === 'array') {
    if (schema.maxItems === undefined) found.push(`${at}: list without a limit`);
    found.push(...unbounded(schema.items ?? {}, `${at}[]`));
  }
  if (schema.type === 'object') {
    if (schema.properties && schema.additionalProperties !== false && !schema.propertyNames)
      found.push(`${at}: takes unknown fields`);
    for (const [key, value] of Object.entries(schema.properties ?? {})) found.push(...unbounded(value, `${at}.${key}`));
  }
  return found;
}

describe('another workspace', () => {
  const ids = new Set<string>();
  let before: Map<string, string>;

  // What the other workspace has: everything that can be made with a sample body, and what its making left behind.
  beforeAll(async () => {
    const makers = specs.filter((s) => s.method === 'POST' && !s.path.includes('{') && s.permission !== 'public');
    for (const spec of makers) await send(spec, foreign);
    await t.deliver();
    for (const table of await tenantTables()) {
      const { rows } = await t.building.database.system((_tx, client) =>
        client.query(`select * from ${table} where workspace_id = $1 limit 1`, [foreign.workspaceId]),
      );
      for (const row of rows) if (typeof row.id === 'string') ids.add(row.id);
    }
    before = await contentOf(foreign.workspaceId);
  });

  it('has rows to reach for', () => {
    expect(ids.size).toBeGreaterThan(3);
  });

  it('shows its rows to its own admin at the same addresses', async () => {
    const readers = idRoutes.filter((s) => s.method === 'GET' && isId(s, 'id'));
    const reached: string[] = [];
    for (const spec of readers) {
      const answers = await Promise.all([...ids].map((id) => send(spec, foreign, { params: { id } })));
      if (answers.some((a) => a.statusCode === 200)) reached.push(spec.id);
    }
    expect(reached.length, `reached only ${reached.join(', ')}`).toBeGreaterThan(readers.length / 3);
  });

  it.each(named(idRoutes))('%s answers 404 for what is not there and for what belongs to others', async (_id, spec) => {
    const keys = [...spec.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
    const statuses = new Set<number>();
    for (const id of [crypto.randomUUID(), ...ids]) {
      const params = Object.fromEntries(keys.filter((k) => isId(spec, k)).map((k) => [k, id]));
      const answer = await send(spec, caller(spec), { params });
      statuses.add(answer.statusCode);
    }
    expect([...statuses], spec.path).toEqual([404]);
  });

  it('stands as it was after all these calls', async () => {
    expect(await contentOf(foreign.workspaceId)).toEqual(before);
  });

  const isId = (spec: RouteSpec, key: string) => schemaOf(spec.params!).properties?.[key]?.format === 'uuid';

  async function tenantTables(): Promise<string[]> {
    const { rows } = await t.building.database.system((_tx, client) =>
      client.query<{ name: string }>(
        `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
         where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'kernel'::regnamespace) order by 1`,
      ),
    );
    return rows.map((r) => r.name);
  }

  async function contentOf(workspaceId: string): Promise<Map<string, string>> {
    const content = new Map<string, string>();
    for (const table of await tenantTables()) {
      const { rows } = await t.building.database.system((_tx, client) =>
        client.query<{ sum: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(j, ',' order by j)), '') as sum
           from (select (to_jsonb(x) - 'last_used_at' - 'delivered_at')::text as j from ${table} x where workspace_id = $1) y`,
          [workspaceId],
        ),
      );
      content.set(table, rows[0]!.sum);
    }
    return content;
  }
});

describe('the description of the API', () => {
  const document = openapi(modules, version) as { paths: Record<string, Record<string, { operationId: string }>> };

  it.each(named(specs))('%s is in it under its operation id', (id, spec) => {
    expect(document.paths[spec.path]?.[spec.method.toLowerCase()]?.operationId).toBe(id);
  });

  it('is committed as openapi.json, as the routes are now', () => {
    const committed = readFileSync(path.join(root, 'openapi.json'), 'utf8');
    expect(committed === openapiText(modules, version), 'openapi.json is out of date: run npm run openapi').toBe(true);
  });

  it('is what the server serves', async () => {
    const answer = await t.app.inject({ method: 'GET', url: '/openapi.json' });
    expect(answer.json()).toEqual(JSON.parse(openapiText(modules, version)));
  });
});
