// Work outside of requests. A use case asks for a job in its own transaction (a row in the outbox); the worker hands it to the queue.
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Tx } from './database.ts';
import { jobsDone } from './metrics.ts';
import type { ServerModule, Services } from './module.ts';

const JOB_EVENT = 'job:';

/** Asks for a job; it exists only if the transaction commits. */
export async function enqueueIn(
  tx: Tx,
  job: string,
  data: Record<string, unknown>,
  options: { startAfter?: Date; singletonKey?: string } = {},
): Promise<void> {
  const { workspaceId, ...rest } = data;
  await tx
    .insertInto('kernel.outbox')
    .values({
      workspace_id: String(workspaceId),
      type: `${JOB_EVENT}${job}`,
      payload: JSON.stringify({
        data: rest,
        startAfter: options.startAfter?.toISOString() ?? null,
        singletonKey: options.singletonKey ?? null,
      }),
    })
    .execute();
}

export type Jobs = {
  /** Queues a job; the same id twice is one job. */
  send(
    name: string,
    data: Record<string, unknown>,
    options?: { id?: string; startAfter?: string | null; singletonKey?: string | null },
  ): Promise<void>;
  /** How many jobs wait, run and are parked as failed. */
  state(): Promise<{ waiting: number; active: number; failed: number }>;
  stop(): Promise<void>;
};

/** Starts the queue and a worker for every job of every room. */
export async function startJobs(services: Services, modules: readonly ServerModule[], log: Logger): Promise<Jobs> {
  const pool = services.database.pools.owner;
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'pgboss',
    schedule: false,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  const abort = new AbortController();
  for (const job of modules.flatMap((m) => m.jobs ?? [])) {
    await boss.createQueue(job.name, {
      retryLimit: job.retryLimit ?? 5,
      retryBackoff: true,
      retryDelay: 2,
      retryDelayMax: 900,
      expireInSeconds: job.expireSeconds ?? 900,
      heartbeatSeconds: 30,
    });
    await boss.work<Record<string, unknown>>(
      job.name,
      { batchSize: 1, pollingIntervalSeconds: 1, localConcurrency: job.concurrency ?? 1 },
      async ([one]) => {
        if (!one) return;
        try {
          await job.run(services, one.data, { signal: AbortSignal.any([one.signal, abort.signal]) });
          jobsDone.inc({ job: job.name, outcome: 'done' });
        } catch (error) {
          jobsDone.inc({ job: job.name, outcome: 'failed' });
          log.error({ err: error, job: job.name, jobId: one.id }, 'job failed; it will be tried again');
          throw error;
        }
      },
    );
  }
  return {
    async send(name, data, options = {}) {
      await boss.send(name, data, {
        ...(options.id ? { id: options.id } : {}),
        ...(options.startAfter ? { startAfter: new Date(options.startAfter) } : {}),
        ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}),
      });
    },
    async state() {
      const { rows } = await pool.query(
        `select count(*) filter (where state in ('created', 'retry')) as waiting, count(*) filter (where state = 'active') as active,
                count(*) filter (where state = 'failed') as failed from pgboss.job`,
      );
      return { waiting: Number(rows[0].waiting), active: Number(rows[0].active), failed: Number(rows[0].failed) };
    },
    async stop() {
      abort.abort();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

export const isJobRequest = (type: string): boolean => type.startsWith(JOB_EVENT);
export const jobNameOf = (type: string): string => type.slice(JOB_EVENT.length);
