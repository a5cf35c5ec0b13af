import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDate, decideDates, newDateTally } from './date-column.ts';
import type { DateOrder } from './dates.ts';
import { dateParts, readDate, spelledOrder } from './dates.ts';

const on = (text: string, order: DateOrder | null = null): string | null => readDate(text, order)?.on ?? null;

function decide(values: string[], spelled: DateOrder | null = null) {
  const tally = newDateTally();
  for (const [i, value] of values.entries()) addDate(tally, value, i + 2);
  return decideDates(tally, spelled);
}

describe('dates whose text tells the order', () => {
  it.each([
    ['2026-02-23', '2026-02-23'],
    ['2026/2/3', '2026-02-03'],
    ['2026-02-23T20:55:00.000+0100', '2026-02-23'],
    ['2024-01-02 03:04:05 UTC', '2024-01-02'],
    ['13 April 2026', '2026-04-13'],
    ['Apr 13, 2026', '2026-04-13'],
    ['13-Apr-26', '2026-04-13'],
    ['Monday, April 13, 2026', '2026-04-13'],
    ['Montag, 13. April 2026', '2026-04-13'],
    ['5. März 2024', '2024-03-05'],
    ['1er janvier 2024', '2024-01-01'],
    ['5 août 2021', '2021-08-05'],
    ['lundi 3 mars 2025', '2025-03-03'],
    ['12 de marzo de 2024', '2024-03-12'],
    ['3 maggio 2020', '2020-05-03'],
    ['5 сентября 2022 г.', '2022-09-05'],
    ['2024年3月16日', '2024-03-16'],
    ['Mär 2021', '2021-03-01'],
    ['20240316', '2024-03-16'],
    ['2021-03', '2021-03-01'],
    ['2019', '2019-01-01'],
    ['45581', '2024-10-16'],
    ['1700000000000', '2023-11-14'],
  ])('%s is %s', (text, date) => {
    expect(on(text)).toBe(date);
  });

  it.each([
    '31.02.2024',
    '2024-13-01',
    'Acme 2024',
    '10 20 30',
    '10.20.30.40',
    'A-2e4581',
    '',
    '13 Foo 2024',
    '2023-02-29',
  ])('%j is no date', (text) => {
    expect(on(text, 'dmy')).toBeNull();
  });

  it('a time of day is understood and kept apart', () => {
    expect(readDate('02/23/26 08:55 PM', 'mdy')).toMatchObject({ on: '2026-02-23', time: '20:55:00' });
    expect(readDate('16.10.2024, 14:30 Uhr', 'dmy')).toMatchObject({ on: '2024-10-16', time: '14:30:00' });
    expect(readDate('23/02/2026 8:55:00 p. m.', 'dmy')).toMatchObject({ on: '2026-02-23', time: '20:55:00' });
  });
});

describe('the order of a column of dates', () => {
  it('is decided by one value that can only be read in one way', () => {
    expect(decide(['01-02-2024', '03-04-2024', '16-10-2024'])).toMatchObject({ status: 'decided', order: 'dmy' });
    expect(decide(['02/03/26', '02/23/26'])).toMatchObject({ status: 'decided', order: 'mdy' });
    expect(decide(['98-05-12', '01-02-03'])).toMatchObject({ status: 'decided', order: 'ymd' });
  });

  it('is asked when every value can be read in two ways, never guessed', () => {
    expect(decide(['01/02/2024', '03/04/2024'])).toMatchObject({
      status: 'ask',
      order: null,
      options: ['mdy', 'dmy'],
      examples: ['01/02/2024', '03/04/2024'],
    });
    expect(decide(['01.02.2024'])).toMatchObject({ status: 'ask', options: ['dmy', 'mdy'] });
  });

  it('needs no answer when the text tells, or when both readings are the same day', () => {
    expect(decide(['2024-01-02', '3 May 2024'])).toMatchObject({ status: 'none' });
    expect(decide(['05/05/2024', '07/07/2023'])).toMatchObject({ status: 'decided' });
    expect(decide(['Acme', 'Beta'])).toMatchObject({ status: 'none' });
  });

  it('is taken from the column name when that spells it out', () => {
    expect(decide(['01/02/2024'], spelledOrder('Date (dd/mm/yyyy)'))).toMatchObject({
      status: 'decided',
      order: 'dmy',
    });
    expect(spelledOrder('TT.MM.JJJJ')).toBe('dmy');
    expect(spelledOrder('jj/mm/aaaa')).toBe('dmy');
    expect(spelledOrder('MM/DD/YY')).toBe('mdy');
    expect(spelledOrder('YYYY-MM-DD')).toBe('ymd');
    expect(spelledOrder('Yearly target')).toBeNull();
  });

  it('with a few contradicting values goes with nearly all, and names the others', () => {
    const values = Array.from({ length: 28 }, (_, i) => `${i + 1}/02/2024`);
    const decision = decide([...values, '02/28/2024']);
    expect(decision).toMatchObject({
      status: 'decided',
      order: 'dmy',
      contradicting: [{ row: 30, text: '02/28/2024' }],
    });
  });

  it('with as many values of each order is asked', () => {
    expect(decide(['16/02/2024', '02/16/2024'])).toMatchObject({ status: 'ask', options: ['dmy', 'mdy'] });
  });

  it('of two-digit years in front is asked rather than taken for days', () => {
    expect(decide(['24-02-01', '24-02-15', '24-03-28', '25-03-30'])).toMatchObject({
      status: 'ask',
      options: ['ymd', 'dmy'],
    });
    expect(decide(['01-02-24', '15-02-24', '28-03-25'])).toMatchObject({ status: 'decided', order: 'dmy' });
  });

  it('reads back every date that is printed in it', () => {
    const pad = (n: number, on_: boolean): string => (on_ ? String(n).padStart(2, '0') : String(n));
    fc.assert(
      fc.property(
        fc.date({ min: new Date(Date.UTC(1950, 0, 1)), max: new Date(Date.UTC(2049, 11, 31)), noInvalidDate: true }),
        fc.constantFrom<DateOrder>('dmy', 'mdy', 'ymd'),
        fc.constantFrom('-', '/', '.'),
        fc.boolean(),
        fc.constantFrom('', ' 08:55', ' 08:55:10 PM', 'T08:55:00Z'),
        (date, order, separator, zeros, time) => {
          const iso = date.toISOString().slice(0, 10);
          const parts = { y: iso.slice(0, 4), m: pad(date.getUTCMonth() + 1, zeros), d: pad(date.getUTCDate(), zeros) };
          const text =
            Array.from(order)
              .map((part) => parts[part as 'y' | 'm' | 'd'])
              .join(separator) + time;
          expect(on(text, order)).toBe(iso);
        },
      ),
    );
  });

  it('reads back every date that is written with the month by name, in many languages', () => {
    for (const language of [
      'en-US',
      'en-GB',
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
      'cs',
      'tr',
      'ru',
    ]) {
      const format = new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      });
      for (let month = 0; month < 12; month++) {
        const date = new Date(Date.UTC(2024, month, 17));
        expect([language, format.format(date), on(format.format(date))]).toEqual([
          language,
          format.format(date),
          date.toISOString().slice(0, 10),
        ]);
      }
    }
  });

  it('never crashes and never invents a day', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom<DateOrder | null>('dmy', 'mdy', 'ymd', null), (text, order) => {
        dateParts(text);
        const read = readDate(text, order);
        if (read) expect(new Date(`${read.on}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.on);
      }),
    );
  });
});
