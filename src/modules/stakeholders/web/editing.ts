// The edit form of a person as plain data: what it shows, what has changed, what clashes with somebody else's change. Pure.
import type { PersonPage, Role } from '../api.ts';
import { COVERAGE_WORDS, PART_WORDS, PRIVACY_WORDS, stanceWord } from './words.ts';

/** All values of the form; '' and null are empty. */
export type Form = {
  name: string;
  email: string;
  phone: string;
  mobile: string;
  language: string;
  notes: string;
  doNotContact: boolean;
  title: string;
  department: string;
  reportsToId: string | null;
  part: Role['part'];
  stance: number | null;
  confirmed: boolean;
  influence: number | null;
  coverage: Role['coverage'];
  privacy: Role['privacy'];
  cadenceDays: number | null;
};
export type FieldName = keyof Form;

export const FIELD_LABELS: Record<FieldName, string> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  mobile: 'Mobile',
  language: 'Language',
  notes: 'Notes',
  doNotContact: 'Do not contact',
  title: 'Title',
  department: 'Department',
  reportsToId: 'Reports to',
  part: 'Part in the decision',
  stance: 'Stance',
  confirmed: 'Confirmed',
  influence: 'Influence',
  coverage: 'Coverage',
  privacy: 'Who may read this',
  cadenceDays: 'Cadence',
};

const OWN = ['name', 'email', 'phone', 'mobile', 'language', 'notes', 'doNotContact'] as const;
const AT_ACCOUNT = [
  'title',
  'department',
  'reportsToId',
  'part',
  'stance',
  'confirmed',
  'influence',
  'coverage',
  'privacy',
  'cadenceDays',
] as const;

export function formOf(person: PersonPage, role: Role | undefined): Form {
  return {
    name: person.name,
    email: person.email ?? '',
    phone: person.phone ?? '',
    mobile: person.mobile ?? '',
    language: person.language ?? '',
    notes: person.notes,
    doNotContact: person.doNotContact,
    title: role?.title ?? '',
    department: role?.department ?? '',
    reportsToId: role?.reportsToId ?? null,
    part: role?.part ?? null,
    stance: role?.stance ?? null,
    confirmed: role?.confirmed ?? false,
    influence: role?.influence ?? null,
    coverage: role?.coverage ?? null,
    privacy: role?.privacy ?? 'account_team',
    cadenceDays: role && !role.cadenceIsDefault ? role.cadenceDays : null,
  };
}

/** What the reader changed, by the names of the API; empty texts become null. */
export function changesOf(before: Form, now: Form): { own: Record<string, unknown>; role: Record<string, unknown> } {
  const pick = (fields: readonly FieldName[]) =>
    Object.fromEntries(
      fields
        .filter((field) => before[field] !== now[field])
        .map((field) => [field, now[field] === '' && field !== 'notes' ? null : now[field]]),
    );
  return { own: pick(OWN), role: pick(AT_ACCOUNT) };
}

/** Fields that both the reader and somebody else changed, to different values. */
export const clashesOf = (before: Form, mine: Form, theirs: Form): FieldName[] =>
  ([...OWN, ...AT_ACCOUNT] as FieldName[]).filter(
    (field) => before[field] !== mine[field] && before[field] !== theirs[field] && mine[field] !== theirs[field],
  );

/** Theirs, with the reader's changes on top; `giveWay` lets theirs stand in the fields that clash. */
export function rebase(before: Form, mine: Form, theirs: Form, giveWay: boolean): Form {
  const lost = new Set(giveWay ? clashesOf(before, mine, theirs) : []);
  const kept = ([...OWN, ...AT_ACCOUNT] as FieldName[]).filter(
    (field) => before[field] !== mine[field] && !lost.has(field),
  );
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
}

export function valueText(field: FieldName, form: Form, nameOf: (id: string) => string): string {
  const value = form[field];
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  switch (field) {
    case 'reportsToId':
      return nameOf(String(value));
    case 'part':
      return PART_WORDS[value as keyof typeof PART_WORDS];
    case 'stance':
      return stanceWord(value as number);
    case 'coverage':
      return COVERAGE_WORDS[value as keyof typeof COVERAGE_WORDS];
    case 'privacy':
      return PRIVACY_WORDS[value as keyof typeof PRIVACY_WORDS].label;
    default:
      return String(value);
  }
}
