// Delivers the outbox: job requests to the queue, events to their handlers, and a signal to every open browser.
import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Logger } from 'pino';
import { makeCtx } from './ctx.ts';
import type { Database } from './database.ts';
import { isJobRequest, type Jobs, jobNameOf } from './jobs.ts';
import type { DeliveredEvent, EventHandler, ServerModule, Services } from './module.ts';

/** What a browser may be told at once: that something changed, never what. */
export type Signal = { ws: string; type: string; accountId: string | null; id: string | null };

/**
 * Collects signals for a moment and sends them in one NOTIFY statement of its own. Never inside a use case's transaction: commits that
 * notify wait for each other, which would make every write wait for every other write's disk.
 */
export function createSignaller(database: Database): { signal(s: Signal): void; flush(): Promise<void> } {
  let waiting: Signal[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const now = waiting;
    waiting = [];
    if (!now.length) return;
    const distinct = [...new Set(now.map((s) => JSON.stringify(s)))].slice(0, 200);
    await database.pools.owner
      .query("select pg_notify('openkam_event', s) from unnest($1::text[]) s", [distinct])
      .catch(() => {});
  }
  return {
    signal(s) {
      waiting.push(s);
      timer ??= setTimeout(() => void flush(), 20);
    },
    flush,
  };
}

export type Events = {
  signals: EventEmitter<{ signal: [Signal]; access: [] }>;
  /** What was signalled in the last so many milliseconds (a minute at most), for who begins to listen only now. */
  recent(ms: number): Signal[];
  deliverNow(): Promise<number>;
  stop(): Promise<void>;
};

const BATCH = 100;
const REMEMBERED_MS = 60_000;
const REMEMBERED = 2_000;
const PARK_AFTER = 8;

export async function startEvents(
  services: Services,
  modules: readonly ServerModule[],
  jobsOf: () => Jobs | null,
  log: Logger,
): Promise<Events> {
  const signals = new EventEmitter<{ signal: [Signal]; access: [] }>();
  signals.setMaxListeners(0);
  let remembered: { at: number; signal: Signal }[] = [];
  function remember(signal: Signal): void {
    const at = performance.now();
    remembered.push({ at, signal });
    if (remembered.length > REMEMBERED || at - remembered[0]!.at > 2 * REMEMBERED_MS)
      remembered = remembered.filter((r) => at - r.at <= REMEMBERED_MS).slice(-REMEMBERED / 2);
  }
  let stopped = false;
  let running: Promise<number> | null = null;
  let next: Promise<number> | null = null;

  const handlersOf = (event: DeliveredEvent): EventHandler[] =>
    modules.flatMap((m) => m.on?.[event.type] ?? []).filter((h) => h.wants?.(event) ?? true);

  async function deliverOne(event: DeliveredEvent): Promise<void> {
    if (isJobRequest(event.type)) {
      const { data, startAfter, singletonKey } = event.payload as {
        data: Record<string, unknown>;
        startAfter: string | null;
        singletonKey: string | null;
      };
      await jobsOf()?.send(
        jobNameOf(event.type),
        { ...data, workspaceId: event.workspaceId },
        { id: event.id, startAfter, singletonKey },
      );
      return;
    }
    for (const { handle } of handlersOf(event)) {
      const access = { workspaceId: event.workspaceId, memberId: null, level: 'all' as const, label: 'system' };
      const hooks: (() => void | Promise<void>)[] = [];
      await services.database.as(access, (tx) =>
        handle(
          makeCtx({
            tx,
            services,
            log,
            requestId: event.id,
            hooks,
            actor: {
              kind: 'system',
              workspaceId: event.workspaceId,
              memberId: null,
              userId: null,
              role: 'admin',
              level: 'all',
              name: 'system',
              key: 'system',
            },
          }),
          event,
        ),
      );
      for (const hook of hooks) await hook();
    }
  }

  async function pass(): Promise<number> {
    let done = 0;
    for (;;) {
      const count = await services.database.system(async (_tx, client) => {
        const { rows } = await client.query(
          `select workspace_id, id, type, account_id, row_id, member_id, payload, at, attempts from kernel.outbox
           where delivered_at is null and attempts < $2 ${jobsOf() ? '' : "and type not like 'job:%'"}
           order by id limit $1 for update skip locked`,
          [BATCH, PARK_AFTER],
        );
        const delivered: string[] = [];
        for (const r of rows) {
          const event: DeliveredEvent = {
            id: r.id,
            workspaceId: r.workspace_id,
            type: r.type,
            accountId: r.account_id,
            rowId: r.row_id,
            memberId: r.member_id,
            payload: r.payload,
            at: r.at,
          };
          try {
            await deliverOne(event);
            delivered.push(r.id);
          } catch (error) {
            log.error({ err: error, event: r.type, attempts: r.attempts + 1 }, 'an event could not be delivered');
            await client.query(
              'update kernel.outbox set attempts = attempts + 1, last_error = $3 where workspace_id = $1 and id = $2',
              [r.workspace_id, r.id, String((error as Error).message).slice(0, 500)],
            );
          }
        }
        // All at once: should this process die before, handlers hear of the same events again.
        if (delivered.length)
          await client.query(
            'update kernel.outbox set delivered_at = now() where id = any($1::uuid[]) and delivered_at is null',
            [delivered],
          );
        return rows.length;
      });
      done += count;
      if (count < BATCH || stopped) return done;
    }
  }

  /** Answers when everything that was in the outbox at the call has had its turn: a pass on its way may have looked before. */
  function deliverNow(): Promise<number> {
    if (running) {
      next ??= running.then(() => {
        next = null;
        return stopped ? 0 : deliverNow();
      });
      return next;
    }
    running = pass()
      .catch((error) => {
        if (!stopped) log.warn({ err: error }, 'outbox pass failed; trying again');
        return 0;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  let listener: pg.Client | null = null;
  async function listen(): Promise<void> {
    if (stopped) return;
    const client = new pg.Client({
      connectionString: services.database.url,
      application_name: 'openkam-listen',
      keepAlive: true,
    });
    try {
      client.on('error', () => {});
      client.on('end', () => {
        if (!stopped) setTimeout(() => void listen(), 1_000).unref();
      });
      client.on('notification', (n) => {
        if (n.channel === 'openkam_access') {
          services.forgetAccess();
          signals.emit('access');
          return;
        }
        const s = JSON.parse(n.payload ?? '{}') as Signal;
        if (!s.type.startsWith('job:')) {
          remember(s);
          signals.emit('signal', s);
        }
        void deliverNow();
      });
      await client.connect();
      await client.query('listen openkam_event; listen openkam_access');
      listener = client;
      services.forgetAccess(); // what we missed while away
      void deliverNow();
    } catch {
      await client.end().catch(() => {});
    }
  }
  await listen();
  const poll = setInterval(() => void deliverNow(), 5_000);
  poll.unref();

  return {
    signals,
    recent(ms) {
      const from = performance.now() - Math.min(ms, REMEMBERED_MS);
      return remembered.filter((r) => r.at >= from).map((r) => r.signal);
    },
    deliverNow,
    async stop() {
      stopped = true;
      clearInterval(poll);
      await running?.catch(() => {});
      await listener?.end().catch(() => {});
    },
  };
}
