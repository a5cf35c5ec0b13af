// What each figure of the forecast explains itself with: its definition, its filters in words, and the accounts or calls behind it.
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import type { SumProps } from '../../../kernel/web/ExplainSum.tsx';
import { type Figures, type getForecast, getForecastAccounts } from '../api-forecast.ts';
import type { ShownKind } from './forecastTable.ts';
import { KIND_WORDS, periodLabel } from './words.ts';

type Forecast = AnswerOf<typeof getForecast>;
type Owner = Forecast['rows'][number];
type Team = Forecast['teams'][number];
type Account = AnswerOf<typeof getForecastAccounts>['items'][number];
type Call = NonNullable<Owner['managerCall']>;
export type Explained = SumProps<typeof getForecastAccounts>;

/** The columns: definition and name of each. */
export const COLUMNS = {
  closed: { metric: 'forecast-closed', label: 'Closed' },
  commit: { metric: 'forecast-open-commit', label: 'Commit' },
  bestCase: { metric: 'forecast-open-best', label: 'Best' },
  pipeline: { metric: 'forecast-open-pipeline', label: 'Pipeline' },
  upToCommit: { metric: 'forecast-commit', label: 'To commit' },
  upToBest: { metric: 'forecast-best', label: 'To best' },
  weighted: { metric: 'forecast-weighted', label: 'Weighted' },
} as const satisfies Partial<Record<keyof Figures, { metric: string; label: string }>>;
export type Column = keyof typeof COLUMNS;

/** Whose figure it is: an owner's, a team's, one account's of an owner. */
export type Whose = { name: string; owner?: Owner; team?: Team; account?: Account };
export type Place = { forecast: Forecast; restated: boolean; scope: { teamId?: string } };

const base = ({ forecast: f }: Place) => ({ asOf: f.frozenAt?.slice(0, 10) ?? f.asOf, missing: f.missing });

/** A figure of the table: the accounts that add to it. */
export function ofCell(place: Place, whose: Whose, column: Column, kind: ShownKind | null): Explained {
  const { forecast: f, restated, scope } = place;
  const money = (amount: number) => ({ amount, currency: f.currency });
  const figures = whose.account ?? whose.owner ?? whose.team;
  const amountOf = (of: { total: Figures; kinds: Partial<Record<ShownKind, Figures>> } | undefined) =>
    (kind ? of?.kinds[kind]?.[column] : of?.total[column]) ?? 0;
  const rowOf = (i: Account) =>
    amountOf(i) === 0
      ? null
      : {
          key: i.accountId,
          label: i.accountName,
          accountId: i.accountId,
          href: `/accounts/${i.accountId}?tab=pipeline`,
          parts: { value: money(amountOf(i)) },
        };
  const owner = whose.owner && (whose.owner.ownerId ? { ownerId: [whose.owner.ownerId] } : { unowned: 'true' });
  const team = whose.team?.teamId ? { teamId: whose.team.teamId } : scope;
  const row = whose.account && rowOf(whose.account);
  return {
    ...base(place),
    metric: COLUMNS[column].metric,
    value: money(amountOf(figures)),
    filters: [periodLabel(f.period.id), whose.name, ...(kind ? [KIND_WORDS[kind]] : [])],
    of: whose.account
      ? { items: row ? [row] : [] }
      : {
          route: getForecastAccounts,
          input: {
            query: { period: f.period.id, ...(owner ?? team), ...(restated ? { restated: 'true' } : {}) },
          } as CallInput<typeof getForecastAccounts>,
          rowOf,
        },
  };
}

const callRow = (c: Call, who: string, currency: string) => ({
  key: c.id,
  label: [who, c.at.slice(0, 10), c.note].filter(Boolean).join(' · '),
  accountId: null,
  href: null,
  parts: { commit: { amount: c.commit, currency }, bestCase: { amount: c.best, currency } },
});

/** What owners called: one of them, or those of a team added up. */
export function ofSubmissions(place: Place, who: string, owners: readonly Owner[]): Explained {
  const { forecast: f } = place;
  const said = owners.flatMap((o) => (o.submission ? [{ o, said: o.submission }] : []));
  return {
    ...base(place),
    missing: [],
    metric: 'forecast-called',
    value: said.length ? { amount: said.reduce((n, x) => n + x.said.commit, 0), currency: f.currency } : null,
    filters: [periodLabel(f.period.id), who],
    of: { items: said.map((x) => callRow(x.said, x.o.ownerName, f.currency)) },
  };
}

/** What the manager called for an owner, a team, or everybody. */
export function ofManagerCall(
  place: Place,
  who: string,
  whose: 'owner' | 'team' | 'all',
  call: Call | null,
): Explained {
  const { forecast: f } = place;
  const metric = {
    owner: 'forecast-owner-calls-of-manager',
    team: 'forecast-team-calls-of-manager',
    all: 'forecast-manager-call',
  }[whose];
  return {
    ...base(place),
    missing: [],
    metric,
    value: call && { amount: call.commit, currency: f.currency },
    filters: [periodLabel(f.period.id), who],
    of: { items: call ? [callRow(call, call.byName ?? 'Somebody', f.currency)] : [] },
  };
}

/** The owners of a team, with those of the teams below it. */
export function ownersOf({ forecast: f }: Place, team: Team): Owner[] {
  if (team.teamId === null) return f.rows;
  const inside = new Set([team.teamId]);
  for (let before = 0; before !== inside.size; ) {
    before = inside.size;
    for (const t of f.teams) if (t.teamId && t.parentId && inside.has(t.parentId)) inside.add(t.teamId);
  }
  return f.rows.filter((r) => r.teamId !== null && inside.has(r.teamId));
}
