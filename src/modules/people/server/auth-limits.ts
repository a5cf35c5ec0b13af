// The brake on guessing: counts tries of a key in a fixed window, in the database, so that it holds across restarts and servers.
import type pg from 'pg';
import { hashToken } from './tokens.ts';

export type Clock = () => Date;
export type Limit = { window: number; max: number };

/** Sign-in tries for one e-mail address, from anywhere: windows in seconds. */
const PER_EMAIL: Limit = { window: 15 * 60, max: 10 };

/** Requests from one client address; better-auth asks for these by path. */
export const PER_ADDRESS: Record<string, Limit> = {
  '/sign-in/email': { window: 60, max: 30 },
  '/request-password-reset': { window: 15 * 60, max: 10 },
  '/reset-password': { window: 15 * 60, max: 20 },
  '/change-password': { window: 15 * 60, max: 20 },
  '/two-factor/*': { window: 60, max: 20 },
  '/passkey/*': { window: 60, max: 30 },
};

export function attemptLimits(pool: pg.Pool, clock: Clock) {
  async function consume(
    key: string,
    { window, max }: Limit,
  ): Promise<{ allowed: boolean; retryAfter: number | null }> {
    const now = clock();
    const result = await pool.query<{ count: number; seconds: number }>(
      `insert into auth.attempt as a (key, count, expires_at) values ($1, 1, $2::timestamptz + make_interval(secs => $3))
       on conflict (key) do update set
         count = case when a.expires_at <= $2 then 1 else a.count + 1 end,
         expires_at = case when a.expires_at <= $2 then excluded.expires_at else a.expires_at end
       returning count, extract(epoch from expires_at - $2)::float8 as seconds`,
      [key, now, window],
    );
    const { count, seconds } = result.rows[0]!;
    if (count === 1) await pool.query('delete from auth.attempt where expires_at <= $1', [now]);
    return count <= max
      ? { allowed: true, retryAfter: null }
      : { allowed: false, retryAfter: Math.max(1, Math.ceil(seconds)) };
  }

  // Hashed: a person may type the password where the e-mail belongs.
  const emailKey = (email: string) => `email:${hashToken(email.trim().toLowerCase())}`;
  return {
    consume,
    consumeEmail: (email: string) => consume(emailKey(email), PER_EMAIL),
    async clearEmail(email: string): Promise<void> {
      await pool.query('delete from auth.attempt where key = $1', [emailKey(email)]);
    },
  };
}
