// Pure rules of the settings room: what a custom field accepts, and money across currencies.
import Big from 'big.js';
import * as z from 'zod';
import type { FieldError } from '../../../kernel/contract/problem.ts';
import type { Money } from '../../../kernel/contract/shapes.ts';

export type CustomField = {
  id: string;
  entity: 'accounts' | 'people';
  key: string;
  label: string;
  type: 'text' | 'number' | 'money' | 'date' | 'boolean' | 'choice' | 'url';
  choices: string[];
};

/** What is wrong with these values; unknown keys are wrong too. Null clears a value. */
export function customProblems(fields: readonly CustomField[], values: Record<string, unknown>): FieldError[] {
  const byKey = new Map(fields.map((f) => [f.key, f]));
  const problems: FieldError[] = [];
  for (const [key, value] of Object.entries(values)) {
    const field = byKey.get(key);
    const say = (message: string) => problems.push({ field: `custom.${key}`, message });
    if (!field) say('There is no such custom field');
    else if (value === null) continue;
    else if (field.type === 'number' && (typeof value !== 'number' || !Number.isFinite(value))) say('Use a number');
    else if (field.type === 'boolean' && typeof value !== 'boolean') say('Use true or false');
    else if (field.type === 'money' && !isMoney(value)) say('Use an amount in minor units and a currency');
    else if (field.type === 'date' && !z.iso.date().safeParse(value).success) say('Use a date such as 2026-02-28');
    else if (field.type === 'choice' && !(typeof value === 'string' && field.choices.includes(value)))
      say(`Choose one of: ${field.choices.join(', ')}`);
    else if (field.type === 'url' && !(typeof value === 'string' && /^https?:\/\/\S{1,500}$/.test(value)))
      say('Use an address that starts with https://');
    else if (field.type === 'text' && !(typeof value === 'string' && value.length <= 5000))
      say('Use up to 5000 characters');
  }
  return problems;
}

const isMoney = (v: unknown): v is Money =>
  typeof v === 'object' &&
  v !== null &&
  Number.isSafeInteger((v as Money).amount) &&
  /^[A-Z]{3}$/.test((v as Money).currency);

const digitsOf = new Map<string, number>();
/** How many digits the minor unit has: EUR 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** Converts minor units by a rate (units of `to` for one unit of `from`), half to even. */
export function convert(amount: number, from: string, to: string, rate: Big): number {
  return new Big(amount)
    .times(rate)
    .times(new Big(10).pow(minorDigits(to) - minorDigits(from)))
    .round(0, Big.roundHalfEven)
    .toNumber();
}

/** Rate from one currency to another, given how many units of each one unit of a common base buys. Null where one is unknown. */
export function crossRate(perBase: ReadonlyMap<string, string>, base: string, from: string, to: string): Big | null {
  if (from === to) return new Big(1);
  const f = from === base ? '1' : perBase.get(from);
  const t = to === base ? '1' : perBase.get(to);
  return f === undefined || t === undefined ? null : new Big(t).div(f);
}
