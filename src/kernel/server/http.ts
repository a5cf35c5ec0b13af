// Mounts routes: session, permission, input, transaction, answer, problem. One way through for every verb.
import { createHash } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Actor } from '../contract/access.ts';
import { newId } from '../contract/ids.ts';
import { type FieldError, forbidden, invalid, Problem, type ProblemDocument } from '../contract/problem.ts';
import type { RouteSpec } from '../contract/route.ts';
import { makeCtx } from './ctx.ts';
import { problemOf } from './failure.ts';
import { countRequest } from './metrics.ts';
import type { Call, Ctx, FileAnswer, Handler, ServerModule, Services } from './module.ts';
import { ReadyJson } from './ready-json.ts';
import { takeUploads } from './uploads.ts';
import { plainWords } from './wording.ts';

export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>;

export type HttpOptions = {
  services: Services;
  modules: readonly ServerModule[];
  authenticate: Authenticate;
  log: Logger;
  /** In tests every answer is checked against its shape, bulk lists too. */
  checkAnswers?: boolean;
  rateLimitPerMinute?: number;
};

/** The Fastify server with every route of every module. Not yet listening. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { services, modules, log } = options;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (req) => {
      const given = req.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId();
    },
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    trustProxy: process.env.OPENKAM_TRUST_PROXY === 'true',
    requestTimeout: 120_000,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: services.config.publicUrl.startsWith('https:'),
  });
  await app.register(cookie);
  await app.register(compress, { threshold: 4096, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } });
  await app.register(multipart, {
    limits: { fileSize: 512 * 1024 * 1024, files: 20, fields: 50, fieldSize: 64 * 1024 },
  });
  await app.register(rateLimit, {
    global: true,
    max: (request: FastifyRequest) =>
      request.headers.authorization || request.headers.cookie ? (options.rateLimitPerMinute ?? 120_000) : 3_000,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request: FastifyRequest) => {
      const secret = request.headers.authorization;
      return secret ? createHash('sha256').update(secret).digest('base64') : request.ip;
    },
    errorResponseBuilder: (_request: FastifyRequest, context: { ttl: number }) =>
      new Problem(
        429,
        'too_many_requests',
        `Too many requests; try again in ${Math.ceil(context.ttl / 1000)} seconds.`,
      ),
  });

  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, problemOf(error, request.log as Logger), error),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new Problem(404, 'no_such_path', 'There is nothing at this address.')),
  );
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    countRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    const line = {
      requestId: request.id,
      method: request.method,
      url: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request');
    else if (!route.startsWith('/assets')) request.log.debug(line, 'request');
  });

  const holders = new Map<string, ReadonlySet<string>>();
  for (const m of modules) for (const [p, roles] of Object.entries(m.permissions)) holders.set(p, new Set(roles));
  const seen = new Set<string>();
  for (const m of modules) {
    for (const handler of m.routes) {
      if (seen.has(handler.spec.id)) throw new Error(`two routes are called ${handler.spec.id}`);
      seen.add(handler.spec.id);
      const { permission } = handler.spec;
      if (permission !== 'public' && permission !== 'signed-in' && !holders.has(permission))
        throw new Error(`route ${handler.spec.id} asks for permission ${permission}, which no room declares`);
      mount(app, handler, options, holders);
    }
  }
  return app;
}

function mount(
  app: FastifyInstance,
  handler: Handler,
  options: HttpOptions,
  holders: Map<string, ReadonlySet<string>>,
) {
  const { spec } = handler;
  const { services } = options;
  const allowed = holders.get(spec.permission);
  const reads = spec.method === 'GET';
  const check = !spec.bulk || options.checkAnswers === true;
  app.route({
    method: spec.method,
    url: spec.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(spec.limitPerMinute
      ? {
          config: {
            rateLimit: {
              max: spec.limitPerMinute,
              timeWindow: 60_000,
              keyGenerator: (r: FastifyRequest) => `${spec.id} ${r.ip}`,
            },
          },
        }
      : {}),
    handler: async (request, reply) => {
      const actor = spec.permission === 'public' ? null : await options.authenticate(request);
      if (spec.permission !== 'public') {
        if (!actor) throw new Problem(401, 'signed_out', 'Sign in, or send a valid API key.');
        if (allowed && !allowed.has(actor.role)) throw forbidden();
        if (!reads && actor.kind === 'session') checkOrigin(request, services);
      }
      const call = parse(spec, request);
      if (spec.accepts === 'file') {
        call.uploads = await takeUploads(request, reply, services.files);
        call.body = parseForm(spec, call.uploads[0]?.fields ?? {}) as never;
      }
      const access = {
        workspaceId: actor?.workspaceId ?? '',
        memberId: actor?.memberId ?? null,
        level: actor?.level ?? ('own' as const),
        label: actor ? `${actor.kind}:${actor.name}` : 'public',
        requestId: request.id,
      };
      const hooks: (() => void | Promise<void>)[] = [];
      const work = async (ctx: Ctx): Promise<{ status: number; answer: unknown }> => {
        // A stream cannot be kept for a repeat.
        const isKept = spec.method === 'POST' && spec.answers !== 'stream' && actor?.memberId;
        const key = isKept ? request.headers['idempotency-key'] : undefined;
        const repeat = typeof key === 'string' ? await repeated(ctx, spec, key, request) : undefined;
        if (repeat?.found) return repeat.found;
        let answer = await handler.run(ctx, call);
        if (answer instanceof ReadyJson && (check || repeat)) answer = JSON.parse(answer.text);
        if (spec.answer && spec.answers !== 'stream' && check) answer = checkAnswer(spec, answer, ctx);
        const status = spec.status ?? (spec.answer || spec.answers ? 200 : 204);
        if (repeat) await repeat.keep(status, answer);
        return { status, answer };
      };
      const result = actor
        ? await services.database[reads ? 'read' : 'as'](access, (tx) =>
            work(makeCtx({ tx, actor, services, requestId: request.id, log: request.log as Logger, hooks })),
          )
        : await services.database.system((tx) =>
            work(makeCtx({ tx, actor: nobody, services, requestId: request.id, log: request.log as Logger, hooks })),
          );
      for (const hook of hooks) {
        try {
          await hook();
        } catch (error) {
          request.log.error({ err: error }, 'work after the commit failed');
        }
      }
      if (reply.sent) return reply;
      if (spec.answers === 'stream') return sendFile(reply, result.answer as FileAnswer);
      if (reads) reply.header('cache-control', 'no-store');
      const version = (result.answer as { version?: unknown } | undefined)?.version;
      if (typeof version === 'number') reply.header('etag', `"${version}"`);
      if (result.answer instanceof ReadyJson)
        return reply.status(result.status).type('application/json; charset=utf-8').send(result.answer.text);
      return reply.status(result.status).send(result.answer);
    },
  });
}

const nobody: Actor = {
  kind: 'system',
  workspaceId: '',
  memberId: null,
  userId: null,
  role: 'viewer',
  level: 'own',
  name: 'public',
  key: 'public',
};

function checkOrigin(request: FastifyRequest, services: Services) {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.origin;
  if (origin) {
    const host = new URL(origin).host;
    if (host === request.headers.host || origin === new URL(services.config.publicUrl).origin) return;
  } else if (site === undefined) return; // not a browser: a cookie sent by hand
  throw new Problem(403, 'foreign_origin', 'This request came from another site.');
}

function parse(spec: RouteSpec, request: FastifyRequest): Call<RouteSpec> {
  const fields: FieldError[] = [];
  const read = (shape: z.ZodType | undefined, value: unknown, at: string): unknown => {
    if (!shape) return undefined;
    const result = shape.safeParse(value, { error: plainWords });
    if (result.success) return result.data;
    for (const issue of result.error.issues) fields.push(...fieldErrors(issue, at));
    return undefined;
  };
  let body: unknown = request.body;
  if (spec.body && (body === undefined || body === null)) body = {};
  const call = {
    params: read(spec.params, request.params, 'path'),
    query: read(spec.query ?? emptyQuery, request.query, ''),
    body: spec.accepts === 'file' || spec.accepts === 'raw' ? undefined : read(spec.body, body, ''),
    ifMatch: undefined as number | undefined,
    uploads: [],
    headers: request.headers,
    ip: request.ip,
  };
  // An unparsable id in the path can be no row's id: the same answer as for a row nobody may see.
  if (fields.some((f) => f.field.startsWith('path.')))
    throw new Problem(404, 'not_found', 'There is nothing with this id, or you may not see it.');
  const match = request.headers['if-match'];
  if (typeof match === 'string' && match !== '*') {
    const n = Number(match.replace(/^W\//, '').replaceAll('"', ''));
    if (Number.isInteger(n)) call.ifMatch = n;
    else fields.push({ field: 'If-Match', message: 'Send the version as a number' });
  }
  if (fields.length) throw invalid(fields);
  return call as unknown as Call<RouteSpec>;
}

const emptyQuery = z.strictObject({});

/** The text fields that came with a file are the body of the call. */
function parseForm(spec: RouteSpec, form: Record<string, string>): unknown {
  if (!spec.body) return undefined;
  const result = spec.body.safeParse(form, { error: plainWords });
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap((issue) => fieldErrors(issue, '')));
}

