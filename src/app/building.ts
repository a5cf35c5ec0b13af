// Puts the building together: database, sign-in, rooms, HTTP, events, jobs. Used by the server, the command line and the tests.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type Config, loadSecret } from '../kernel/server/config.ts';
import { setZone } from '../kernel/server/ctx.ts';
import { type Database, openDatabase } from '../kernel/server/database.ts';
import { createSignaller, type Events, startEvents } from '../kernel/server/events.ts';
import { openFiles } from '../kernel/server/files.ts';
import { housekeeping } from '../kernel/server/housekeeping.ts';
import { createHttp } from '../kernel/server/http.ts';
import { type Jobs, startJobs } from '../kernel/server/jobs.ts';
import { createMailer } from '../kernel/server/mail.ts';
import type { ServerModule, Services } from '../kernel/server/module.ts';
import { openapi } from '../kernel/server/openapi.ts';
import { startSchedules } from '../kernel/server/schedule.ts';
import { mountSystem } from '../kernel/server/system.ts';
import { createAccess, createAuth, mountAuth } from '../modules/people/server/index.ts';
import { modules as allModules } from './server.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const version: string = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;

export type BuildingOptions = {
  config: Config;
  databaseUrl: string;
  log: Logger;
  modules?: readonly ServerModule[];
  clock?: () => Date;
  checkAnswers?: boolean;
  rateLimitPerMinute?: number;
};

export type Building = {
  services: Services;
  database: Database;
  /** The HTTP server, with every route; not yet listening. */
  http(): Promise<{ app: FastifyInstance; events: Events }>;
  /** Starts the job queue and the clock; needs `http` or `events` first. */
  work(): Promise<Jobs>;
  events(): Promise<Events>;
  close(): Promise<void>;
};

export async function openBuilding(options: BuildingOptions): Promise<Building> {
  const { config, log } = options;
  const modules = options.modules ?? allModules;
  const database = openDatabase(options.databaseUrl);
  const mailer = createMailer(config.mail, path.join(config.dataDir, 'mail'), log);
  const secret = config.secret ?? (await loadSecret(config.dataDir));
  const auth = createAuth({
    pool: database.pools.owner,
    secret,
    publicUrl: config.publicUrl,
    sendMail: (mail) => mailer.send(mail),
    log,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const access = createAccess(database, auth);
  // Calendars are read at start, and again when the database says that rights or workspaces changed.
  const readZones = () =>
    database.system(async (tx) => {
      for (const w of await tx.selectFrom('workspace').select(['workspace_id', 'zone']).execute())
        setZone(w.workspace_id, w.zone);
    });
  const signaller = createSignaller(database);
  const services: Services = {
    version,
    signal: signaller.signal,
    config,
    signIn: auth,
    database,
    mailer,
    log,
    files: await openFiles(path.join(config.dataDir, 'files')),
    clock: options.clock ?? (() => new Date()),
    modules,
    forgetAccess() {
      access.forget();
      void readZones().catch((error) => log.warn({ err: error }, 'time zones could not be read anew'));
    },
  };
  await readZones();

  let events: Promise<Events> | null = null;
  let jobs: Jobs | null = null;
  let starting: Promise<Jobs> | null = null;
  let schedules: { stop(): void } | null = null;
  let app: FastifyInstance | null = null;
  // Job requests wait in the outbox until the queue runs; `send` below reaches it as soon as it does.
  const waiting: Jobs = {
    send: async (...call) => {
      if (!jobs) throw new Error('the job queue is still starting');
      await jobs.send(...call);
    },
    state: async () => (jobs ? jobs.state() : { waiting: 0, active: 0, failed: 0 }),
    stop: async () => {},
  };
  const startedEvents = () => (events ??= startEvents(services, modules, () => (jobs ? waiting : null), log));

  return {
    services,
    database,
    events: startedEvents,
    async http() {
      app = await createHttp({
        services,
        modules,
        authenticate: access.authenticate,
        log,
        ...(options.checkAnswers ? { checkAnswers: true } : {}),
        ...(options.rateLimitPerMinute ? { rateLimitPerMinute: options.rateLimitPerMinute } : {}),
      });
      await mountAuth(app, auth);
      const live = await startedEvents();
      await mountSystem(app, {
        database,
        events: live,
        authenticate: access.authenticate,
        openapi: openapi(modules, version),
        version,
        webRoot: path.join(root, 'dist', 'web'),
        metricsToken: process.env.OPENKAM_METRICS_TOKEN ?? null,
      });
      return { app, events: live };
    },
    work() {
      starting = (async () => {
        jobs = await startJobs(services, modules, log);
        schedules = startSchedules(services, [housekeeping, ...modules.flatMap((m) => m.schedules ?? [])], log);
        for (const m of modules) await m.starts?.(services);
        await (await startedEvents()).deliverNow();
        return jobs;
      })();
      return starting;
    },
    async close() {
      // A stop may come while the queue still starts: let it finish, then stop it.
      await starting?.catch(() => {});
      schedules?.stop();
      await app?.close();
      await jobs?.stop();
      await signaller.flush();
      if (events) await (await events).stop();
      await auth.settled();
      mailer.close();
      await database.close();
    },
  };
}
