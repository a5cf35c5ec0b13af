// Every pair of colours that carries text or marks the edge of a control is measured after WCAG 2.2, in both themes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

type Rgb = [number, number, number];
type Theme = 'light' | 'dark';

const css = readFileSync(path.join(import.meta.dirname, 'theme.css'), 'utf8');
const tokens = new Map<string, { light: string; dark: string }>();
for (const match of css.matchAll(/--ui-([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)) {
  tokens.set(match[1] as string, { light: match[2] as string, dark: match[3] as string });
}

function rgb(token: string, theme: Theme): Rgb {
  const hex = tokens.get(token)?.[theme];
  if (!hex) throw new Error(`No colour token "${token}" in theme.css.`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const themes: Theme[] = ['light', 'dark'];
const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover'];

describe('Text can be read on every ground', () => {
  const pairs: [text: string, ground: string][] = [
    ...['text', 'muted'].flatMap((text) =>
      [...grounds, 'pressed', 'accent-soft'].map((ground): [string, string] => [text, ground]),
    ),
    ...['faint', 'accent-text', 'good-text', 'watch-text', 'poor-text'].flatMap((text) =>
      grounds.map((ground): [string, string] => [text, ground]),
    ),
    ...['accent', 'good', 'watch', 'poor', 'info'].map((tone): [string, string] => [`${tone}-text`, `${tone}-soft`]),
    ...['good', 'watch', 'poor', 'info'].map((tone): [string, string] => ['text', `${tone}-soft`]),
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-danger', 'danger'],
    ['on-danger', 'danger-hover'],
    ['on-inverse', 'inverse'],
  ];
  it.each(themes.flatMap((theme) => pairs.map(([text, ground]) => ({ theme, text, ground }))))(
    '$text on $ground in $theme has 4.5 to 1',
    ({ theme, text, ground }) => {
      expect(contrast(rgb(text, theme), rgb(ground, theme))).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe('Edges of controls, focus rings, status marks and chart series stand out', () => {
  const marks = [
    'line-strong',
    'focus',
    'accent',
    'good',
    'watch',
    'poor',
    'info',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `chart-${number}`),
  ];
  it.each(themes.flatMap((theme) => marks.map((mark) => ({ theme, mark }))))(
    '$mark in $theme has 3 to 1 on a card and on the page',
    ({ theme, mark }) => {
      expect(contrast(rgb(mark, theme), rgb('surface', theme))).toBeGreaterThanOrEqual(3);
      expect(contrast(rgb(mark, theme), rgb('canvas', theme))).toBeGreaterThanOrEqual(mark === 'line-strong' ? 2.8 : 3);
    },
  );
});

/** How a colour looks without red or green receptors (Viénot, Brettel and Mollon 1999, on linear light). */
function seenBy(kind: 'protan' | 'deutan', colour: Rgb): Rgb {
  const linear = colour.map((part) => (part / 255) ** 2.2) as Rgb;
  const [r, g, b] = linear;
  const matrix =
    kind === 'protan'
      ? [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b]
      : [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b];
  return matrix.map((part) => Math.round(255 * Math.max(0, Math.min(1, part)) ** (1 / 2.2))) as Rgb;
}

/** Distance in CIE Lab, where about 2 is just to be seen. */
function distance(a: Rgb, b: Rgb): number {
  const lab = (colour: Rgb): Rgb => {
    const [r, g, bl] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as Rgb;
    const curve = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
    const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * bl) / 0.9505);
    const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * bl);
    const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * bl) / 1.089);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [one, two] = [lab(a), lab(b)];
  return Math.hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2]);
}

describe('Good, watch and poor differ for colour-blind people too', () => {
  const pairs = [
    ['good', 'watch'],
    ['good', 'poor'],
    ['watch', 'poor'],
  ] as const;
  it.each(
    themes.flatMap((theme) =>
      pairs.flatMap(([one, two]) => (['protan', 'deutan'] as const).map((kind) => ({ theme, one, two, kind }))),
    ),
  )('$one and $two in $theme are told apart with $kind vision', ({ theme, one, two, kind }) => {
    expect(distance(seenBy(kind, rgb(one, theme)), seenBy(kind, rgb(two, theme)))).toBeGreaterThan(12);
  });
});
