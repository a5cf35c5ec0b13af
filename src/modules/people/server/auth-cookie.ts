// Reads the session cookie as better-auth writes it: `token.signature`, signed with the server's secret. Pure.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The session token in a `cookie` header, or null when there is none or its signature is not ours. */
export function sessionTokenIn(cookieHeader: string | null, cookieName: string, secret: string): string | null {
  const found = cookieHeader
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`));
  if (!found) return null;
  let value: string;
  try {
    value = decodeURIComponent(found.slice(cookieName.length + 1));
  } catch {
    return null;
  }
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1));
  const right = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'));
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}
