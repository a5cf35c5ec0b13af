// Serves better-auth under /api/auth/*: only the paths we use, the true client address, every cookie, small bodies.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ADDRESS_HEADER, type Auth } from './auth.ts';
import { refusal } from './auth-problems.ts';

const BODY_LIMIT = 64 * 1024;

/** A library update must not open a door unseen: what is not named here does not exist. */
const SERVED = new Set([
  'GET /get-session',
  'POST /sign-in/email',
  'POST /sign-out',
  'POST /request-password-reset',
  'POST /reset-password',
  'POST /change-password',
  'GET /sessions',
  'POST /sessions/end',
  'POST /revoke-other-sessions',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/generate-backup-codes',
  'GET /passkey/generate-register-options',
  'POST /passkey/verify-registration',
  'GET /passkey/generate-authenticate-options',
  'POST /passkey/verify-authentication',
  'GET /passkey/list-user-passkeys',
  'POST /passkey/update-passkey',
  'POST /passkey/delete-passkey',
]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Fastify's headers as Web headers, without any claim about where the request came from. */
export function webHeaders(headers: FastifyRequest['headers']): Headers {
  const web = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (
      value === undefined ||
      name.startsWith(':') ||
      name.startsWith('x-forwarded') ||
      name === 'forwarded' ||
      name === ADDRESS_HEADER
    )
      continue;
    web.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return web;
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const text = await response.text();
  if (response.status >= 400) {
    const wait = response.headers.get('x-retry-after');
    if (wait) reply.header('retry-after', wait);
    throw refusal(response.status, jsonOf(text));
  }
  return reply
    .code(response.status)
    .type(response.headers.get('content-type') ?? 'application/json')
    .send(text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A passkey id that is no id at all would reach PostgreSQL as a bad uuid. */
function namesNoPasskey(path: string, body: Buffer | undefined): boolean {
  if (path !== '/passkey/update-passkey' && path !== '/passkey/delete-passkey') return false;
  const said = jsonOf(body?.toString() ?? '');
  const id = said && typeof said === 'object' && 'id' in said ? said.id : undefined;
  return typeof id === 'string' && !UUID.test(id);
}

/** Mounts sign-in on the server. Bodies are handed on as they came, so this lives in its own Fastify context. */
export async function mountAuth(server: FastifyInstance, auth: Auth): Promise<void> {
  const origin = new URL(auth.publicUrl).origin;
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      bodyLimit: BODY_LIMIT,
      handler: async (request, reply) => {
        const url = new URL(request.url, origin);
        const path = url.pathname.slice('/api/auth'.length);
        const body = request.body instanceof Buffer ? request.body : undefined;
        if (!SERVED.has(`${request.method} ${path}`) || namesNoPasskey(path, body)) throw refusal(404, undefined);
        const headers = webHeaders(request.headers);
        headers.delete('content-length');
        headers.delete('transfer-encoding');
        if (request.ip) headers.set(ADDRESS_HEADER, request.ip);
        const response = await auth.handle(
          new Request(url, {
            method: request.method,
            headers,
            ...(request.method === 'POST' ? { body: new Uint8Array(body ?? Buffer.from('{}')) } : {}),
          }),
        );
        return answer(reply, response);
      },
    });
  });
}
