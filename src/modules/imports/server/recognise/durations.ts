// Lengths of time as lists write them: "90 days", "3 Monate zum Vertragsende", "6 weeks", "2 ans", and columns called "Notice (months)".
import { foldText } from './words.ts';

type Unit = 'days' | 'weeks' | 'months' | 'quarters' | 'years';

const unitWords: [Unit, RegExp][] = [
  ['days', /^(d|days?|tage?n?|jours?|j|dias?|giorni|giorno|gg|dagen|dag|dagar|dni|cd|calendar days?|kalendertage?)$/],
  ['weeks', /^(w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week|veckor|tygodni[ae]?|kw)$/],
  [
    'months',
    /^(m|mo|mths?|months?|monate?n?|mon|mt|mois|mes|meses|mes[ei]|maand(en)?|manad(er)?|miesi(ac|ace|ecy)|mnd)$/,
  ],
  ['quarters', /^(q|quarters?|quartale?n?|trimestres?|trimestri|kwartal(en|y)?)$/],
  ['years', /^(y|yrs?|years?|jahre?n?|ans?|annees?|anos?|ann[oi]|jaar|jaren|ar|lat|rok|lata)$/],
];
const unitOf = (word: string): Unit | null => unitWords.find(([, words]) => words.test(word))?.[0] ?? null;

/** The unit that a column's name tells: "Kündigungsfrist (Monate)", "notice_period_weeks". */
export function durationUnit(header: string): Unit | null {
  const words = foldText(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  // A letter alone is no unit in a name.
  return words.length > 1
    ? words.slice(1).reduce<Unit | null>((found, word) => (word.length > 2 ? unitOf(word) : null) ?? found, null)
    : null;
}

const inMonths: Record<Unit, number | null> = { days: null, weeks: null, months: 1, quarters: 3, years: 12 };

/** The most days that so many months can have: a deadline that is counted in days must not come after the one that was agreed. */
const longest = (months: number): number => Math.floor(months / 12) * 365 + Math.ceil((months % 12) * 30.6);

function convert(count: number, unit: Unit, into: 'days' | 'months'): number | null {
  const months = inMonths[unit];
  if (into === 'months')
    return months !== null ? count * months : unit === 'days' ? wholeMonths(count) : wholeMonths(count * 7);
  return months !== null ? longest(count * months) : count * (unit === 'weeks' ? 7 : 1);
}
const wholeMonths = (days: number): number | null =>
  days % 365 === 0 ? (days / 365) * 12 : days % 30 === 0 ? days / 30 : null;

/**
 * A length of time as a whole number of days or months; null when the text is none. `unit` is what a number alone counts. Open-ended
 * ("unbefristet", "evergreen") is no length.
 */
export function readDuration(text: string, into: 'days' | 'months', unit: Unit | null): number | null {
  const plain = foldText(text).replace(/\./g, ' ').trim();
  const iso = /^p(\d{1,3})([dwmy])$/.exec(plain);
  const found = iso ?? /^(\d{1,4})\s*-?\s*(calendar days?|\p{L}+)?/u.exec(plain);
  if (!found) return null;
  const named = found[2] ? unitOf(found[2]) : (unit ?? into);
  return named === null ? null : convert(Number(found[1]), named, into);
}

/** Texts with a unit in them, all of them or nearly: a column of lengths of time. "unbefristet" and its like may stand among them. */
export function areDurations(examples: readonly string[], into: 'days' | 'months'): boolean {
  const read = examples.filter((text) => readDuration(text, into, null) !== null).length;
  return read > 0 && read >= examples.length * 0.5;
}
