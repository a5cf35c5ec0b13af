// Addresses, codes and names that the sign-in pages read. Pure.

/** Where to go after signing in: only ever a page of this app, never another site. */
export function safeNext(search: string, fallback = '/'): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  const inside = new URL('https://inside.invalid');
  if (!/^\/(?![/\\])/.test(next) || !URL.canParse(next, inside)) return fallback;
  const url = new URL(next, inside);
  if (url.origin !== inside.origin) return fallback;
  // The door is no place to go to, but it may say where one wanted to go before.
  if (url.pathname === '/sign-in') return safeNext(url.search, fallback);
  return /^\/(setup|invitation|forgot-password|reset-password)\b/.test(url.pathname)
    ? fallback
    : url.pathname + url.search + url.hash;
}

/** The secret of a mailed link, from behind the `#`. */
export const tokenIn = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';

/** A backup code as it was made, however it was typed: `K7M2P X9F4D` is `k7m2p-x9f4d`. */
export function tidyBackupCode(typed: string): string {
  const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  return `${plain.slice(0, 5)}-${plain.slice(5)}`;
}

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
