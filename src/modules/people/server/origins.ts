// Which web addresses may use sign-in. Pure.

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
export const isLoopback = (url: URL): boolean => LOOPBACK.includes(url.hostname);

/** The public address; for a server on this machine also its other loopback names, since people type either. */
export function trustedOrigins(publicUrl: string, also: readonly string[] = []): string[] {
  const own = new URL(publicUrl);
  const names = isLoopback(own)
    ? LOOPBACK.map((name) => `${own.protocol}//${name}${own.port ? `:${own.port}` : ''}`)
    : [];
  return [...new Set([own.origin, ...names, ...also.map((url) => new URL(url).origin)])];
}

/**
 * For a server on this machine: the origin that a request came from, if it is the very address the request went to and
 * is loopback too. So a forwarded port works (http://localhost:8080 → 4400), while a page of another site or another
 * local program cannot pass as ours.
 */
export function sameLoopbackOrigin(publicUrl: string, headers: Headers | undefined): string | null {
  const host = headers?.get('host');
  const origin = headers?.get('origin');
  if (!host || !origin || !URL.canParse(origin) || !isLoopback(new URL(publicUrl))) return null;
  const from = new URL(origin);
  return isLoopback(from) && from.host === host ? from.origin : null;
}

/** The domain that passkeys belong to. Browsers allow a name only, so a loopback address counts as `localhost`. */
export const passkeyDomain = (publicUrl: string): string => {
  const url = new URL(publicUrl);
  return isLoopback(url) ? 'localhost' : url.hostname;
};
