/** The one page by rule: what fits is shown in the order that matters, the rest is counted and never silently lost. */
import type { PlanDocument } from './document.ts';
import type { SwotKind } from './plan.ts';
import { byExposure } from './progress.ts';

/** The most that the page shows of each kind. Three goals and five risks are the rule of the practice. */
export const ONE_PAGE_CAPS = {
  people: 5,
  goals: 3,
  actions: 6,
  risks: 5,
  milestones: 6,
  expansion: 3,
  swotPerKind: 2,
  competitors: 4,
} as const;

export interface Capped<T> {
  readonly shown: readonly T[];
  /** How many more there are: "and 3 more". */
  readonly more: number;
}

export interface OnePage {
  readonly people: Capped<PlanDocument['people'][number]>;
  /** Theirs before ours, nearest horizon first. */
  readonly goals: Capped<PlanDocument['goals'][number]>;
  /** Open before done, earliest due date first. */
  readonly actions: Capped<PlanDocument['actions'][number]>;
  /** Heaviest first. */
  readonly risks: Capped<PlanDocument['risks'][number]>;
  /** Open before done, by quarter. */
  readonly milestones: Capped<PlanDocument['milestones'][number]>;
  /** In the order of the plan. */
  readonly expansion: Capped<PlanDocument['expansion'][number]>;
  readonly swot: Readonly<Record<SwotKind, Capped<string>>>;
  readonly competitors: Capped<PlanDocument['business']['competitors'][number]>;
}

const HORIZONS = { short: 0, mid: 1, long: 2 };
const SIDES = { theirs: 0, ours: 1 };
/** Sorts after every date and quarter. */
const LAST = '\uffff';

const cap = <T>(items: readonly T[], most: number): Capped<T> => ({
  shown: items.slice(0, most),
  more: Math.max(0, items.length - most),
});
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Chooses what the one page shows; `caps` may be lowered where a page is too small, never raised above the rule. */
export function onePage(plan: PlanDocument, caps: Record<keyof typeof ONE_PAGE_CAPS, number> = ONE_PAGE_CAPS): OnePage {
  const most = (key: keyof typeof ONE_PAGE_CAPS) => Math.min(caps[key], ONE_PAGE_CAPS[key]);
  const swot = (kind: SwotKind) =>
    cap(
      plan.business.swot.filter((point) => point.kind === kind).map(({ text }) => text),
      most('swotPerKind'),
    );
  const goals = [...plan.goals].sort(
    (a, b) => SIDES[a.side] - SIDES[b.side] || HORIZONS[a.horizon] - HORIZONS[b.horizon],
  );
  const actions = [...plan.actions].sort(
    (a, b) =>
      Number(a.doneOn !== null) - Number(b.doneOn !== null) ||
      compare(a.dueOn ?? LAST, b.dueOn ?? LAST) ||
      HORIZONS[a.horizon] - HORIZONS[b.horizon],
  );
  const milestones = [...plan.milestones].sort(
    (a, b) => Number(a.doneOn !== null) - Number(b.doneOn !== null) || compare(a.quarter || LAST, b.quarter || LAST),
  );
  return {
    people: cap(plan.people, most('people')),
    goals: cap(goals, most('goals')),
    actions: cap(actions, most('actions')),
    risks: cap(byExposure(plan.risks), most('risks')),
    milestones: cap(milestones, most('milestones')),
    expansion: cap(plan.expansion, most('expansion')),
    swot: {
      strength: swot('strength'),
      weakness: swot('weakness'),
      opportunity: swot('opportunity'),
      threat: swot('threat'),
    },
    competitors: cap(plan.business.competitors, most('competitors')),
  };
}
