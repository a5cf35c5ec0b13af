// The audit log in words: which kind of thing, what was done to it, and values as their reader sees them. Pure.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { type FormatSettings, formatDate, formatInstant, formatMoney } from '../../../ui/format.ts';
import type { readAudit } from '../api.ts';

export type Entry = AnswerOf<typeof readAudit>['items'][number];
export type Shown = { label: string; before: string; after: string };

/** Kinds on the ground floor, and the account itself; higher rooms bring their own words. */
const KINDS: Record<string, string> = {
  account: 'Account',
  workspace: 'Workspace',
  custom_field: 'Custom field',
  saved_view: 'Saved view',
  fx_update: 'Exchange rates',
  team: 'Team',
  member: 'Member',
  invitation: 'Invitation',
  api_key: 'API key',
};

/** Table → word, of all rooms. */
export const kindsOf = (fromRooms: readonly Record<string, string>[]): Record<string, string> =>
  Object.assign({}, ...fromRooms, KINDS) as Record<string, string>;

export const kindWord = (kinds: Record<string, string>, table: string): string => kinds[table] ?? words(table);

/** Word → its tables, for a filter that offers each word once. */
export function tablesByWord(kinds: Record<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [table, word] of Object.entries(kinds)) found.set(word, [...(found.get(word) ?? []), table]);
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}

export const ACTIONS = {
  insert: { label: 'Added', tone: 'good' },
  update: { label: 'Changed', tone: 'info' },
  delete: { label: 'Removed', tone: 'neutral' },
} as const;

const MEANS: Record<string, string> = {
  session: '',
  key: 'with an API key',
  cli: 'on the command line',
  system: 'by itself',
};
export const meansWord = (means: string): string => MEANS[means] ?? means;

const NOTHING = '–';

/** One stored value as text. */
export function valueText(text: string | null, settings: FormatSettings): string {
  if (text === null || text === '' || text === '[]' || text === '{}') return NOTHING;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text, settings.locale);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text)) return formatInstant(text, settings);
  if (text === 'true') return 'Yes';
  if (text === 'false') return 'No';
  if (/^[[{]/.test(text)) return structured(text);
  return text;
}

function structured(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value))
      return value.map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v))).join(', ');
    return Object.entries(value as object)
      .map(([key, v]) => `${words(key)}: ${typeof v === 'object' ? JSON.stringify(v) : String(v)}`)
      .join('; ');
  } catch {
    return text;
  }
}

/** The fields of an entry; an amount and its currency stand together where both are known. */
export function shownChanges(changes: Entry['changes'], settings: FormatSettings): Shown[] {
  const amount = (name: string, side: 'before' | 'after'): string => {
    const minor = changes.find((c) => c.field === `${name}_minor`)?.[side] ?? null;
    const code = changes.find((c) => c.field === `${name}_currency`)?.[side] ?? null;
    if (minor === null) return NOTHING;
    return code === null ? minor : formatMoney({ amount: Number(minor), currency: code }, settings.locale);
  };
  return changes.flatMap((change): Shown[] => {
    const { field } = change;
    const name = field.replace(/_(minor|currency)$/, '');
    const hasBoth = ['minor', 'currency'].every((part) => changes.some((c) => c.field === `${name}_${part}`));
    if (hasBoth && field !== name) {
      return field.endsWith('_currency')
        ? []
        : [{ label: words(name), before: amount(name, 'before'), after: amount(name, 'after') }];
    }
    const shown = {
      label: field.endsWith('_minor') ? `${words(name)}, in the smallest coin` : words(field),
      before: valueText(change.before, settings),
      after: valueText(change.after, settings),
    };
    return shown.before === shown.after ? [] : [shown];
  });
}

const SHORT: Record<string, string> = { arr: 'ARR', api: 'API', id: 'id', url: 'URL' };

/** `renewal_on` → "Renewal", `owner_id` → "Owner", `arr` → "ARR", `decision_maker` → "Decision maker". */
export function words(name: string): string {
  const plain = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[_\s]+/);
  if (plain.length > 1 && ['id', 'on', 'at'].includes(plain.at(-1)!)) plain.pop();
  const text = plain.map((word) => SHORT[word] ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
