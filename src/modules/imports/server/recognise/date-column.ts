// Decides the order of day, month and year for a whole column; what it cannot know it asks.

import type { DateOrder } from './dates.ts';
import { dateParts, isDay, wholeYear } from './dates.ts';

export type DateExample = { row: number; text: string };

/** What the values of one column have shown so far. */
export type DateTally = {
  /** Values whose order needs no decision: ISO dates, months by name. */
  full: number;
  /** Values that can only be day first / month first / year first, and those that could be day or month first. */
  dayFirst: number;
  monthFirst: number;
  yearFirst: number;
  either: number;
  /** Of `either`, those where both readings are the same day: 05/05/2026. */
  same: number;
  /** No order makes a date of them: 31/31/2026. */
  impossible: number;
  dayFirstExamples: DateExample[];
  monthFirstExamples: DateExample[];
  eitherExamples: DateExample[];
  impossibleExamples: DateExample[];
  /** With two-digit years: which numbers stand first and last, to see on which side the years are. */
  shortYears: number;
  firstSeen: Set<number>;
  lastSeen: Set<number>;
  dashes: number;
  /** How the values are written, by their signs and the length of their years, as long as all are alike: "/4". */
  form: string | null;
};

export function newDateTally(): DateTally {
  return {
    full: 0,
    dayFirst: 0,
    monthFirst: 0,
    yearFirst: 0,
    either: 0,
    same: 0,
    impossible: 0,
    dayFirstExamples: [],
    monthFirstExamples: [],
    eitherExamples: [],
    impossibleExamples: [],
    shortYears: 0,
    firstSeen: new Set(),
    lastSeen: new Set(),
    dashes: 0,
    form: '',
  };
}

const examplesKept = 5;

/** Returns false when the text is no date at all. */
export function addDate(tally: DateTally, text: string, row: number): boolean {
  const parts = dateParts(text);
  if (!parts) return false;
  if (parts.kind === 'full') {
    if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31) return false;
    tally.full++;
    return true;
  }
  const { a, b, c, yearDigits, separator } = parts;
  const form = `${separator}${yearDigits}`;
  tally.form = tally.form === '' || tally.form === form ? form : null;
  if (yearDigits === 2) {
    tally.shortYears++;
    tally.firstSeen.add(a);
    tally.lastSeen.add(c);
    if (separator === '-') tally.dashes++;
    if (a > 31) {
      if (b < 1 || b > 12 || c < 1 || c > 31) return false;
      tally.yearFirst++;
      return true;
    }
  }
  const year = yearDigits === 2 ? wholeYear(c) : c;
  const dayFirst = isDay(year, b, a);
  const monthFirst = isDay(year, a, b);
  if (dayFirst && monthFirst) {
    tally.either++;
    if (a === b) tally.same++;
    else keep(tally.eitherExamples, text, row);
  } else if (dayFirst) {
    tally.dayFirst++;
    keep(tally.dayFirstExamples, text, row);
  } else if (monthFirst) {
    tally.monthFirst++;
    keep(tally.monthFirstExamples, text, row);
  } else {
    // "99-88-77" looks like a number of some kind; "31/31/2026" like a wrong date.
    if (yearDigits === 2 || a > 99 || b > 99) return false;
    tally.impossible++;
    keep(tally.impossibleExamples, text, row);
  }
  return true;
}

function keep(examples: DateExample[], text: string, row: number): void {
  if (examples.length < examplesKept && !examples.some((example) => example.text === text))
    examples.push({ row, text: text.trim() });
}

export type DateDecision = {
  /** `none`: the values need no order (or are no dates). `ask`: only a person can know. */
  status: 'none' | 'decided' | 'ask';
  order: DateOrder | null;
  options: DateOrder[];
  reason: string;
  examples: string[];
  /** Values that contradict the order taken; their rows are rejected when they are read. */
  contradicting: DateExample[];
  /** How all values are written; null when they are not alike. */
  form: string | null;
  /** The order that values with a number above 12 prove, with none against it. */
  shown: DateOrder | null;
  /** No value says anything of the order. */
  open: boolean;
};

