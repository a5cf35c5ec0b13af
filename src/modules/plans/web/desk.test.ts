/** What the desk does with a plan before it is sent: decisions between two people, and links that lead nowhere. */
import { describe, expect, it } from 'vitest';
import { ACME_GOALS, acmePlan } from '../../../../test/fixtures/acme.ts';
import { mergePlans, type Plan } from '../rules.ts';
import { tidy, withMine } from './desk.ts';
import { quarterOf } from './words.ts';

const edit = (change: (plan: { content: Plan['content']; care: Plan['care'] }) => void): Plan => {
  const plan = structuredClone(acmePlan);
  change(plan);
  return plan;
};
/** Merges both and decides every contradiction for me. */
function allMine(mine: Plan, theirs: Plan): Plan {
  const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
  expect(conflicts.length).toBeGreaterThan(0);
  return conflicts.reduce((plan, conflict) => withMine(plan, mine, conflict), merged);
}

describe('deciding for what I typed', () => {
  it('keeps my words in a field of a block', () => {
    const mine = edit(({ content }) => (content.header.summary = 'Mine'));
    const theirs = edit(({ content }) => (content.header.summary = 'Theirs'));
    expect(allMine(mine, theirs).content).toEqual(mine.content);
  });

  it('keeps my words in one item and leaves the others as merged', () => {
    const mine = edit(({ content }) => (content.risks.items[0]!.mitigation = 'Mine'));
    const theirs = edit(({ content }) => {
      content.risks.items[0]!.mitigation = 'Theirs';
      content.risks.items[1]!.text = 'Changed by them';
    });
    const [first, second] = allMine(mine, theirs).content.risks.items;
    expect([first!.mitigation, second!.text]).toEqual(['Mine', 'Changed by them']);
  });

  it('keeps my owner of a block', () => {
    const [a, b] = [acmePlan.care.strategy.ownerId, acmePlan.care.business.ownerId];
    const mine = edit(({ care }) => (care.goals = { ...care.goals, ownerId: a }));
    const theirs = edit(({ care }) => (care.goals = { ...care.goals, ownerId: null }));
    expect(a).not.toBe(b);
    expect(allMine(mine, theirs).care.goals.ownerId).toBe(a);
  });

  it('removes what I removed, although they changed it', () => {
    const mine = edit(({ content }) => content.risks.items.shift());
    const theirs = edit(({ content }) => (content.risks.items[0]!.text = 'Changed by them'));
    expect(allMine(mine, theirs).content.risks.items.map(({ id }) => id)).toEqual(
      mine.content.risks.items.map(({ id }) => id),
    );
  });
});

describe('tidying up before sending', () => {
  it('lets an action stand without a link when its goal is gone', () => {
    const plan = edit(({ content }) => {
      content.goals.items = content.goals.items.filter(({ id }) => id !== ACME_GOALS.orders);
    });
    const [checklist, training] = tidy(plan).content.strategy.items;
    expect([checklist!.goalId, training!.goalId]).toEqual([null, ACME_GOALS.cost]);
  });

  it('leaves a plan alone that has no such link', () => {
    expect(tidy(acmePlan)).toBe(acmePlan);
  });
});

describe('quarters', () => {
  it('run over the turn of the year in both directions', () => {
    expect([quarterOf('2026-11-22'), quarterOf('2026-11-22', 1), quarterOf('2026-02-01', -1)]).toEqual([
      '2026-Q4',
      '2027-Q1',
      '2025-Q4',
    ]);
  });
});
