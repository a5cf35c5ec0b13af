// Sign-in: better-auth on our own schema `auth`, closed to strangers. Users are made by set-up and by invitations only.
import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { twoFactor } from 'better-auth/plugins';
import type { FastifyBaseLogger } from 'fastify';
import { PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { conflict, invalid } from '../../../kernel/contract/problem.ts';
import { email as emailShape } from '../../../kernel/contract/shapes.ts';
import type { Mail } from '../../../kernel/server/mail.ts';
import { sessionTokenIn } from './auth-cookie.ts';
import { attemptLimits, type Clock, PER_ADDRESS } from './auth-limits.ts';
import { refusal } from './auth-problems.ts';
import { ownSessions } from './auth-sessions.ts';
import { passwordChangedMail, passwordResetMail, passwordResetUrl } from './mails.ts';
import { passkeyDomain, sameLoopbackOrigin, trustedOrigins } from './origins.ts';
import { backupCodes } from './tokens.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
const DAY = 24 * 60 * 60;
const SESSION_DAYS = 30;
const RESET_MINUTES = 30;

/** The header in which `mountAuth` tells better-auth who is calling; one that a client sends is thrown away. */
export const ADDRESS_HEADER = 'x-openkam-address';

export type AuthSettings = {
  /** Connections that may use schema `auth`; timestamps are read as dates here, whatever parsers are set globally. */
  pool: pg.Pool;
  /** At least 32 random characters; changing it signs everybody out and disables enrolled second factors. */
  secret: string;
  /** Where people open OpenKAM, for links, cookies, origins and passkeys. */
  publicUrl: string;
  trustedOrigins?: string[];
  sendMail: (mail: Mail) => Promise<void>;
  log?: Pick<FastifyBaseLogger, 'debug' | 'error'>;
  clock?: Clock;
};

export type SignedIn = {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
};

export type Auth = ReturnType<typeof createAuth>;

/** better-auth compares dates; the rest of the server reads instants as text. So these queries carry their own parsers. */
const asDates: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.TIMESTAMPTZ ? (value: string) => new Date(value) : pg.types.getTypeParser(oid, format),
};
function datedPool(pool: pg.Pool) {
  return {
    options: pool.options,
    async connect(): Promise<PostgresPoolClient> {
      const client = await pool.connect();
      const query = (text: string, values: unknown[]) => client.query({ text, values, types: asDates });
      return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
    },
    async end() {},
  };
}

/** What better-auth is told; apart so that a test can compare the schema it implies with the migrated one. */
export function authOptions(settings: AuthSettings, inBackground: (work: Promise<unknown>) => void) {
  const { publicUrl, sendMail, log } = settings;
  const own = new URL(publicUrl);
  const known = trustedOrigins(publicUrl, settings.trustedOrigins);
  const limits = attemptLimits(settings.pool, settings.clock ?? (() => new Date()));

  const options = {
    appName: 'OpenKAM',
    baseURL: own.origin,
    basePath: '/api/auth',
    secret: settings.secret,
    database: {
      dialect: new PostgresDialect({ pool: datedPool(settings.pool) }),
      type: 'postgres',
      schemaName: 'auth',
      transaction: true,
    },
    telemetry: { enabled: false },
    trustedOrigins: (request?: Request) =>
      [...known, sameLoopbackOrigin(publicUrl, request?.headers) ?? ''].filter(Boolean),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      resetPasswordTokenExpiresIn: RESET_MINUTES * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        sendMail(
          passwordResetMail({
            to: user.email,
            name: user.name,
            url: passwordResetUrl(publicUrl, token),
            minutes: RESET_MINUTES,
          }),
        ),
      onPasswordReset: async ({ user }) => {
        await limits.clearEmail(user.email);
        inBackground(sendMail(passwordChangedMail({ to: user.email, name: user.name, publicUrl })));
      },
    },
    session: { expiresIn: SESSION_DAYS * DAY, updateAge: DAY, freshAge: DAY, cookieCache: { enabled: false } },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 120,
      customRules: PER_ADDRESS,
      customStorage: { consume: limits.consume },
    },
    advanced: {
      cookiePrefix: 'openkam',
      useSecureCookies: own.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // better-auth drops both checks when it believes to be in a test: say them outright.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      backgroundTasks: { handler: inBackground },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== '/sign-in/email' || typeof ctx.body?.email !== 'string') return;
        const { allowed, retryAfter } = await limits.consumeEmail(ctx.body.email);
        if (!allowed) {
          throw new APIError(
            'TOO_MANY_REQUESTS',
            { code: 'TOO_MANY_SIGN_INS', message: 'Too many tries.' },
            { 'x-retry-after': String(retryAfter) },
          );
        }
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (isAPIError(ctx.context.returned)) return;
        if (ctx.path === '/sign-in/email') await limits.clearEmail(ctx.body.email);
        if (ctx.path === '/change-password') {
          const user = ctx.context.newSession?.user ?? ctx.context.session?.user;
          if (user) inBackground(sendMail(passwordChangedMail({ to: user.email, name: user.name, publicUrl })));
        }
      }),
    },
    // Refusals are everyday; failures inside better-auth are not.
    logger: {
      level: 'warn',
      log: (level, message, ...more) =>
        level === 'error' && more[0] instanceof Error ? log?.error({ err: more[0] }, message) : log?.debug(message),
    },
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error)) log?.error({ err: error }, 'signing in failed');
      },
    },
    plugins: [
      twoFactor({
        issuer: 'OpenKAM',
        backupCodeOptions: { storeBackupCodes: 'encrypted', customBackupCodesGenerate: backupCodes },
      }),
      passkey({
        rpID: passkeyDomain(publicUrl),
        rpName: 'OpenKAM',
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors, so the device must have checked who holds it (PIN, finger, face).
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) {
              throw new APIError('UNAUTHORIZED', {
                code: 'PASSKEY_NOT_VERIFIED',
                message: 'The device did not verify its owner.',
              });
            }
          },
        },
      }),
      ownSessions(),
    ],
  } satisfies BetterAuthOptions;
  return options;
}

