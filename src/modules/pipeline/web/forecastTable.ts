// What the forecast's table is made of: which kinds it has columns for, and plain sums.
import type { Figures } from '../api-forecast.ts';

export const SHOWN_KINDS = ['renewal', 'expansion', 'new_unit'] as const;
export type ShownKind = (typeof SHOWN_KINDS)[number] | 'new_business';

type Row = { kinds: Partial<Record<ShownKind, Figures>> };

/** Renewal, expansion and new unit always; new business, which is forecast apart, only where there is some. */
export const kindsIn = (rows: readonly Row[]): ShownKind[] =>
  rows.some((r) => (r.kinds.new_business?.count ?? 0) > 0) ? [...SHOWN_KINDS, 'new_business'] : [...SHOWN_KINDS];

export const STEPS = [
  { key: 'closed', label: 'Closed' },
  { key: 'commit', label: 'Commit' },
  { key: 'bestCase', label: 'Best' },
  { key: 'pipeline', label: 'Pipeline' },
] as const satisfies readonly { key: keyof Figures; label: string }[];
