/** What the one page shows, and what it only counts. */
import { describe, expect, it } from 'vitest';
import { acmeDocument, acmeFacts, acmePlan } from '../../../../test/fixtures/acme.ts';
import { composeDocument, ONE_PAGE_CAPS, onePage, type PlanDocument } from '../rules.ts';

const repeat = <T extends { text: string }>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, at) => ({
    ...items[at % items.length]!,
    text: `${items[at % items.length]!.text} ${at}`,
  }));

describe('a plan as a document', () => {
  it('speaks of people by name', () => {
    expect(acmeDocument.goals.map(({ text, owner }) => [text, owner])).toEqual([
      ['Reduce operating cost by 15 %', 'Jordan Lee'],
      ['Automate order processing', 'Sam Okafor'],
      ['Better SLAs', 'Ines Moreau'],
    ]);
    expect(acmeDocument.people.map(({ title, stance }) => [title, stance])).toEqual([
      ['CFO', 'Supporter'],
      ['Head of Ops', 'Neutral'],
      ['IT Director', 'Champion'],
    ]);
    expect(acmeDocument.actions[1]).toMatchObject({ goal: 'Reduce operating cost by 15 %', owner: 'Priya Raman' });
  });

  it('leaves out people whom the reader may not see, and owners who are gone', () => {
    const blind = composeDocument(acmePlan, { ...acmeFacts, people: new Map(), members: new Map() });
    expect(blind.people).toEqual([]);
    expect(blind.goals.every(({ owner }) => owner === null)).toBe(true);
  });
});

describe('the one page', () => {
  it('shows the worked example whole', () => {
    const page = onePage(acmeDocument);
    const all = [page.people, page.goals, page.actions, page.risks, page.milestones, page.expansion, page.competitors];
    expect(all.map(({ more }) => more)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('puts the heaviest risk, the nearest goal and the next open action first', () => {
    const page = onePage(acmeDocument);
    expect(page.risks.shown[0]!.text).toBe('Low adoption in Ops');
    expect(page.goals.shown.map(({ horizon }) => horizon)).toEqual(['short', 'short', 'mid']);
    expect(page.actions.shown[0]!.text).toContain('Adoption training');
    expect(page.actions.shown.at(-1)!.doneOn).not.toBeNull();
    expect(page.milestones.shown[0]!.quarter).toBe('2026-Q2');
  });

  it('never shows more than three goals and five risks, and counts the rest', () => {
    const full: PlanDocument = {
      ...acmeDocument,
      goals: repeat(acmeDocument.goals, 7),
      risks: repeat(acmeDocument.risks, 11),
    };
    expect(onePage(full).goals).toMatchObject({ more: 4 });
    expect(onePage(full).goals.shown.length).toBe(3);
    expect(onePage(full).risks).toMatchObject({ more: 6 });
    expect(onePage(full, { ...ONE_PAGE_CAPS, goals: 99 }).goals.shown.length).toBe(3);
    expect(onePage(full, { ...ONE_PAGE_CAPS, risks: 2 }).risks.more).toBe(9);
  });

  it('puts our own goals behind theirs', () => {
    const own = { ...acmeDocument.goals[0]!, text: 'Be the only supplier', side: 'ours', horizon: 'short' } as const;
    const page = onePage({ ...acmeDocument, goals: [own, ...acmeDocument.goals] });
    expect(page.goals.shown.map(({ side }) => side)).toEqual(['theirs', 'theirs', 'theirs']);
    expect(page.goals.more).toBe(1);
  });
});
