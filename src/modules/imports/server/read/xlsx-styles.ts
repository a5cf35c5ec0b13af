// What a number in a workbook means: its style says whether it is a date, a percentage, an amount of money or a code.

import type { Cell } from './raw.ts';
import { attribute, createXmlScanner } from './xml.ts';

export type NumberStyle =
  | { kind: 'plain' }
  | { kind: 'date' }
  | { kind: 'percent' }
  | { kind: 'money'; currency: string }
  | { kind: 'code'; digits: number };

const plain: NumberStyle = { kind: 'plain' };

/** Collects styles from the text of `styles.xml`; the index is the `s` of a cell. */
export function createStyleReader(fileName: string): { push(text: string): void; end(): void; styles: NumberStyle[] } {
  const formats = new Map<number, NumberStyle>();
  const styles: NumberStyle[] = [];
  let inCellStyles = false;
  const scanner = createXmlScanner(fileName, {
    open(name, attributes) {
      if (name === 'numFmt') {
        formats.set(
          Number(attribute(attributes, 'numFmtId')),
          styleOfFormat(attribute(attributes, 'formatCode') ?? ''),
        );
      } else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles && styles.length < 100_000) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        styles.push(formats.get(id) ?? builtIn(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
    text() {},
  });
  return { push: scanner.push, end: scanner.end, styles };
}

/** The formats that a workbook may use without writing them down; 27–36 and 50–58 are dates in East Asian versions. */
function builtIn(id: number): NumberStyle {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
    return { kind: 'date' };
  return id === 9 || id === 10 ? { kind: 'percent' } : plain;
}

const dollarByLocale: Record<string, string> = {
  '409': 'USD',
  '1009': 'CAD',
  c09: 'AUD',
  '1409': 'NZD',
  '4809': 'SGD',
  c04: 'HKD',
};

export function styleOfFormat(code: string): NumberStyle {
  const section = code.split(';')[0]!;
  const money = moneyOf(section);
  if (money) return { kind: 'money', currency: money };
  const bare = section
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return plain;
  if (/^\[[hms]+\]/i.test(bare)) return plain;
  if (/[ymdhs]/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+/i, ''))) return { kind: 'date' };
  if (bare.includes('%')) return { kind: 'percent' };
  if (/^0{2,}$/.test(bare)) return { kind: 'code', digits: bare.length };
  return plain;
}

function moneyOf(section: string): string | null {
  const tagged = /\[\$([^\]-]+)(?:-([0-9a-f]+))?\]/i.exec(section);
  if (tagged) {
    const sign = tagged[1]!.trim();
    return sign === '$' ? (dollarByLocale[(tagged[2] ?? '').toLowerCase()] ?? '$') : sign;
  }
  const literal = section.replace(/\[[^\]]*\]|["\\]/g, '');
  const found = /[$€£¥₹₽₩₺]|\b(?:EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK)\b/.exec(literal);
  return found ? found[0] : null;
}

/** The cell that a stored number stands for: text for dates, percentages, money and codes, else the number. */
export function styledNumber(value: number, style: NumberStyle | undefined, from1904: boolean): Cell {
  if (!style || style.kind === 'plain') return value;
  if (style.kind === 'date') return serialDate(value, from1904) ?? value;
  if (style.kind === 'percent') return `${tidy(value * 100)}%`;
  if (style.kind === 'code')
    return Number.isInteger(value) && value >= 0 ? String(value).padStart(style.digits, '0') : value;
  // Two decimals at least and never three, so that the point cannot be taken for a thousands mark.
  const text = tidy(value);
  const decimals = text.split('.')[1]?.length ?? 0;
  const padded = decimals === 0 ? `${text}.00` : decimals === 1 || decimals === 3 ? `${text}0` : text;
  return `${style.currency} ${padded}`;
}

function tidy(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? value.toFixed(2) : text;
}

const dayTexts = new Map<number, string>();

/** A sheet repeats its days, and printing one costs more than looking it up. */
function dayText(days: number, from1904: boolean): string {
  const key = from1904 ? -1 - days : days;
  let text = dayTexts.get(key);
  if (text === undefined) {
    const epoch = from1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
    text = new Date(epoch + days * 86_400_000).toISOString().slice(0, 10);
    if (dayTexts.size < 50_000) dayTexts.set(key, text);
  }
  return text;
}

/** Days since 1900 (with Excel's leap day that never was) or 1904, to `2026-02-23`, with a time of day when there is one. */
export function serialDate(serial: number, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  let days = Math.floor(serial);
  let seconds = days === serial ? 0 : Math.round((serial - days) * 86_400);
  if (seconds === 86_400) {
    days++;
    seconds = 0;
  }
  if (seconds === 0 && (days > 0 || from1904)) return dayText(days, from1904);
  const time = new Date(seconds * 1_000).toISOString().slice(11, 19);
  return days === 0 && !from1904 ? time : `${dayText(days, from1904)}T${time}`;
}
