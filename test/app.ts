// A whole server on a fresh database, spoken to through HTTP with real keys. For tests of the rooms' verbs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { type Building, openBuilding } from '../src/app/building.ts';
import { DEFAULT_LEVEL, type Level, type Role } from '../src/kernel/contract/access.ts';
import type { ProblemDocument } from '../src/kernel/contract/problem.ts';
import { type AnswerOf, type CallInput, pathOf, type RouteSpec } from '../src/kernel/contract/route.ts';
import { readConfig } from '../src/kernel/server/config.ts';
import { setZone } from '../src/kernel/server/ctx.ts';
import type { ServerModule } from '../src/kernel/server/module.ts';
import { insertKey } from '../src/modules/people/server/index.ts';
import { testDatabase } from './postgres.ts';

/** A member with a key: who a call is made as. */
export type Person = { memberId: string; workspaceId: string; key: string; role: Role; level: Level; name: string };

export type Answered<S extends RouteSpec> = {
  status: number;
  body: AnswerOf<S>;
  problem: ProblemDocument;
  headers: Record<string, unknown>;
  raw: string;
};

export type TestApp = {
  app: FastifyInstance;
  building: Building;
  dataDir: string;
  url: string;
  /** The admin of the first workspace. */
  admin: Person;
  /** Makes a workspace of its own with an admin. */
  workspace(name?: string, options?: { currency?: string; zone?: string }): Promise<Person>;
  member(
    role: Role,
    options?: { level?: Level; name?: string; teamId?: string; in?: Person; capacity?: number },
  ): Promise<Person>;
  /** Calls a route as somebody (null: without a key). */
  call<S extends RouteSpec>(
    as: Person | null,
    route: S,
    input?: CallInput<S>,
    headers?: Record<string, string>,
  ): Promise<Answered<S>>;
  /** The same, and insists on success: throws with the problem otherwise. */
  ok<S extends RouteSpec>(
    as: Person | null,
    route: S,
    input?: CallInput<S>,
    headers?: Record<string, string>,
  ): Promise<AnswerOf<S>>;
  /** Sets what the server takes for the present; null: the real time. */
  setTime(at: string | null): void;
  /** Runs queued events and jobs' requests now. */
  deliver(): Promise<void>;
  close(): Promise<void>;
};

export async function openTestApp(
  options: {
    worker?: boolean;
    modules?: readonly ServerModule[];
    env?: Record<string, string>;
    rateLimitPerMinute?: number;
  } = {},
): Promise<TestApp> {
  const db = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openkam-test-'));
  const config = readConfig({
    OPENKAM_DATA: dataDir,
    OPENKAM_PORT: '4400',
    OPENKAM_LOG_LEVEL: 'error',
    ...options.env,
  });
  let fixed: Date | null = null;
  const building = await openBuilding({
    config,
    databaseUrl: db.url,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    checkAnswers: true,
    rateLimitPerMinute: options.rateLimitPerMinute ?? 1_000_000,
    clock: () => fixed ?? new Date(),
    ...(options.modules ? { modules: options.modules } : {}),
  });
  const { app, events } = await building.http();
  await app.ready();
  if (options.worker) await building.work();
  const { database } = building;

  async function addMember(
    workspaceId: string,
    role: Role,
    level: Level,
    name: string,
    more: { team_id?: string; capacity?: number } = {},
  ): Promise<Person> {
    return database.system(async (tx) => {
      const { id } = await tx
        .insertInto('member')
        .values({
          workspace_id: workspaceId,
          name,
          email: `${name.toLowerCase().replace(/\W+/g, '.')}.${Math.random().toString(36).slice(2, 8)}@example.com`,
          role,
          level,
          user_id: crypto.randomUUID(),
          ...more,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { key } = await insertKey(tx, workspaceId, id, 'test', null);
      return { memberId: id, workspaceId, key, role, level, name };
    });
  }
  async function workspace(name = 'Northwind', more: { currency?: string; zone?: string } = {}): Promise<Person> {
    const { workspace_id } = await database.system((tx) =>
      tx
        .insertInto('workspace')
        .values({ name, ...more })
        .returning('workspace_id')
        .executeTakeFirstOrThrow(),
    );
    if (more.zone) setZone(workspace_id, more.zone);
    return addMember(workspace_id, 'admin', 'all', `${name} Admin`);
  }
  const admin = await workspace();

  const call: TestApp['call'] = async (as, route, input, headers) => {
    const { params, query, body } = (input ?? {}) as { params?: unknown; query?: unknown; body?: unknown };
    const response = await app.inject({
      method: route.method,
      url: pathOf(route, params, query),
      headers: {
        ...(as ? { authorization: `Bearer ${as.key}` } : {}),
        ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body !== undefined ? { payload: JSON.stringify(body) } : {}),
    });
    const isJson = String(response.headers['content-type'] ?? '').includes('json');
    const parsed: unknown = isJson && response.body ? JSON.parse(response.body) : undefined;
    return {
      status: response.statusCode,
      body: parsed as never,
      problem: parsed as ProblemDocument,
      headers: response.headers,
      raw: response.body,
    };
  };

  return {
    app,
    building,
    dataDir,
    url: db.url,
    admin,
    workspace,
    member: (role, o = {}) =>
      addMember((o.in ?? admin).workspaceId, role, o.level ?? DEFAULT_LEVEL[role], o.name ?? `Some ${role}`, {
        ...(o.teamId ? { team_id: o.teamId } : {}),
        ...(o.capacity !== undefined ? { capacity: o.capacity } : {}),
      }),
    call,
    async ok(as, route, input, headers) {
      const answer = await call(as, route, input, headers);
      if (answer.status >= 400)
        throw new Error(`${route.id} answered ${answer.status}: ${JSON.stringify(answer.problem)}`);
      return answer.body;
    },
    setTime: (at) => {
      fixed = at === null ? null : new Date(at);
    },
    deliver: async () => void (await events.deliverNow()),
    async close() {
      await building.close();
      await db.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
