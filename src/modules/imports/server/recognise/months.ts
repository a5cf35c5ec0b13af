// Names of months and weekdays in many languages, taken from the platform's own language data.
import { foldText } from './words.ts';

const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'cs',
  'sk',
  'hu',
  'ro',
  'tr',
  'ru',
  'uk',
  'el',
  'ca',
  'id',
  'bg',
];

type Names = { months: Map<string, number>; weekdays: Set<string> };

let names: Names | null = null;

function load(): Names {
  if (names) return names;
  const months = new Map<string, number>();
  const weekdays = new Set<string>();
  const learn = (name: string, month: number): void => {
    const key = foldText(name).replace(/[^\p{L}]/gu, '');
    if (key.length < 3) return;
    // A name that means different months in two languages means none.
    const known = months.get(key);
    months.set(key, known === undefined || known === month ? month : 0);
  };
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
      const withDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
      const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const date = new Date(Date.UTC(2026, month - 1, 5));
        learn(alone.format(date), month);
        learn(withDay.formatToParts(date).find((part) => part.type === 'month')?.value ?? '', month);
      }
      for (let day = 1; day <= 7; day++) {
        weekdays.add(foldText(weekday.format(new Date(Date.UTC(2026, 1, day)))).replace(/[^\p{L}]/gu, ''));
      }
    }
  }
  // Spellings in use that the language data has not.
  const extra: [string, number][] = [
    ['sept', 9],
    ['jän', 1],
    ['jänner', 1],
    ['feber', 2],
    ['mrz', 3],
    ['maerz', 3],
    ['sett', 9],
    ['setiembre', 9],
    ['juill', 7],
  ];
  for (const [name, month] of extra) learn(name, month);
  names = { months, weekdays };
  return names;
}

/** 1–12, or null. */
export function monthOf(name: string): number | null {
  return load().months.get(foldText(name)) || null;
}

/** "Monday, 13 April 2026" → "13 April 2026" */
export function withoutWeekday(text: string): string {
  const found = /^([\p{L}\p{M}-]+)\.?,?\s+(?:den |le |el |,)?\s*/u.exec(text);
  return found && load().weekdays.has(foldText(found[1]!).replace(/[^\p{L}]/gu, ''))
    ? text.slice(found[0].length)
    : text;
}