/** Sign-in for one server. Rooms use the functions; browsers come through `mountAuth`. */
export function createAuth(settings: AuthSettings) {
  if (settings.secret.length < 32) throw new Error('the sign-in secret must have at least 32 characters');
  const { pool } = settings;
  const limits = attemptLimits(pool, settings.clock ?? (() => new Date()));
  const working = new Set<Promise<unknown>>();
  function inBackground(work: Promise<unknown>): void {
    const guarded: Promise<unknown> = work
      .catch((error: unknown) => settings.log?.error({ err: error }, 'a mail about signing in was not sent'))
      .finally(() => working.delete(guarded));
    working.add(guarded);
  }
  const cookieName = `${new URL(settings.publicUrl).protocol === 'https:' ? '__Secure-' : ''}openkam.session_token`;
  const betterAuthInstance = betterAuth(authOptions(settings, inBackground));

  function checked(password: string): string {
    if (password.length < PASSWORD_MIN)
      throw invalid({ field: 'password', message: `Use at least ${PASSWORD_MIN} characters.` });
    if (password.length > PASSWORD_MAX)
      throw invalid({ field: 'password', message: `Use at most ${PASSWORD_MAX} characters.` });
    return password;
  }

  return {
    publicUrl: settings.publicUrl,
    log: settings.log,
    /** Serves one Web request to /api/auth/*. */
    handle: (request: Request): Promise<Response> => betterAuthInstance.handler(request),

    /**
     * Makes a user, without a workspace. Problems: 409 `email_taken`, 422 for a bad e-mail or password.
     * Without a password the person sets one by "forgot password".
     */
    async createUser(user: {
      email: string;
      name: string;
      password?: string;
      emailVerified?: boolean;
    }): Promise<{ userId: string }> {
      const email = emailShape.safeParse(user.email.trim().toLowerCase());
      if (!email.success) throw invalid({ field: 'email', message: 'This is not an e-mail address.' });
      const hash = user.password === undefined ? null : await hashPassword(checked(user.password));
      const made = await pool.query<{ id: string }>(
        `with made as (
           insert into auth."user" (name, email, "emailVerified") values ($1, $2, $3) on conflict (email) do nothing returning id
         ), credential as (
           insert into auth.account ("userId", "accountId", "providerId", password)
           select id, id::text, 'credential', $4::text from made where $4::text is not null
         )
         select id from made`,
        [user.name.trim(), email.data, user.emailVerified ?? false, hash],
      );
      const row = made.rows[0];
      if (!row) throw conflict('email_taken', 'Somebody already signs in with this e-mail address.');
      return { userId: row.id };
    },

    /** The user with this e-mail, whatever its case. */
    async userByEmail(email: string): Promise<{ userId: string; email: string; name: string } | null> {
      const found = await pool.query<{ userId: string; email: string; name: string }>(
        'select id as "userId", email, name from auth."user" where email = $1',
        [email.trim().toLowerCase()],
      );
      return found.rows[0] ?? null;
    },

    /**
     * Who sends these headers, or null. A revoked session is null at once: nothing is cached, it is one indexed query.
     * It moves no session on: the browser's daily `GET /api/auth/get-session` does, which can renew the cookie as well.
     */
    async sessionOf(headers: Headers): Promise<SignedIn | null> {
      const token = sessionTokenIn(headers.get('cookie'), cookieName, settings.secret);
      if (!token) return null;
      const found = await pool.query<SignedIn>({
        name: 'auth_session',
        text: `select u.id as "userId", s.id as "sessionId", u.email, u.name
               from auth.session s join auth."user" u on u.id = s."userId" where s.token = $1 and s."expiresAt" > now()`,
        values: [token],
      });
      return found.rows[0] ?? null;
    },

    /** Whether this is the user's password; counts as a try. Problem: 429 `too_many_sign_ins`. */
    async checkPassword(email: string, password: string): Promise<boolean> {
      if (!(await limits.consumeEmail(email)).allowed) throw refusal(429, { code: 'TOO_MANY_SIGN_INS' });
      const found = await pool.query<{ password: string }>(
        `select a.password from auth.account a join auth."user" u on u.id = a."userId"
         where u.email = $1 and a."providerId" = 'credential' and a.password is not null`,
        [email.trim().toLowerCase()],
      );
      const hash = found.rows[0]?.password;
      const right = hash !== undefined && (await verifyPassword({ hash, password }));
      if (right) await limits.clearEmail(email);
      return right;
    },

    /** Sets the password without asking for the old one (invitation, command line). Sessions stay: see revokeSessions. */
    async setPassword(userId: string, password: string): Promise<void> {
      const hash = await hashPassword(checked(password));
      const changed = await pool.query<{ email: string }>(
        `with owner as (select id, email from auth."user" where id = $1), done as (
           insert into auth.account ("userId", "accountId", "providerId", password) select id, id::text, 'credential', $2 from owner
           on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = now()
         )
         select email from owner`,
        [userId, hash],
      );
      const owner = changed.rows[0];
      if (!owner) throw invalid({ field: 'userId', message: 'There is no such user.' });
      await limits.clearEmail(owner.email);
    },

    /** Signs a user out everywhere, at once; also forgets devices trusted to skip the second step. */
    async revokeSessions(userId: string): Promise<void> {
      await pool.query(
        `with ended as (delete from auth.session where "userId" = $1)
         delete from auth.verification where value = $1::text and identifier like 'trust-device-%'`,
        [userId],
      );
    },

    /** For somebody who lost the authenticator and the backup codes: the password alone opens again. Answers whether it was on. */
    async resetTwoFactor(userId: string): Promise<boolean> {
      const done = await pool.query(
        `with forgotten as (delete from auth."twoFactor" where "userId" = $1),
              devices as (delete from auth.verification where value = $1::text and identifier like 'trust-device-%')
         update auth."user" set "twoFactorEnabled" = false, "updatedAt" = now() where id = $1::uuid and "twoFactorEnabled"`,
        [userId],
      );
      return (done.rowCount ?? 0) > 0;
    },

    /** Mails greet people by this name. */
    async renameUser(userId: string, name: string): Promise<void> {
      await pool.query('update auth."user" set name = $2, "updatedAt" = now() where id = $1', [userId, name]);
    },

    /** Nightly: removes what has expired. */
    async forgetExpired(): Promise<void> {
      for (const sql of [
        'delete from auth.session where "expiresAt" <= now()',
        'delete from auth.verification where "expiresAt" <= now()',
        'delete from auth.attempt where expires_at <= now()',
      ]) {
        await pool.query(sql);
      }
    },

    /** Waits for mails under way; call it before closing. */
    async settled(): Promise<void> {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
