// What of an installation goes into a file: everything, or one workspace without what its people and programs prove themselves with.
import pg from 'pg';
import { fileColumns } from './files-sweep.ts';

type Table = { name: string; columns: string[] };

/** Worthless on another machine, and nothing to hand around; answers kept for repeats may hold a new API key. */
export const MACHINE_TABLES = ['auth.session', 'auth.verification', 'auth.attempt', 'kernel.idempotency'];

/** Work under way on this machine (mails with links among it), the second factors that its secret locks, its clock. */
const NOT_OF_A_WORKSPACE = [...MACHINE_TABLES, 'auth.twoFactor', 'kernel.outbox', 'kernel.schedule_slot'];

/** Columns that open a door, and what stands there instead. Passwords are set anew, invitations sent anew, keys made anew. */
export const WITHHELD: Record<string, Record<string, string>> = {
  'auth.user': { twoFactorEnabled: 'false' },
  'auth.account': { password: 'null', accessToken: 'null', refreshToken: 'null', idToken: 'null' },
  'public.invitation': { token_hash: `'withheld ' || id` },
  'public.api_key': { key_hash: `'withheld ' || id`, revoked_at: 'coalesce(revoked_at, now())' },
};

const OF_USERS: Record<string, string> = { 'auth.user': 'id', 'auth.account': '"userId"', 'auth.passkey': '"userId"' };

export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.');

/** The rows of a table as JSON, all of them or those of one workspace; null: the table stays out. */
export function rowsOf({ name, columns }: Table, workspaceId: string | null): string | null {
  if (workspaceId === null) return linesOf(columns.map((c) => pg.escapeIdentifier(c)).join(', '), quoted(name), 'true');
  if (NOT_OF_A_WORKSPACE.includes(name)) return null;
  const ws = pg.escapeLiteral(workspaceId);
  const user = OF_USERS[name];
  const mine = columns.includes('workspace_id')
    ? `workspace_id = ${ws}`
    : user && `${user} in (select m.user_id from public.member m where m.workspace_id = ${ws})`;
  if (!mine) return null;
  const list = columns.map((c) => {
    const instead = WITHHELD[name]?.[c];
    return instead ? `${instead} as ${pg.escapeIdentifier(c)}` : pg.escapeIdentifier(c);
  });
  return linesOf(list.join(', '), quoted(name), mine);
}

const linesOf = (list: string, table: string, where: string): string =>
  `select row_to_json(x) from (select ${list} from ${table} where ${where}) x`;

/** Of these stored files, those that a row of the workspace names. */
export async function filesOf(client: pg.ClientBase, workspaceId: string, keys: readonly string[]): Promise<string[]> {
  const named = new Set<string>();
  for (const { place, column } of await fileColumns(client)) {
    const { rows } = await client.query<{ key: string }>(
      `select distinct ${column} as key from ${place} where workspace_id = $1 and ${column} ~ '^[0-9a-f]{64}$'`,
      [workspaceId],
    );
    for (const r of rows) named.add(r.key);
  }
  return keys.filter((key) => named.has(key));
}
