// Dates in any usual notation. The order of day and month is decided for a whole column, never for a single value.
import { monthOf, withoutWeekday } from './months.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** `kind` says how much the text itself tells: `full` needs no order, `open` does. */
export type DateParts =
  | { kind: 'full'; year: number; month: number; day: number; time: string | null; partial: boolean }
  | { kind: 'open'; a: number; b: number; c: number; yearDigits: 2 | 4; separator: string; time: string | null };

const timeTail =
  /^[,T ]?\s*(?:um |at |à |a las )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(m)?\.?\s*(?:uhr|h)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}|[a-z]{3,4}|\(.*\))?\s*$/i;

/** Null when the text is no date in any notation known here. Days and months are not yet checked against the calendar. */
export function dateParts(input: string): DateParts | null {
  const text = input.trim();
  if (text.length < 6 || text.length > 60) return null;
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return yearFirst(text) ?? numeric(text) ?? named(text);
  if (!/^\p{L}.*\d/su.test(text)) return null;
  const found = named(text);
  if (found) return found;
  const rest = withoutWeekday(text);
  return rest === text ? null : (yearFirst(rest) ?? numeric(rest) ?? named(rest));
}

function tail(text: string): { ok: boolean; time: string | null } {
  if (text === '' || /^[.,]?\s*$/.test(text)) return { ok: true, time: null };
  const found = timeTail.exec(text);
  if (!found) return { ok: false, time: null };
  let hour = Number(found[1]);
  const minute = Number(found[2]);
  const second = Number(found[3] ?? 0);
  const half = found[4]?.toLowerCase();
  if (half && !found[5]) return { ok: false, time: null };
  if (half && (hour < 1 || hour > 12)) return { ok: false, time: null };
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 24 || minute > 59 || second > 60) return { ok: false, time: null };
  const two = (n: number): string => String(n).padStart(2, '0');
  return { ok: true, time: `${two(hour % 24)}:${two(minute)}:${two(Math.min(second, 59))}` };
}

function yearFirst(text: string): DateParts | null {
  const found =
    /^(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)(.*)$/s.exec(text) ??
    /^(\d{4})(\s?[年년]\s?)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?(.*)$/su.exec(text);
  if (!found) return null;
  const rest = tail(found[5]!);
  return rest.ok ? full(Number(found[1]), Number(found[3]), Number(found[4]), rest.time) : null;
}

function numeric(text: string): DateParts | null {
  const found = /^(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)(.*)$/s.exec(text);
  if (!found) return null;
  const rest = tail(found[5]!);
  if (!rest.ok) return null;
  const yearDigits = found[4]!.length === 4 ? 4 : 2;
  const separator = found[2]!;
  // "10 20 30" is a phone number or a set of codes, not a date.
  if (separator === ' ' && yearDigits === 2) return null;
  return {
    kind: 'open',
    a: Number(found[1]),
    b: Number(found[3]),
    c: Number(found[4]),
    yearDigits,
    separator,
    time: rest.time,
  };
}

