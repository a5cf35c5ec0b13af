// A person's own signed-in browsers, for the Security page. better-auth's list hands session tokens to the page and
// refuses after a day; ours names sessions by id and works as long as one is signed in.
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import * as z from 'zod';

/** A session as its owner sees it. Instants are ISO; `lastSeenAt` is exact to a day. */
export type SessionView = {
  id: string;
  current: boolean;
  address: string | null;
  browser: string | null;
  signedInAt: string;
  lastSeenAt: string;
};

const instantOf = (date: Date | string) => new Date(date).toISOString();

export const ownSessions = () =>
  ({
    id: 'openkam-sessions',
    endpoints: {
      ownSessions: createAuthEndpoint('/sessions', { method: 'GET', use: [sessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session;
        const all = await ctx.context.internalAdapter.listSessions(user.id);
        const items: SessionView[] = all
          .filter((s) => new Date(s.expiresAt) > new Date())
          .map((s) => ({
            id: s.id,
            current: s.id === session.id,
            address: s.ipAddress || null,
            browser: s.userAgent || null,
            signedInAt: instantOf(s.createdAt),
            lastSeenAt: instantOf(s.updatedAt),
          }))
          .sort((a, b) => Number(b.current) - Number(a.current) || b.signedInAt.localeCompare(a.signedInAt));
        return ctx.json({ items });
      }),
      endOwnSession: createAuthEndpoint(
        '/sessions/end',
        { method: 'POST', body: z.strictObject({ id: z.uuid() }), use: [sessionMiddleware] },
        async (ctx) => {
          const all = await ctx.context.internalAdapter.listSessions(ctx.context.session.user.id);
          const found = all.find((s) => s.id === ctx.body.id);
          if (!found)
            throw new APIError('NOT_FOUND', { code: 'SESSION_NOT_FOUND', message: 'There is no such session.' });
          await ctx.context.internalAdapter.deleteSession(found.token);
          return ctx.json({ ended: true });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
