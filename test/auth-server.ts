// A sign-in server as browsers meet it: real PostgreSQL, real HTTP, real SMTP. For tests of signing in.
import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import Fastify from 'fastify';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { Problem } from '../src/kernel/contract/problem.ts';
import { createMailer } from '../src/kernel/server/mail.ts';
import { createAuth } from '../src/modules/people/server/auth.ts';
import { mountAuth } from '../src/modules/people/server/auth-http.ts';
import { testDatabase } from './postgres.ts';

const SECRET = 'a-secret-for-tests-with-enough-characters';

/** A mail server that keeps what it is sent, as text with quoted-printable undone. */
export async function mailServer() {
  const mails: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts)
          .toString()
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        mails.push({ to: session.envelope.rcptTo.map((r) => r.address), text });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise<void>((closed) => server.close(closed)) };
}

export async function authServer(options: { publicUrl?: string; clock?: () => Date } = {}) {
  const database = await testDatabase();
  // As the server connects: not as the owner of the tables.
  const pool = new pg.Pool({
    connectionString: database.url,
    max: 4,
    options: '-c role=openkam_app -c search_path=public,kernel',
  });
  pool.on('error', () => {}); // dropping the database ends idle connections
  const smtp = await mailServer();
  const lines: string[] = [];
  const mailer = createMailer({ smtpUrl: smtp.url, from: 'OpenKAM <kam@example.com>' }, tmpdir(), {
    info: (about: unknown, text?: string) => void lines.push(JSON.stringify([about, text])),
  });
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:4400';
  const auth = createAuth({
    pool,
    secret: SECRET,
    publicUrl,
    sendMail: mailer.send,
    log: {
      debug: (...said: unknown[]) => void lines.push(JSON.stringify(said)),
      error: (...said: unknown[]) => void lines.push(`error ${JSON.stringify(said)}`),
    },
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const http = Fastify();
  http.setErrorHandler((error, _request, reply) =>
    error instanceof Problem
      ? reply.code(error.status).send({ code: error.code, title: error.message })
      : reply.send(error),
  );
  http.get('/whoami', async (request, reply) => {
    const who = await auth.sessionOf(new Headers({ cookie: request.headers.cookie ?? '' }));
    return who ?? reply.code(401).send({});
  });
  await mountAuth(http, auth);
  await http.ready();
  return {
    auth,
    http,
    pool,
    mails: smtp.mails,
    /** Everything that was logged, so that a test can look for what must not be there. */
    lines,
    browser: (from?: string) => browser(http, publicUrl, from),
    async close() {
      await auth.settled();
      await http.close();
      mailer.close();
      await smtp.close();
      await pool.end();
      await database.drop();
    },
  };
}

type Reply = {
  status: number;
  body: Record<string, unknown> & { code?: string };
  cookies: string[];
  headers: Record<string, unknown>;
};

/** A browser with its own cookies and address, on a page of `publicUrl`. */
function browser(http: ReturnType<typeof Fastify>, publicUrl: string, from = '203.0.113.1') {
  const jar = new Map<string, string>();
  async function send(
    method: 'GET' | 'POST',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const reply = await http.inject({
      method,
      url,
      remoteAddress: from,
      headers: {
        host: new URL(publicUrl).host,
        ...(method === 'POST' ? { origin: new URL(publicUrl).origin, 'content-type': 'application/json' } : {}),
        ...(jar.size ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0',
        ...headers,
      },
      ...(method === 'POST' ? { payload: JSON.stringify(body ?? {}) } : {}),
    });
    const cookies = [reply.headers['set-cookie'] ?? []].flat();
    for (const cookie of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (!name) continue;
      if (!value || /max-age=0(;|$)/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: reply.statusCode, body: reply.body ? reply.json() : {}, cookies, headers: reply.headers };
  }
  return {
    jar,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      send('POST', `/api/auth${path}`, body, headers),
    signIn: (email: string, password: string) => send('POST', '/api/auth/sign-in/email', { email, password }),
    whoami: () => send('GET', '/whoami'),
  };
}

/** The code that an authenticator app shows for this set-up address (RFC 6238: SHA-1, six digits, 30 seconds). */
export function totpCode(uri: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(new URL(uri).searchParams.get('secret') ?? '')
    .map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = hash[19]! & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
