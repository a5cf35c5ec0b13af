// The room's words on the screen: parts, stances, coverage, privacy.
import type { BadgeTone, Option } from '../../../ui/index.ts';
import { COVERAGES, PARTS, type Part, PRIVACIES, type Role } from '../api.ts';

export const PART_WORDS: Record<Part, string> = {
  economic_buyer: 'Economic buyer',
  decision_maker: 'Decision maker',
  champion: 'Champion',
  technical: 'Technical evaluator',
  user: 'User',
  procurement: 'Procurement',
  blocker: 'Blocker',
  executive_sponsor: 'Executive sponsor',
  none: 'No part',
};

export type Stance = -2 | -1 | 0 | 1 | 2;
export const STANCES: readonly Stance[] = [2, 1, 0, -1, -2];
export const STANCE_WORDS: Record<Stance, { label: string; tone: BadgeTone }> = {
  '-2': { label: 'Opposed', tone: 'poor' },
  '-1': { label: 'Sceptical', tone: 'watch' },
  '0': { label: 'Neutral', tone: 'neutral' },
  '1': { label: 'Supporter', tone: 'info' },
  '2': { label: 'Champion', tone: 'good' },
};

export const COVERAGE_WORDS: Record<NonNullable<Role['coverage']>, string> = {
  none: 'No contact yet',
  brief: 'Met briefly',
  multiple: 'Met several times',
  in_depth: 'Know well',
};

export const PRIVACY_WORDS: Record<Role['privacy'], { label: string; description: string }> = {
  private: { label: 'Private', description: 'Only you and the account’s owner read it' },
  account_team: { label: 'Account team', description: 'Owner, sponsor, account team, heads and admins read it' },
  company: { label: 'Company', description: 'Everybody who sees the account reads it' },
};

export const partOptions: Option<Part>[] = PARTS.map((value) => ({ value, label: PART_WORDS[value] }));
export const stanceOptions: Option[] = STANCES.map((value) => ({
  value: String(value),
  label: STANCE_WORDS[value].label,
}));
export const coverageOptions: Option<NonNullable<Role['coverage']>>[] = COVERAGES.map((value) => ({
  value,
  label: COVERAGE_WORDS[value],
}));
export const privacyOptions: Option<Role['privacy']>[] = PRIVACIES.map((value) => ({
  value,
  ...PRIVACY_WORDS[value],
}));
export const influenceOptions: Option[] = [5, 4, 3, 2, 1].map((n) => ({
  value: String(n),
  label: `${n} of 5${n === 5 ? ', decides much' : n === 1 ? ', decides little' : ''}`,
}));

export const stanceWord = (stance: number | null): string =>
  stance === null ? '' : (STANCE_WORDS[stance as Stance]?.label ?? '');

/** How often we want to be in touch. */
export const cadenceText = (role: Role): string =>
  role.cadenceDays === 1 ? 'Every day' : `Every ${role.cadenceDays} days`;
