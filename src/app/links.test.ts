// Links within the app lead to pages that exist.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modules } from './web-modules.ts';

const src = path.resolve(import.meta.dirname, '..');
const pages = [
  ...modules.flatMap((m) => m.pages ?? []).map((p) => p.path),
  ...modules.flatMap((m) => m.settings ?? []).map((p) => `/settings/${p.id}`),
  '/settings',
  // One that is put in, and what the server itself answers.
  '/settings/{}',
  '/openapi.json',
];

/** `/accounts/$id` fits `/accounts/…`. */
const fits = (href: string) =>
  pages.some((page) => {
    const wanted = page.split('/');
    const given = href.split('/');
    return wanted.length === given.length && wanted.every((w, i) => w.startsWith('$') || w === given[i]);
  });

const links = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.includes('gallery'))
  .flatMap((file) =>
    [...readFileSync(path.join(src, file), 'utf8').matchAll(/href=(?:"|\{`)(\/(?!api\/)[^"`?#]*)/g)].map(
      // What is put in stands for one part of the path.
      ([, href = '']) => ({
        file,
        href: href
          .replaceAll(/\$\{[^}]*\}/g, '{}')
          .replace(/\$\{.*/, '')
          .replace(/(.)\/$/, '$1'),
      }),
    ),
  );

describe('the links of the pages', () => {
  it('are found at all', () => expect(links.length).toBeGreaterThan(40));

  it('lead to pages that exist', () => {
    expect(links.filter(({ href }) => !fits(href))).toEqual([]);
  });
});
