// Addresses that belong to no room: health, readiness, metrics, the API's description, live updates, the web app's files.
import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../contract/problem.ts';
import type { Database } from './database.ts';
import type { Events, Signal } from './events.ts';
import type { Authenticate } from './http.ts';
import { registry } from './metrics.ts';

type Parts = {
  database: Database;
  events: Events;
  authenticate: Authenticate;
  openapi: unknown;
  version: string;
  webRoot: string;
  /** A token that /metrics asks for; null: only callers on this machine. */
  metricsToken: string | null;
};

export async function mountSystem(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/health', async () => ({ status: 'ok', version: parts.version }));
  app.get('/ready', async (_request, reply) => {
    try {
      await parts.database.system((_tx, client) => client.query('select 1 from kernel.migration limit 1'));
      return { status: 'ready', version: parts.version };
    } catch {
      return reply.status(503).send({ status: 'not ready', reason: 'the database does not answer' });
    }
  });
  app.get('/metrics', async (request, reply) => {
    const local = request.ip === '127.0.0.1' || request.ip === '::1' || request.ip === '::ffff:127.0.0.1';
    const allowed = parts.metricsToken ? request.headers.authorization === `Bearer ${parts.metricsToken}` : local;
    if (!allowed)
      throw new Problem(403, 'forbidden', 'Metrics are for this machine, or for callers with OPENKAM_METRICS_TOKEN.');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  app.get('/openapi.json', async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').send(parts.openapi),
  );
  mountLive(app, parts);
  await mountWeb(app, parts.webRoot);
}

/** Server-sent events. A browser is told that something changed; what, it asks for itself, under its own rights. */
function mountLive(app: FastifyInstance, { events, authenticate, database }: Parts): void {
  app.get('/api/v1/live', async (request, reply) => {
    const actor = await authenticate(request);
    if (!actor) throw new Problem(401, 'signed_out', 'Sign in first.');
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    raw.write(': hello\n\n');
    const tell = (s: Signal) => void raw.write(`event: change\ndata: ${JSON.stringify(s)}\n\n`);
    const onSignal = (s: Signal) => {
      if (s.ws !== actor.workspaceId) return;
      // A member with a limited view hears of an account only while seeing it.
      if (actor.level === 'all' || s.accountId === null)
        return tell({ ...s, id: s.accountId === null && actor.level !== 'all' ? null : s.id });
      database
        .as({ ...actor, label: 'live' }, (tx) =>
          tx.selectFrom('account').select('id').where('id', '=', s.accountId!).executeTakeFirst(),
        )
        .then((seen) => seen && tell(s))
        .catch(() => {});
    };
    const check = () =>
      void authenticate(request)
        .then((a) => a ?? raw.end())
        .catch(() => raw.end());
    const beat = setInterval(() => raw.write(': still here\n\n'), 25_000);
    events.signals.on('signal', onSignal);
    events.signals.on('access', check);
    // The page asked for what it shows before it could listen: it says how long ago that began.
    const ago = Number((request.query as { ago?: unknown }).ago);
    if (ago > 0) for (const s of events.recent(ago)) onSignal(s);
    request.raw.on('close', () => {
      clearInterval(beat);
      events.signals.off('signal', onSignal);
      events.signals.off('access', check);
    });
  });
}

async function mountWeb(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    setHeaders: (response, file) => {
      const forever = file.includes(`${path.sep}assets${path.sep}`);
      response.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Looked up when asked for, so that a build under a running server takes effect at once.
  app.get('/*', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://here');
    if (pathname.startsWith('/api/')) throw new Problem(404, 'no_such_path', 'There is nothing at this address.');
    if (/\.\w{2,5}$/.test(pathname)) return reply.sendFile(pathname.slice(1));
    // Every other address that a person opens is a page of the app.
    if (!existsSync(path.join(root, 'index.html')))
      throw new Problem(404, 'no_web', 'The web app is not built: run npm start.');
    return reply.sendFile('index.html');
  });
}
