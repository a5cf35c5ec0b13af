// The only owner of connections. A transaction opens with its access context in the same round trip as its first query.
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import type { Actor } from '../contract/access.ts';
import type { DB } from './schema.ts';

// Instants and days travel as text; integers up to 2^53 as numbers, beyond that we would rather stop than round.
pg.types.setTypeParser(pg.types.builtins.DATE, (v) => v);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (v) => new Date(v).toISOString());
pg.types.setTypeParser(1182 as never, (v: string) => (v === '{}' ? [] : v.slice(1, -1).split(',')) as never);
pg.types.setTypeParser(pg.types.builtins.INT8, (v) => {
  const n = Number(v);
  if (!Number.isSafeInteger(n)) throw new Error(`integer ${v} is beyond what a number can carry`);
  return n;
});

/** What every store function takes first. It works inside one transaction, under one actor's rights. */
export type Tx = Kysely<DB>;

type Client = pg.PoolClient | pg.Client;

/** A Kysely that speaks to one given connection and never opens or closes anything. */
class OneConnection implements Driver, DatabaseConnection {
  readonly client: Client;
  constructor(client: Client) {
    this.client = client;
  }
  async init() {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this;
  }
  async releaseConnection() {}
  async beginTransaction(): Promise<void> {
    throw new Error('a transaction is already open: use cases do not open their own');
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async destroy() {}
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = statementName(query.sql, levels.get(this.client) ?? '');
    gather(this.client);
    const result = await this.client.query({
      ...(name ? { name } : {}),
      text: query.sql,
      values: query.parameters as unknown[],
    });
    const changed = result.command === 'SELECT' || result.rowCount === null ? undefined : BigInt(result.rowCount);
    return changed === undefined ? { rows: result.rows } : { rows: result.rows, numAffectedRows: changed };
  }
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    yield* [];
    throw new Error('streams go through Database.stream');
  }
}

// Planning costs more than most of our queries, so a text that comes again is prepared. A plan belongs to the role it was made for
// (row-level security is part of it), so the name carries the role. Texts that vary too much stay unprepared.
const MAX_PREPARED = 400;
const prepared = new Map<string, number>();
const levels = new WeakMap<object, string>();
function statementName(text: string, role: string): string | undefined {
  const key = role + text;
  const uses = prepared.get(key);
  if (uses === undefined) {
    if (prepared.size >= MAX_PREPARED) return undefined;
    prepared.set(key, -1);
    return undefined;
  }
  if (uses < 0) prepared.set(key, nextStatement++);
  return `s${prepared.get(key)}`;
}
let nextStatement = 0;

// What a turn of the event loop has to say to the database goes out in one write: a system call a query costs more than most queries,
// and wakes the backend each time.
const gathering = new WeakSet<object>();
function gather(client: Client): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}

const READ_ENDS_MS = 20;
const READ_LASTS_MS = 50;

const bound = new WeakMap<object, Tx>();
/** The query builder over one connection; made once a connection. */
export function over(client: Client): Tx {
  let tx = bound.get(client);
  if (!tx) {
    const one = new OneConnection(client);
    tx = new Kysely<DB>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => one,
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    });
    bound.set(client, tx);
  }
  return tx;
}

export type Work<T> = (tx: Tx, client: pg.PoolClient) => Promise<T>;
export type Access = Pick<Actor, 'workspaceId' | 'memberId' | 'level'> & { label: string; requestId?: string };

/** What a bulk transaction can do beside queries. */
export type Bulk = {
  /** Streams text in COPY format into `to` (`table (a, b)`); answers the number of rows. */
  copyIn(to: string, rows: AsyncIterable<string | Buffer>): Promise<number>;
  /** What a query (`select …`, without parameters) finds, as text in COPY format. */
  copyOut(query: string): AsyncIterable<Buffer>;
  /** Reads an answer of any size, some rows at a time; within the transaction. */
  read<R>(query: RawBuilder<R>, rowsAtOnce?: number): AsyncGenerator<R[]>;
};
export type BulkSession = {
  transaction<T>(work: (tx: Tx, bulk: Bulk) => Promise<T>): Promise<T>;
  /** A lock that lasts until `unlock` or the end of the session, also when the process dies. False: somebody else has it. */
  tryLock(name: string, key: string): Promise<boolean>;
  unlock(name: string, key: string): Promise<void>;
};

