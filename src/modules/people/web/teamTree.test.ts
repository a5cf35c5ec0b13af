import { describe, expect, it } from 'vitest';
import { type Team, teamNodes, teamOptions, teamPath, withTeamsBelow } from './teamTree.ts';

const team = (id: string, parentId: string | null): Team => ({ id, name: id, parentId, memberCount: 0, version: 1 });
const teams = [team('Nordics', 'Europe'), team('Europe', null), team('Asia', null), team('Oslo', 'Nordics')];

describe('the tree of teams', () => {
  it('names the way from the top to a team', () => {
    expect(teamPath(teams, 'Oslo')).toEqual(['Europe', 'Nordics', 'Oslo']);
    expect(teamPath(teams, null)).toEqual([]);
    expect(teamPath(teams, 'gone')).toEqual([]);
  });

  it('ends even where the data closes a circle', () => {
    expect(teamPath([team('A', 'B'), team('B', 'A')], 'A')).toEqual(['B', 'A']);
  });

  it('never offers a team as part of itself or of a team below it', () => {
    expect([...withTeamsBelow(teams, 'Europe')].sort()).toEqual(['Europe', 'Nordics', 'Oslo']);
    expect(teamOptions(teams, 'Nordics').map((o) => o.label)).toEqual(['Asia', 'Europe']);
    expect(teamOptions(teams)).toHaveLength(4);
  });

  it('stands in order of names, children below their parent', () => {
    const nodes = teamNodes(teams, () => null);
    expect(nodes.map((n) => n.label)).toEqual(['Asia', 'Europe']);
    expect(nodes[1]?.children?.[0]?.children?.map((n) => n.label)).toEqual(['Oslo']);
  });
});