function named(text: string): DateParts | null {
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?[\s\-/.]*(?:de |of |d['’])?\s*(\p{L}[\p{L}\p{M}]*)\.?[\s,\-/.]*(?:de |del |of )?\s*['’]?(\d{4}|\d{2})(?:\s?(?:г|года|r)\.?)?(?!\d)(.*)$/su.exec(
      text,
    );
  if (dayFirst) return namedParts(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!, dayFirst[4]!);
  const monthFirst =
    /^(\p{L}[\p{L}\p{M}]*)\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s,\-/]+['’]?(\d{4}|\d{2})(?!\d)(.*)$/su.exec(text);
  if (monthFirst) return namedParts(monthFirst[3]!, monthFirst[1]!, monthFirst[2]!, monthFirst[4]!);
  const yearLeads = /^(\d{4})[\s\-/.]+(\p{L}[\p{L}\p{M}]*)\.?[\s\-/.]*(\d{1,2})(?!\d)(.*)$/su.exec(text);
  if (yearLeads) return namedParts(yearLeads[1]!, yearLeads[2]!, yearLeads[3]!, yearLeads[4]!);
  const monthOnly = /^(\p{L}[\p{L}\p{M}]*)\.?[\s,\-/]*(?:de |of )?\s*(\d{4})$/u.exec(text);
  const month = monthOnly ? monthOf(monthOnly[1]!) : null;
  return month ? { kind: 'full', year: Number(monthOnly![2]), month, day: 1, time: null, partial: true } : null;
}

function namedParts(year: string, monthName: string, day: string, after: string): DateParts | null {
  const month = monthOf(monthName);
  const rest = tail(after);
  return month && rest.ok
    ? full(year.length === 2 ? wholeYear(Number(year)) : Number(year), month, Number(day), rest.time)
    : null;
}

function full(year: number, month: number, day: number, time: string | null): DateParts {
  return { kind: 'full', year, month, day, time, partial: false };
}

/** Two digits: 00–49 are of this century, 50–99 of the last. */
export const wholeYear = (two: number): number => (two < 50 ? 2000 + two : 1900 + two);

export type ReadDate = { on: string; time: string | null; partial: boolean };

/** One value, once the order of its column is known. Null when it is no date, or no date in that order. */
export function readDate(text: string, order: DateOrder | null): ReadDate | null {
  const parts = dateParts(text) ?? looseDate(text, order);
  if (!parts) return null;
  if (parts.kind === 'full') return calendarDate(parts.year, parts.month, parts.day, parts.time, parts.partial);
  if (order === null) return null;
  const { a, b, c, yearDigits, time } = parts;
  if (order === 'ymd') return yearDigits === 2 ? calendarDate(wholeYear(a), b, c, time) : null;
  const year = yearDigits === 2 ? wholeYear(c) : c;
  return order === 'dmy' ? calendarDate(year, b, a, time) : calendarDate(year, a, b, time);
}

/** Notations that are dates only because their column is one: 20260223, 2026-02, 2026, and days counted by a spreadsheet. */
function looseDate(input: string, order: DateOrder | null): DateParts | null {
  const text = input.trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) {
    const asYear = Number(compact[1]);
    if (asYear >= 1800 && asYear < 2200 && Number(compact[2]) <= 12)
      return full(asYear, Number(compact[2]), Number(compact[3]), null);
    const open = { a: Number(text.slice(0, 2)), b: Number(text.slice(2, 4)), c: Number(text.slice(4)) };
    return order ? { kind: 'open', ...open, yearDigits: 4, separator: '', time: null } : null;
  }
  const month = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  if (month)
    return { kind: 'full', year: Number(month[1]), month: Number(month[2]), day: 1, time: null, partial: true };
  const reversed = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (reversed)
    return { kind: 'full', year: Number(reversed[2]), month: Number(reversed[1]), day: 1, time: null, partial: true };
  if (/^(19|20)\d\d$/.test(text))
    return { kind: 'full', year: Number(text), month: 1, day: 1, time: null, partial: true };
  if (/^\d{5}([.,]\d+)?$/.test(text))
    return fromInstant((Math.floor(Number(text.replace(',', '.'))) - 25_569) * 86_400_000);
  if (/^1\d{12}$/.test(text)) return fromInstant(Number(text));
  if (/^1\d{9}$/.test(text)) return fromInstant(Number(text) * 1_000);
  return null;
}

function fromInstant(milliseconds: number): DateParts | null {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (!(year >= 1950 && year < 2100)) return null;
  return full(year, date.getUTCMonth() + 1, date.getUTCDate(), null);
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has that day: 29 February only in leap years. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : daysIn[month - 1]!);
}

function calendarDate(year: number, month: number, day: number, time: string | null, partial = false): ReadDate | null {
  if (year < 1000 || year > 9999 || !isDay(year, month, day)) return null;
  const on = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { on, time, partial };
}

/** The order that a name or a row of units spells out: "Date (dd/mm/yyyy)", "TT.MM.JJJJ", "MM/DD/YY". */
export function spelledOrder(text: string): DateOrder | null {
  const found = /\b([dmytja]{1,4})[-/. ]([dmytja]{1,4})[-/. ]([dmytja]{2,4})\b/i.exec(text);
  if (!found) return null;
  const [, a, b, c] = found.map((part) => part.toLowerCase()) as [string, string, string, string];
  if (/^m+$/.test(a) && /^[dtj]+$/.test(b) && /^[yja]+$/.test(c)) return 'mdy';
  if (/^[dtj]{1,2}$/.test(a) && /^m+$/.test(b) && /^[yja]+$/.test(c)) return 'dmy';
  return /^[yja]+$/.test(a) && /^m+$/.test(b) && /^[dtj]+$/.test(c) ? 'ymd' : null;
}
