/**
 * How complete a plan is, and what would complete it. The figure is about filling in, not about quality, and never
 * raises an account's health. Points add up to 100:
 * renewal 15 (date 8, target 7) · relationships 15 (three people 9, picture 3, who could derail it 3) · their business 10
 * (goals 4, a point in each part of the SWOT 4, competitors 2) · goals 20 (three of theirs 6, owner, measure and due date
 * of each 14) · strategy 12 (an action for each of their goals 6, owner and due date of each 6) · risks 13 (three named 3,
 * mitigation and owner of each 10) · milestones 8 (one named 4, an owner for each 4) · expansion 7 (one idea 4, its value 3).
 */
import type { BlockKey, PlanContent } from './plan.ts';

export interface MissingPart {
  readonly block: BlockKey;
  /** What to do, as an instruction: "Set the renewal date". */
  readonly text: string;
  /** The item that lacks something; null where it is the block itself. */
  readonly itemId: string | null;
}

export interface Completeness {
  /** Whole percent, rounded down: 100 only when nothing is missing. */
  readonly percent: number;
  readonly blocks: Readonly<Record<BlockKey, { readonly points: number; readonly of: number }>>;
  readonly missing: readonly MissingPart[];
}

const SWOT_PARTS = [
  ['strength', 'strengths'],
  ['weakness', 'weaknesses'],
  ['opportunity', 'opportunities'],
  ['threat', 'threats'],
] as const;
const WANTED = { people: 3, goals: 3, risks: 3 };

const filled = (value: string | number | null | undefined) => value !== null && value !== undefined && value !== '';
const quote = (text: string) => `“${text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text}”`;

/** Judges the content of a plan. */
export function completeness(content: PlanContent): Completeness {
  const tally = new Map<BlockKey, { points: number; of: number }>();
  const missing: MissingPart[] = [];

  const book = (block: BlockKey, of: number, points: number) => {
    const entry = tally.get(block) ?? { points: 0, of: 0 };
    tally.set(block, { points: entry.points + points, of: entry.of + of });
  };
  const lacks = (block: BlockKey, text: string, itemId: string | null = null) => missing.push({ block, text, itemId });
  /** All of the points, or none and a line that says what to do. */
  const need = (block: BlockKey, points: number, met: boolean, text: string) => {
    book(block, points, met ? points : 0);
    if (!met) lacks(block, text);
  };
  /** A part of the points for each of the first `wanted` items; one line says how many more are asked for. */
  const needCount = (
    block: BlockKey,
    points: number,
    count: number,
    wanted: number,
    text: (more: number) => string,
  ) => {
    book(block, points, (points * Math.min(count, wanted)) / wanted);
    if (count < wanted) lacks(block, text(wanted - count));
  };
  /** The points are shared out over everything that each item should have; without items nothing is earned. */
  const needOfEach = <T extends { id: string }>(
    block: BlockKey,
    points: number,
    items: readonly T[],
    wants: readonly { met: (item: T) => boolean; text: (item: T) => string }[],
  ) => {
    let met = 0;
    for (const item of items) {
      for (const want of wants) {
        if (want.met(item)) met += 1;
        else lacks(block, want.text(item), item.id);
      }
    }
    book(block, points, items.length > 0 ? (points * met) / (items.length * wants.length) : 0);
  };

  const { header, relationships, business, goals, strategy, risks, milestones, expansion } = content;
  need('header', 8, filled(header.renewalOn), 'Set the renewal date');
  need('header', 7, filled(header.upliftPercent) || filled(header.outcome), 'Set the target of the renewal');

  needCount('relationships', 9, relationships.people.length, WANTED.people, (more) =>
    more === 1 ? 'Name one more person who matters' : `Name ${more} people who matter`,
  );
  need('relationships', 3, filled(relationships.summary), 'Sum up the relationships');
  need('relationships', 3, filled(relationships.couldDerail), 'Say who could derail it');

  need('business', 4, filled(business.goals), 'Write down their business goals');
  for (const [kind, plural] of SWOT_PARTS) {
    const named = business.swot.some((point) => point.kind === kind && filled(point.text));
    need('business', 1, named, `Add ${plural} to the SWOT`);
  }
  need('business', 2, business.competitors.length > 0, 'Name the competitors at the account');

  const theirs = goals.items.filter((goal) => goal.side === 'theirs');
  needCount('goals', 6, theirs.length, WANTED.goals, (more) =>
    more === 1 ? 'Add one more goal of theirs' : `Add ${more} goals of theirs`,
  );
  needOfEach('goals', 14, goals.items, [
    { met: (goal) => filled(goal.ownerId), text: (goal) => `Give the goal ${quote(goal.text)} an owner` },
    { met: (goal) => filled(goal.measure), text: (goal) => `Say how the goal ${quote(goal.text)} is measured` },
    { met: (goal) => filled(goal.dueOn), text: (goal) => `Give the goal ${quote(goal.text)} a due date` },
  ]);

  const covered = new Set(strategy.items.map(({ goalId }) => goalId));
  needOfEach('strategy', 6, theirs, [
    { met: (goal) => covered.has(goal.id), text: (goal) => `Add an action that leads to ${quote(goal.text)}` },
  ]);
  needOfEach('strategy', 6, strategy.items, [
    { met: (action) => filled(action.ownerId), text: (action) => `Give the action ${quote(action.text)} an owner` },
    { met: (action) => filled(action.dueOn), text: (action) => `Give the action ${quote(action.text)} a due date` },
  ]);
  if (strategy.items.length === 0) lacks('strategy', 'Add the first action');

  needCount('risks', 3, risks.items.length, WANTED.risks, (more) =>
    more === 1 ? 'Name one more risk' : `Name the ${more} greatest risks`,
  );
  needOfEach('risks', 10, risks.items, [
    { met: (risk) => filled(risk.mitigation), text: (risk) => `Say what is done against ${quote(risk.text)}` },
    { met: (risk) => filled(risk.ownerId), text: (risk) => `Give the risk ${quote(risk.text)} an owner` },
  ]);

  need('milestones', 4, milestones.items.length > 0, 'Set the first milestone');
  needOfEach('milestones', 4, milestones.items, [
    { met: (item) => filled(item.ownerId), text: (item) => `Give the milestone ${quote(item.text)} an owner` },
  ]);

  need('expansion', 4, expansion.items.length > 0, 'Note one idea for expansion');
  needOfEach('expansion', 3, expansion.items, [
    { met: (idea) => idea.value !== null, text: (idea) => `Estimate the value of ${quote(idea.text)}` },
  ]);

  const total = [...tally.values()].reduce((sum, { points }) => sum + points, 0);
  const blocks = Object.fromEntries(tally) as Record<BlockKey, { points: number; of: number }>;
  return { percent: missing.length === 0 ? 100 : Math.min(99, Math.floor(total + 1e-9)), blocks, missing };
}
