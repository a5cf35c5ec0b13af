// Secrets for people. Those that travel by mail have 256 random bits, of which the database keeps only a hash.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** How long an invitation can be accepted, in days. */
export const INVITATION_DAYS = 7;

/** A secret for a link, and what to store of it. Delete or mark the stored row when it is used: that makes it single-use. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** What the database keeps of a token (SHA-256, hex); look a token up by this. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

// Without 0 and o, 1, i and l: these are read from paper.
const READABLE = '23456789abcdefghjkmnpqrstuvwxyz';

/** Ten backup codes for two-factor sign-in, `k7m2p-x9f4d`: 49 random bits each. */
export function backupCodes(): string[] {
  const five = () => Array.from({ length: 5 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return Array.from({ length: 10 }, () => `${five()}-${five()}`);
}

/** An API key to show once, its hash to keep, and what a person recognises it by. 256 random bits: guessing is hopeless, so a plain hash is enough. */
export function newApiKey(): { key: string; hash: string; prefix: string } {
  const key = `okm_${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashToken(key), prefix: key.slice(0, 10) };
}
export const looksLikeKey = (text: string): boolean => /^okm_[\w-]{43}$/.test(text);
