// Why something around us fails, in words for whoever runs the installation: the disk, rights, a database that is not there.
const DATABASE: Record<string, string> = {
  ECONNREFUSED: 'The database does not answer',
  ENOTFOUND: 'The database’s host is unknown',
  EAI_AGAIN: 'The database’s host is unknown',
  ETIMEDOUT: 'The database does not answer in time',
  ECONNRESET: 'The database broke the connection off',
  '28P01': 'The database refuses this password',
  '28000': 'The database refuses this user',
  '3D000': 'The database is not there',
  '53300': 'The database has no connection left',
};

/** Null when the error says nothing that a person could act on. */
export function reasonOf(error: unknown): string | null {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  if (code === 'ENOSPC') return 'There is no space left on the disk. Nothing half-written was kept.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `This user may not do that: ${String(message)}`;
  const database = DATABASE[code];
  return database ? `${database}: ${String(message)}. Check DATABASE_URL, the network and that server.` : null;
}
