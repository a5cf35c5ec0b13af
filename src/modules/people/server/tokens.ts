// Secrets that travel by mail: 256 random bits to the person, only their hash to the database.
import { createHash, randomBytes } from 'node:crypto';

/** How long an invitation can be accepted, in days. */
export const INVITATION_DAYS = 7;

/** A secret for a link, and what to store of it. Delete or mark the stored row when it is used: that makes it single-use. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** What the database keeps of a token (SHA-256, hex); look a token up by this. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
