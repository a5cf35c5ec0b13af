// What the forecast's table is made of: which kinds it has columns for, and plain sums.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { Figures, getForecast } from '../api-forecast.ts';
import { KIND_WORDS } from './words.ts';

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

type Forecast = AnswerOf<typeof getForecast>;

/** The table as a file: owners, then teams with everybody. */
export function csvOf(f: Forecast) {
  const kinds = kindsIn(f.rows);
  const money = (amount: number | null | undefined) => (amount == null ? null : { amount, currency: f.currency });
  const figures = (of: { total: Figures; kinds: Partial<Record<ShownKind, Figures>> }) => [
    money(of.total.upToCommit),
    money(of.total.upToBest),
    money(of.total.weighted),
    ...kinds.flatMap((kind) => STEPS.map((step) => money(of.kinds[kind]?.[step.key] ?? 0))),
  ];
  return {
    head: ['Owner or team', 'Called by the owner', 'Called by the manager', 'To commit', 'To best', 'Weighted'].concat(
      kinds.flatMap((kind) => STEPS.map((step) => `${KIND_WORDS[kind]}, ${step.label.toLowerCase()}`)),
    ),
    rows: [
      ...f.rows.map((r) => [r.ownerName, money(r.submission?.commit), money(r.managerCall?.commit), ...figures(r)]),
      ...f.teams.map((t) => [
        t.teamName,
        t.submitted.owners ? money(t.submitted.commit) : null,
        money(t.managerCall?.commit),
        ...figures(t),
      ]),
    ],
  };
}
