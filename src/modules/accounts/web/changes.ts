// What changed at an account, said in words: audit rows become titles and "from → to". Pure.
import type { AnswerOf } from '../../../kernel/contract/route.ts';

import { type FormatSettings, formatDate, formatInstant, formatMoney } from '../../../ui/format.ts';
import type { accountTimeline } from '../api.ts';
import { fieldWord, functionWord, STATUS_WORDS, type Status } from './words.ts';

export type Entry = AnswerOf<typeof accountTimeline>['items'][number];
type Shown = { label: string; from: string; to: string };
export type Told = { title: string; changes: Shown[]; tone: 'neutral' | 'accent' | 'good' | 'watch' | 'info' };

const NOTHING = '–';
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text);

function read(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One stored value as its reader sees it. */
export function said(field: string, text: string | null, settings: FormatSettings): string {
  if (text === null || text === '' || text === '[]' || text === '{}') return NOTHING;
  if (field === 'status') return STATUS_WORDS[text as Status]?.label ?? text;
  if (field === 'function') return functionWord(text);
  if (isDay(text)) return formatDate(text, settings.locale);
  if (isInstant(text)) return formatInstant(text, settings);
  if (text === 'true') return 'Yes';
  if (text === 'false') return 'No';
  if (text.startsWith('[')) {
    const list = read(text);
    if (Array.isArray(list)) return list.map(String).join(', ') || NOTHING;
  }
  if (text.startsWith('{')) {
    const value = read(text);
    if (value && typeof value === 'object' && 'amount' in value && 'currency' in value)
      return formatMoney({ amount: Number(value.amount), currency: String(value.currency) }, settings.locale);
  }
  return text;
}

function customChanges(before: string | null, after: string | null, settings: FormatSettings): Shown[] {
  const [old, now] = [read(before), read(after)].map((v) => (v && typeof v === 'object' ? v : {})) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const text = (value: unknown) =>
    value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => {
    const [from, to] = [text(old[key]), text(now[key])];
    return from === to ? [] : [{ label: fieldWord(key), from: said(key, from, settings), to: said(key, to, settings) }];
  });
}

/** Fields as pairs; the two columns of an amount become one. `currency` is what an amount is in when only it changed. */
export function shownChanges(
  changes: Entry['changes'],
  settings: FormatSettings,
  currency: (field: string) => string,
): Shown[] {
  const money = (name: string, side: 'before' | 'after') => {
    const minor = changes.find((c) => c.field === `${name}_minor`)?.[side] ?? null;
    if (minor === null) return NOTHING;
    const code = changes.find((c) => c.field === `${name}_currency`)?.[side] ?? currency(name);
    return formatMoney({ amount: Number(minor), currency: code }, settings.locale);
  };
  return changes.flatMap((change): Shown[] => {
    if (change.field === 'custom') return customChanges(change.before, change.after, settings);
    if (change.field.endsWith('_minor')) {
      const name = change.field.slice(0, -6);
      return [{ label: fieldWord(name), from: money(name, 'before'), to: money(name, 'after') }];
    }
    if (change.field.endsWith('_currency')) {
      const name = change.field.slice(0, -9);
      // Beside its amount it is said with it.
      if (changes.some((c) => c.field === `${name}_minor`)) return [];
      return [{ label: `${fieldWord(name)}, currency`, from: change.before ?? NOTHING, to: change.after ?? NOTHING }];
    }
    const [from, to] = [said(change.field, change.before, settings), said(change.field, change.after, settings)];
    return from === to ? [] : [{ label: fieldWord(change.field), from, to }];
  });
}

const changeOf = (entry: Entry, field: string) => entry.changes.find((c) => c.field === field);

/** One row of the log in words. `thing` is what its kind is called: "Profile", "Person". */
export function tell(entry: Entry, thing: string, settings: FormatSettings, currency: (field: string) => string): Told {
  const shown = shownChanges(entry.changes, settings, currency);
  if (entry.what === 'account_team') {
    const who = entry.label ?? 'A colleague';
    const does = changeOf(entry, 'function');
    const role = does ? ` (${said('function', does.after ?? does.before, settings)})` : '';
    return entry.action === 'delete'
      ? { title: `${who} left the account team${role}`, changes: [], tone: 'neutral' }
      : { title: `${who} joined the account team${role}`, changes: [], tone: 'info' };
  }
  if (entry.what === 'account_external_id') {
    const system = changeOf(entry, 'system');
    const number = changeOf(entry, 'external_id');
    const name = [system?.after ?? system?.before, number?.after ?? number?.before].filter(Boolean).join(' ');
    const verb = entry.action === 'insert' ? 'added' : entry.action === 'delete' ? 'removed' : 'changed';
    return { title: `External id ${name} ${verb}`.replace(/ {2,}/g, ' '), changes: [], tone: 'neutral' };
  }
  if (entry.what === 'account') {
    if (entry.action === 'insert') return { title: 'Account added', changes: [], tone: 'good' };
    const archived = changeOf(entry, 'archived_at');
    const merged = changeOf(entry, 'merged_into_id');
    if (merged?.after) return { title: `Merged into ${merged.after}`, changes: [], tone: 'watch' };
    if (archived)
      return archived.after
        ? { title: 'Archived', changes: [], tone: 'watch' }
        : { title: 'Restored', changes: [], tone: 'good' };
    const [only] = shown;
    return {
      title: shown.length === 1 && only ? `${only.label} changed` : `${shown.length} fields changed`,
      changes: shown,
      tone: 'accent',
    };
  }
  const called = entry.label ?? changeOf(entry, 'file_name')?.after;
  const name = called ? `: ${called}` : '';
  // A log of its own, whose rows are the changes.
  if (entry.action === 'insert' && thing.endsWith(' changed'))
    return { title: `${thing}${name}`, changes: [], tone: 'accent' };
  if (entry.action === 'insert') return { title: `${thing} added${name}`, changes: [], tone: 'good' };
  if (entry.action === 'delete') return { title: `${thing} removed${name}`, changes: [], tone: 'neutral' };
  return { title: `${thing} changed${name}`, changes: shown, tone: 'accent' };
}