function fieldErrors(issue: z.core.$ZodIssue, at: string): FieldError[] {
  const base = [...(at ? [at] : []), ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: base ? `${base}.${key}` : key,
      message: 'There is no such field',
      code: 'unknown_field',
    }));
  }
  return [{ field: base || 'body', message: issue.message, code: issue.code }];
}

function checkAnswer(spec: RouteSpec, answer: unknown, ctx: Ctx): unknown {
  const result = spec.answer!.safeParse(answer);
  if (result.success) return result.data;
  ctx.log.error({ route: spec.id, issues: result.error.issues.slice(0, 5) }, 'an answer does not fit its contract');
  throw new Problem(500, 'bad_answer', 'OpenKAM made an answer that breaks its own contract. Nothing was changed.');
}

async function repeated(ctx: Ctx, spec: RouteSpec, key: string, request: FastifyRequest) {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalid({ field: 'Idempotency-Key', message: 'Up to 200 printable characters' });
  const hash = createHash('sha256')
    .update(JSON.stringify([spec.id, request.params, request.body ?? null]))
    .digest('hex');
  const { workspaceId, memberId } = ctx.actor;
  // The insert waits for a concurrent twin to commit, then sees its answer.
  const taken = await ctx.tx
    .insertInto('kernel.idempotency')
    .values({
      workspace_id: workspaceId,
      member_id: memberId!,
      key,
      route: spec.id,
      request_hash: hash,
      status: 0,
      answer: null,
    })
    .onConflict((c) => c.columns(['workspace_id', 'member_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!taken) {
    const before = await ctx.tx
      .selectFrom('kernel.idempotency')
      .select(['request_hash', 'status', 'answer'])
      .where('key', '=', key)
      .where('member_id', '=', memberId!)
      .executeTakeFirst();
    if (!before || before.request_hash !== hash)
      throw new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key was used for a different request.');
    return { found: { status: before.status, answer: before.answer ?? undefined }, keep: async () => {} };
  }
  return {
    found: undefined,
    keep: async (status: number, answer: unknown) => {
      await ctx.tx
        .updateTable('kernel.idempotency')
        .set({ status, answer: answer === undefined ? null : JSON.stringify(answer) })
        .where('id', '=', taken.id)
        .execute();
    },
  };
}

function sendFile(reply: FastifyReply, file: FileAnswer) {
  reply
    .header('content-type', file.type)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff');
  if (file.length !== undefined) reply.header('content-length', file.length);
  const ascii = (file.fileName ?? 'file').replace(/[^\w .()-]/g, '_');
  reply.header(
    'content-disposition',
    `${file.inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.fileName ?? 'file')}`,
  );
  return reply.send(file.stream instanceof Uint8Array ? Buffer.from(file.stream) : file.stream);
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem, cause?: unknown) {
  if (problem.status >= 500)
    request.log.error({ err: cause, requestId: request.id, code: problem.code }, 'request failed');
  const document: ProblemDocument = {
    type: `urn:openkam:problem:${problem.code}`,
    title: problem.message,
    status: problem.status,
    code: problem.code,
    ...(problem.fields ? { fields: problem.fields } : {}),
    ...(problem.current !== undefined ? { current: problem.current } : {}),
    requestId: String(request.id),
  };
  if (problem.status === 503) reply.header('retry-after', '2');
  return reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(document);
}
