// The room's words on the screen.

import { formatDate, formatMoney, formatNumber } from '../../../ui/format.ts';
import type { BadgeTone, StatusTone } from '../../../ui/index.ts';
import type { BlockKey, FieldKind, FieldValue, Freshness, Horizon, RiskLevel, SwotKind } from '../rules.ts';

export const HORIZON_WORDS: Record<Horizon, string> = { short: 'Short term', mid: 'Mid term', long: 'Long term' };
export const SWOT_WORDS: Record<SwotKind, string> = {
  strength: 'Strengths',
  weakness: 'Weaknesses',
  opportunity: 'Opportunities',
  threat: 'Threats',
};
export const LEVEL_WORDS: Record<RiskLevel, { label: string; tone: StatusTone }> = {
  high: { label: 'High', tone: 'poor' },
  medium: { label: 'Medium', tone: 'watch' },
  low: { label: 'Low', tone: 'good' },
};
export const FRESHNESS_WORDS: Record<Freshness, { label: string; tone: StatusTone }> = {
  fresh: { label: 'Reviewed', tone: 'good' },
  ageing: { label: 'Ageing', tone: 'watch' },
  stale: { label: 'Stale', tone: 'neutral' },
  never: { label: 'Never reviewed', tone: 'neutral' },
};
export const PROBABILITY = ['Hardly', 'Unlikely', 'Possible', 'Likely', 'Almost certain'];
export const IMPACT = ['A nuisance', 'Minor', 'Serious', 'Severe', 'We lose the account'];

export const STANCE_TONES: Record<string, BadgeTone> = {
  champion: 'good',
  supporter: 'good',
  neutral: 'neutral',
  sceptical: 'watch',
  opposed: 'poor',
};

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A quarter as people read it: `2026-Q4` → "Q4 2026". */
export const quarterWords = (quarter: string) => quarter.replace(/^(\d{4})-(Q[1-4])$/, '$2 $1');

/** The quarter of a day, moved by some quarters. */
export function quarterOf(day: string, by = 0): string {
  const index = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3) + by;
  return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
}

const CHOICES: Record<string, string> = {
  theirs: 'theirs',
  ours: 'ours',
  short: 'short term',
  mid: 'mid term',
  long: 'long term',
  strength: 'strength',
  weakness: 'weakness',
  opportunity: 'opportunity',
  threat: 'threat',
};

/** Names behind ids, as the plan's answer brings them. */
export type Names = {
  members: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
  goals: ReadonlyMap<string, string>;
};

/** A value of a plan in words, for differences and conflicts. */
export function sayer(locale: string, names: Names): (value: FieldValue, kind: FieldKind) => string {
  return (value, kind) => {
    if (value === null || value === '') return 'empty';
    if (typeof value === 'object') return formatMoney(value, locale);
    if (typeof value === 'number')
      return kind === 'percent' ? `${formatNumber(value, locale, { sign: true })} %` : formatNumber(value, locale);
    if (kind === 'date') return formatDate(value, locale);
    if (kind === 'quarter') return quarterWords(value);
    if (kind === 'choice') return CHOICES[value] ?? value;
    if (kind === 'member') return names.members.get(value) ?? 'a former member';
    if (kind === 'person') return names.people.get(value) ?? 'a person you may not see';
    if (kind === 'goal') return names.goals.get(value) ?? 'a removed goal';
    return value;
  };
}

/** Where a block stands on the page, for links to it. */
export const placeOf = (block: BlockKey) => `plan-${block}`;
