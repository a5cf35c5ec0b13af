// Who sends a request: an API key or a session, turned into a member with a role and a level of visibility.
import type { FastifyRequest } from 'fastify';
import type { Actor, Level, Role } from '../../../kernel/contract/access.ts';
import type { Database } from '../../../kernel/server/database.ts';
import type { SignInDoor } from '../../../kernel/server/module.ts';
import { webHeaders } from './auth-http.ts';
import { hashToken, looksLikeKey } from './tokens.ts';

type Found = { workspace_id: string; id: string; name: string; role: Role; level: Level; user_id: string | null };
type Cached = { actor: Actor; until: number };

const KEEP_MS = 30_000;
const MAX_KEPT = 5_000;

/** Cached keys are forgotten when any right changes, on every server (see the access_changed triggers), and after half a minute anyway. */
export function createAccess(database: Database, signIn: Pick<SignInDoor, 'sessionOf'>) {
  const keys = new Map<string, Cached>();
  const members = new Map<string, Cached>();
  let generation = 0;

  async function byKey(key: string): Promise<Actor | null> {
    const hash = hashToken(key);
    const hit = keys.get(hash);
    if (hit && hit.until > Date.now()) return hit.actor;
    const started = generation;
    const { rows } = await database.system((_tx, client) =>
      client.query<Found & { key_id: string; key_name: string; expires_at: string | null }>(
        `update api_key k set last_used_at = now() from member m
         where k.key_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
           and m.workspace_id = k.workspace_id and m.id = k.member_id and m.deactivated_at is null
         returning m.workspace_id, m.id, m.name, m.role, m.level, m.user_id, k.id as key_id, k.name as key_name, k.expires_at`,
        [hash],
      ),
    );
    const row = rows[0];
    if (!row) return null;
    const actor: Actor = {
      kind: 'key',
      workspaceId: row.workspace_id,
      memberId: row.id,
      userId: row.user_id,
      role: row.role,
      level: row.level,
      name: `${row.name} (${row.key_name})`,
      key: row.key_id,
    };
    const until = Math.min(
      Date.now() + KEEP_MS,
      row.expires_at ? Date.parse(row.expires_at) : Number.POSITIVE_INFINITY,
    );
    if (started === generation) keep(keys, hash, { actor, until });
    return actor;
  }

  async function bySession(request: FastifyRequest): Promise<Actor | null> {
    const session = await signIn.sessionOf(webHeaders(request.headers));
    if (!session) return null;
    const wanted = request.cookies['openkam.workspace'] ?? '';
    const cacheKey = `${session.userId} ${wanted}`;
    const hit = members.get(cacheKey);
    if (hit && hit.until > Date.now()) return hit.actor;
    const started = generation;
    const { rows } = await database.system((_tx, client) =>
      client.query<Found>(
        `select workspace_id, id, name, role, level, user_id from member where user_id = $1 and deactivated_at is null
         order by (workspace_id::text = $2) desc, created_at limit 1`,
        [session.userId, wanted],
      ),
    );
    const row = rows[0];
    if (!row) return null;
    const actor: Actor = {
      kind: 'session',
      workspaceId: row.workspace_id,
      memberId: row.id,
      userId: row.user_id,
      role: row.role,
      level: row.level,
      name: row.name,
      key: row.id,
    };
    if (started === generation) keep(members, cacheKey, { actor, until: Date.now() + KEEP_MS });
    return actor;
  }

  return {
    async authenticate(request: FastifyRequest): Promise<Actor | null> {
      const header = request.headers.authorization ?? request.headers['x-api-key'];
      if (typeof header === 'string') {
        const key = header.replace(/^Bearer\s+/i, '').trim();
        return looksLikeKey(key) ? byKey(key) : null;
      }
      return bySession(request);
    },
    forget() {
      generation++;
      keys.clear();
      members.clear();
    },
  };
}

function keep(map: Map<string, Cached>, key: string, value: Cached) {
  if (map.size >= MAX_KEPT) map.clear();
  map.set(key, value);
}
