// Pure rules of the people room: keys, tokens, the shape of the team tree.
import { createHash, randomBytes } from 'node:crypto';

/** A secret to show once, its hash to keep, and what a person recognises it by. 256 bits: guessing is hopeless, so a plain hash is enough. */
export function newApiKey(): { key: string; hash: string; prefix: string } {
  const key = `okm_${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashKey(key), prefix: key.slice(0, 10) };
}
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');
export const looksLikeKey = (text: string): boolean => /^okm_[\w-]{43}$/.test(text);

/** True where making `parentId` the parent of `id` would close a circle. */
export function closesCircle(
  parents: ReadonlyMap<string, string | null>,
  id: string,
  parentId: string | null,
): boolean {
  const seen = new Set<string>();
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) {
    if (at === id || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