/** `spelled` is an order that the column's name or its row of units writes out. */
export function decideDates(tally: DateTally, spelled: DateOrder | null): DateDecision {
  const { dayFirst, monthFirst, yearFirst } = tally;
  const shown =
    yearFirst > 0 ? null : dayFirst > 0 && monthFirst === 0 ? 'dmy' : monthFirst > 0 && dayFirst === 0 ? 'mdy' : null;
  return {
    ...decide(tally, spelled),
    form: tally.form === '' ? null : tally.form,
    shown,
    open: dayFirst + monthFirst + yearFirst === 0,
  };
}

type Decision = Omit<DateDecision, 'form' | 'shown' | 'open'>;

function decide(tally: DateTally, spelled: DateOrder | null): Decision {
  const { dayFirst, monthFirst, yearFirst, either, same } = tally;
  const open = dayFirst + monthFirst + yearFirst + either;
  const none = (reason: string): Decision => ({
    status: 'none',
    order: null,
    options: [],
    reason,
    examples: [],
    contradicting: [],
  });
  if (open + tally.impossible === 0)
    return none(tally.full > 0 ? 'The dates are written so that only one reading is possible.' : '');
  const decided = (order: DateOrder, reason: string, contradicting: DateExample[] = []): Decision => ({
    status: 'decided',
    order,
    options: [order],
    reason,
    examples: [],
    contradicting,
  });
  const ask = (
    options: DateOrder[],
    reason: string,
    examples: DateExample[],
    contradicting: DateExample[] = [],
  ): Decision => ({
    status: 'ask',
    order: null,
    options,
    reason,
    examples: examples.map((example) => example.text),
    contradicting,
  });
  if (yearFirst > 0 && yearFirst >= dayFirst + monthFirst) {
    return decided('ymd', 'Some values begin with a number above 31, which can only be a year.');
  }
  const first = tally.dayFirstExamples[0];
  const second = tally.monthFirstExamples[0];
  if (dayFirst > 0 && monthFirst > 0) {
    const [more, less] = dayFirst >= monthFirst ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
    const order: DateOrder = dayFirst >= monthFirst ? 'dmy' : 'mdy';
    const odd = order === 'dmy' ? tally.monthFirstExamples : tally.dayFirstExamples;
    if (more >= less * 10) {
      return decided(
        order,
        `Nearly all dates are ${words[order]}; ${less} cannot be and ${less === 1 ? 'is' : 'are'} rejected, for example “${odd[0]!.text}” in row ${odd[0]!.row}.`,
        odd,
      );
    }
    return ask(
      ['dmy', 'mdy'],
      `Both orders occur: “${first!.text}” in row ${first!.row} begins with the day, “${second!.text}” in row ${second!.row} with the month. Rows that do not fit the answer are rejected.`,
      [...tally.dayFirstExamples.slice(0, 2), ...tally.monthFirstExamples.slice(0, 2)],
      odd,
    );
  }
  if (dayFirst > 0) {
    if (spelled !== 'dmy' && yearsMayLead(tally)) {
      return ask(['ymd', 'dmy'], 'The years have two digits, and may stand first or last.', [
        ...tally.dayFirstExamples,
        ...tally.eitherExamples,
      ]);
    }
    return decided('dmy', `“${first!.text}” in row ${first!.row} can only begin with the day.`);
  }
  if (monthFirst > 0) return decided('mdy', `“${second!.text}” in row ${second!.row} can only begin with the month.`);
  if (spelled !== null && either > 0) return decided(spelled, 'The name of the column says so.');
  if (either === same) return decided('dmy', 'Day and month are the same number in every date.');
  const options: DateOrder[] = tally.eitherExamples.some((example) => example.text.includes('.'))
    ? ['dmy', 'mdy']
    : ['mdy', 'dmy'];
  if (yearsMayLead(tally)) options.push('ymd');
  return ask(
    options,
    'No date has a number above 12 in the place of the day, so day and month cannot be told apart.',
    tally.eitherExamples,
  );
}

const words: Record<DateOrder, string> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' };

/** 24-02-16: dashes, two digits, and fewer different numbers in front than behind. */
function yearsMayLead(tally: DateTally): boolean {
  if (tally.shortYears === 0 || tally.dashes < tally.shortYears) return false;
  if ([...tally.lastSeen].some((last) => last > 31 || last < 1)) return false;
  return tally.firstSeen.size < tally.lastSeen.size && [...tally.firstSeen].every((first) => first > 12);
}
