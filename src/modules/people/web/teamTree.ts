// The tree of teams as the pages need it. Pure.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { TreeNode } from '../../../ui/treePlaces.ts';
import type { listTeams } from '../api.ts';

export type Team = AnswerOf<typeof listTeams>['items'][number];

/** Names from the top down to the team: Europe, Nordics. Empty without a team. */
export function teamPath(teams: readonly Team[], id: string | null): string[] {
  const byId = new Map(teams.map((t) => [t.id, t]));
  const names: string[] = [];
  const seen = new Set<string>();
  for (
    let at = id ? byId.get(id) : undefined;
    at && !seen.has(at.id);
    at = at.parentId ? byId.get(at.parentId) : undefined
  ) {
    seen.add(at.id);
    names.unshift(at.name);
  }
  return names;
}

/** Teams as choices, each with the way to it; `except` leaves out a team and all below it. */
export function teamOptions(teams: readonly Team[], except?: string): { value: string; label: string }[] {
  const below = except === undefined ? new Set<string>() : withTeamsBelow(teams, except);
  return teams
    .filter((t) => !below.has(t.id))
    .map((t) => ({ value: t.id, label: teamPath(teams, t.id).join(' › ') }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** The team itself and every team below it. */
export function withTeamsBelow(teams: readonly Team[], id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const t of teams) if (t.parentId && found.has(t.parentId)) found.add(t.id);
  }
  return found;
}

/** The teams as nodes of a tree, by name. */
export function teamNodes(teams: readonly Team[], detail: (team: Team) => TreeNode['detail']): TreeNode[] {
  const under = (parentId: string | null): TreeNode[] =>
    teams
      .filter((t) => t.parentId === parentId)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((t) => ({ id: t.id, label: t.name, detail: detail(t), children: under(t.id) }));
  return under(null);
}
