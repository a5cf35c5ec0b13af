// Addresses that sign-in reads and writes. Pure.

/** Where to go after signing in: only ever a page of this app, never another site. */
export function safeNext(search: string, fallback = '/'): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  const inside = new URL('https://inside.invalid');
  if (!/^\/(?![/\\])/.test(next) || !URL.canParse(next, inside)) return fallback;
  const url = new URL(next, inside);
  // Signing in again from a sign-in page would go in circles.
  return url.origin === inside.origin &&
    !/^\/(sign-in|setup|invitation|forgot-password|reset-password)\b/.test(url.pathname)
    ? url.pathname + url.search + url.hash
    : fallback;
}

/** The secret of a mailed link, from behind the `#`. */
export const tokenIn = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';

const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];

/** "Firefox on Linux", from what a browser says about itself. */
export function browserName(userAgent: string | null): string {
  const of = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = of(BROWSERS);
  const system = of(SYSTEMS);
  return browser && system ? `${browser} on ${system}` : (browser ?? system ?? 'Unknown browser');
}
