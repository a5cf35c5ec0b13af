// The words and marks of the growth pages.
import type { Confidence, Status } from '../api.ts';
import type { Expense } from '../api-money.ts';

export const STATUS_WORDS: Record<Status, string> = {
  ours: 'Ours',
  competitor: 'Competitor',
  in_house: 'In-house',
  unknown: 'Unknown',
  not_eligible: 'Not eligible',
};
/** What stands in a cell of the grid, so that colour is never the only sign. */
export const STATUS_MARKS: Record<Status, string> = {
  ours: 'Ours',
  competitor: 'Comp.',
  in_house: 'In-h.',
  unknown: '?',
  not_eligible: 'n/a',
};
export const STATUS_TONES: Record<Status, 'good' | 'poor' | 'watch' | 'neutral'> = {
  ours: 'good',
  competitor: 'poor',
  in_house: 'watch',
  unknown: 'neutral',
  not_eligible: 'neutral',
};
/** Keys that set the status of the cell under the cursor. */
export const STATUS_KEYS: Record<string, Status> = {
  o: 'ours',
  c: 'competitor',
  i: 'in_house',
  u: 'unknown',
  n: 'not_eligible',
};
export const statusOptions = (Object.keys(STATUS_WORDS) as Status[]).map((value) => ({
  value,
  label: STATUS_WORDS[value],
}));

export const CONFIDENCE_WORDS: Record<Confidence, string> = { low: 'Low', medium: 'Medium', high: 'High' };
export const confidenceOptions = (Object.keys(CONFIDENCE_WORDS) as Confidence[]).map((value) => ({
  value,
  label: CONFIDENCE_WORDS[value],
}));

export const KIND_WORDS: Record<Expense['kind'], string> = {
  travel: 'Travel',
  entertainment: 'Entertainment',
  time: 'Time',
  concession: 'Concessions',
  marketing: 'Marketing',
  other: 'Other',
};
export const kindOptions = (Object.keys(KIND_WORDS) as Expense['kind'][]).map((value) => ({
  value,
  label: KIND_WORDS[value],
}));

/** The currencies that money fields offer: the given ones first. */
export const currenciesWith = (...first: string[]): string[] => [
  ...new Set([...first, 'EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'CAD', 'AUD']),
];