async function copyIn(client: Client, to: string, rows: AsyncIterable<string | Buffer>): Promise<number> {
  const stream = client.query(copyFrom(`copy ${to} from stdin`));
  await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 2 }), stream);
  return stream.rowCount;
}

const bulkOver = (client: Client): Bulk => ({
  copyIn: (to, rows) => copyIn(client, to, rows),
  copyOut: (query) => client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>,
  read: (query, rowsAtOnce = 1_000) => readRows(client, query, rowsAtOnce),
});

async function* readRows<R>(client: Client, query: RawBuilder<R>, rowsAtOnce: number): AsyncGenerator<R[]> {
  const { sql, parameters } = query.compile(over(client));
  const cursor = client.query(new Cursor<R>(sql, [...parameters]));
  try {
    for (;;) {
      const rows = await cursor.read(rowsAtOnce);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await cursor.close();
  }
}

export type Database = ReturnType<typeof openDatabase>;

/**
 * Opens the pools on one database.
 *  - `as(access, work)`: a transaction under a member's rights (row-level security in force).
 *  - `read(access, work)`: the same, but PostgreSQL refuses writes; its end costs no turn of its own.
 *  - `bulk(access, work)`: the same on a connection that may COPY and use cursors.
 *  - `session(access, work)`: several such transactions on one connection, with temporary tables and locks between them.
 *  - `spareSession(access, work)`: a second one, if there is one to spare.
 *  - `system(work)`: a transaction without a member, for work that spans workspaces (jobs, set-up, sign-in); it may
 *    become the owner of all rows, so use it only in the kernel and in start-up.
 */
export function openDatabase(url: string, options: { max?: number; bulkMax?: number } = {}) {
  const settings = {
    connectionString: url,
    application_name: 'openkam',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  };
  // Texts are made for each question, limits are written into them, so a plan for any value is as good as one for this value; and planning
  // costs more than most queries.
  const role =
    '-c role=openkam_app -c search_path=public,kernel -c plan_cache_mode=force_generic_plan -c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000';
  const pool = new pg.Pool({ ...settings, max: options.max ?? 12, pipeline: true, options: role } as pg.PoolConfig);
  const bulkPool = new pg.Pool({
    ...settings,
    max: options.bulkMax ?? 4,
    // Sorts and joins over whole files want room; compiling queries takes longer than running them.
    options:
      '-c role=openkam_app -c search_path=public,kernel -c idle_in_transaction_session_timeout=600000 -c jit=off -c work_mem=48MB -c hash_mem_multiplier=2',
  });
  const ownerPool = new pg.Pool({ ...settings, max: 4, options: '-c search_path=public,kernel' });
  const readPool = new pg.Pool({ ...settings, max: options.max ?? 12, pipeline: true, options: role } as pg.PoolConfig);
  for (const p of [pool, readPool, bulkPool, ownerPool]) {
    p.on('error', () => {}); // an idle connection died; the next query opens another
    p.on('connect', (client) => client.on('error', () => {})); // one at work died; its query fails and tells
  }

  type Begin = { sql: string; values: unknown[] };

  async function run<T>(from: pg.Pool, begin: Begin | null, work: Work<T>): Promise<T> {
    const client = await from.connect();
    const state: { broken?: Error } = {};
    try {
      return await transact(client, from === pool, begin, work, state);
    } finally {
      client.release(state.broken);
    }
  }

  // A transaction that wrote nothing need not be ended before its answer goes out: the next one on the connection ends it in its own
  // first write, or a timer does when none comes. Each statement sees what was committed before it, whoever's transaction it stands in, so a
  // read under the same rights goes on in the open one for a while. Not where the visible accounts were looked up at its begin.
  const open = new WeakMap<pg.PoolClient, { access: string; since: number; end: NodeJS.Timeout }>();
  async function read<T>(access: Access, work: Work<T>): Promise<T> {
    const client = await readPool.connect();
    const state: { broken?: Error } = {};
    const who = access.level === 'all' ? `${access.workspaceId} ${access.memberId} ${access.label}` : '';
    try {
      gather(client);
      levels.set(client, access.level === 'all' ? 'a' : 's');
      const last = open.get(client);
      open.delete(client);
      clearTimeout(last?.end);
      const goesOn =
        last !== undefined && who !== '' && last.access === who && performance.now() - last.since < READ_LASTS_MS;
      const { sql, values } = opening(access);
      const opened = goesOn
        ? undefined
        : Promise.all([
            client.query(last ? 'commit; begin read only' : 'begin read only'),
            client.query({ name: 'kernel_begin', text: sql, values }),
          ]);
      opened?.catch(() => {});
      const result = await work(over(client), client);
      await opened;
      const end = setTimeout(() => {
        open.delete(client);
        client.query('commit').catch(() => {});
      }, READ_ENDS_MS);
      open.set(client, { access: who, since: goesOn ? last.since : performance.now(), end: end.unref() });
      return result;
    } catch (error) {
      try {
        await client.query('rollback');
      } catch (e) {
        state.broken = e as Error;
      }
      throw error;
    } finally {
      client.release(state.broken);
    }
  }

  async function transact<T>(
    client: pg.PoolClient,
    pipelined: boolean,
    begin: Begin | null,
    work: Work<T>,
    state: { broken?: Error },
  ): Promise<T> {
    gather(client);
    levels.set(client, begin ? (begin.values[2] === 'all' ? 'a' : 's') : 'o');
    try {
      const opening = [client.query('begin')];
      if (begin) opening.push(client.query({ name: 'kernel_begin', text: begin.sql, values: begin.values }));
      const opened = Promise.all(opening);
      opened.catch(() => {});
      if (!pipelined) await opened;
      let result: T;
      try {
        result = await work(over(client), client);
        await opened;
      } catch (error) {
        await opened.catch((e: Error) => {
          throw e;
        });
        throw error;
      }
      await client.query('commit');
      return result;
    } catch (error) {
      try {
        await client.query('rollback');
      } catch (e) {
        state.broken = e as Error;
      }
      throw error;
    }
  }

  /** One connection for several transactions, with temporary tables and locks that live as long as it does. */
  async function session<T>(access: Access, work: (session: BulkSession) => Promise<T>): Promise<T> {
    const client = await bulkPool.connect();
    const state: { broken?: Error } = {};
    try {
      return await work({
        transaction: (inner) => transact(client, false, opening(access), (tx) => inner(tx, bulkOver(client)), state),
        async tryLock(name, key) {
          const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1), hashtext($2)) as taken', [
            name,
            key,
          ]);
          return rows[0].taken;
        },
        async unlock(name, key) {
          await client.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', [name, key]);
        },
      });
    } finally {
      try {
        if (!state.broken)
          await client.query('select pg_advisory_unlock_all()').then(() => client.query('discard temp'));
      } catch (error) {
        state.broken = error as Error;
      }
      client.release(state.broken);
    }
  }

  /** A session beside another one, to share its work; null when that would leave none for others. Nobody waits for it. */
  async function spareSession<T>(access: Access, work: (session: BulkSession | null) => Promise<T>): Promise<T> {
    const busy = bulkPool.totalCount - bulkPool.idleCount;
    const spare = bulkPool.waitingCount === 0 && busy + 1 < (bulkPool.options.max ?? 0);
    return spare ? session(access, work) : work(null);
  }

  const opening = (a: Access) => ({
    sql: 'select kernel.begin($1, $2, $3, $4, $5)',
    values: [a.workspaceId, a.memberId, a.level, a.label, a.requestId ?? null],
  });

  return {
    url,
    as: <T>(access: Access, work: Work<T>): Promise<T> => run(pool, opening(access), work),
    read,
    bulk: <T>(access: Access, work: Work<T>): Promise<T> => run(bulkPool, opening(access), work),
    system: <T>(work: Work<T>): Promise<T> => run(ownerPool, null, work),
    session,
    spareSession,
    /** Pools for parts that bring their own queries: sign-in (auth schema) and the job queue. */
    pools: { app: pool, read: readPool, bulk: bulkPool, owner: ownerPool },
    async close() {
      await Promise.all([pool.end(), readPool.end(), bulkPool.end(), ownerPool.end()]);
    },
  };
}

export { CompiledQuery };
