/** A plan as people read it, on the one page and in print: ids replaced by names, facts of the account beside it. */
import type { Money } from '../../../kernel/contract/shapes.ts';
import type { GoalSide, Horizon, Plan, SwotKind } from './plan.ts';
import { goalProgress, type RiskLevel, riskLevel } from './progress.ts';

export interface PlanDocument {
  readonly account: { readonly name: string; readonly arr: Money | null; readonly tier: string | null };
  readonly owner: string | null;
  readonly sponsor: string | null;
  readonly version: number;
  readonly signedOff: { readonly by: string; readonly on: string } | null;
  readonly renewal: { readonly on: string | null; readonly upliftPercent: number | null; readonly outcome: string };
  readonly summary: string;
  readonly people: readonly PlanDocumentPerson[];
  readonly relationships: { readonly summary: string; readonly couldDerail: string };
  readonly business: {
    readonly goals: string;
    readonly initiatives: string;
    readonly market: string;
    readonly finances: string;
    readonly swot: readonly { readonly kind: SwotKind; readonly text: string }[];
    readonly competitors: readonly { readonly name: string; readonly note: string }[];
  };
  readonly wonAndLost: string;
  readonly growthAreas: string;
  readonly goals: readonly {
    readonly text: string;
    readonly side: GoalSide;
    readonly horizon: Horizon;
    readonly measure: string;
    readonly progress: number | null;
    readonly owner: string | null;
    readonly dueOn: string | null;
  }[];
  readonly actions: readonly {
    readonly text: string;
    readonly goal: string | null;
    readonly horizon: Horizon;
    readonly owner: string | null;
    readonly dueOn: string | null;
    readonly doneOn: string | null;
  }[];
  readonly risks: readonly {
    readonly text: string;
    readonly probability: number;
    readonly impact: number;
    readonly level: RiskLevel;
    readonly mitigation: string;
    readonly owner: string | null;
  }[];
  readonly milestones: readonly {
    readonly text: string;
    readonly quarter: string;
    readonly owner: string | null;
    readonly doneOn: string | null;
  }[];
  readonly expansion: readonly {
    readonly text: string;
    readonly value: Money | null;
    readonly owner: string | null;
    readonly note: string;
  }[];
}

export interface PlanDocumentPerson {
  readonly name: string;
  readonly title: string;
  /** Part in the decision, in words: "decision maker". */
  readonly part: string;
  /** Contact frequency, in words: "every 30 days". */
  readonly contact: string;
  /** Friendliness, in words: "supporter". */
  readonly stance: string;
  readonly note: string;
}

/** What a plan does not hold itself and other rooms know. */
export interface PlanFacts {
  readonly account: PlanDocument['account'];
  readonly owner: string | null;
  readonly sponsor: string | null;
  readonly version: number;
  readonly signedOff: PlanDocument['signedOff'];
  /** Names of members by id. */
  readonly members: ReadonlyMap<string, string>;
  /** People at the account by id; those whom the reader may not see are absent and left out. */
  readonly people: ReadonlyMap<string, Omit<PlanDocumentPerson, 'note'>>;
}

/** Joins a plan with the facts around it. */
export function composeDocument({ content }: Plan, facts: PlanFacts): PlanDocument {
  const member = (id: string | null) => (id === null ? null : (facts.members.get(id) ?? null));
  const goalText = new Map(content.goals.items.map(({ id, text }) => [id, text]));
  const { header, relationships, business } = content;
  return {
    account: facts.account,
    owner: facts.owner,
    sponsor: facts.sponsor,
    version: facts.version,
    signedOff: facts.signedOff,
    renewal: { on: header.renewalOn, upliftPercent: header.upliftPercent, outcome: header.outcome },
    summary: header.summary,
    people: relationships.people.flatMap(({ personId, note }) => {
      const person = facts.people.get(personId);
      return person ? [{ ...person, note }] : [];
    }),
    relationships: { summary: relationships.summary, couldDerail: relationships.couldDerail },
    business: {
      goals: business.goals,
      initiatives: business.initiatives,
      market: business.market,
      finances: business.finances,
      swot: business.swot.map(({ kind, text }) => ({ kind, text })),
      competitors: business.competitors.map(({ name, note }) => ({ name, note })),
    },
    wonAndLost: content.goals.wonAndLost,
    growthAreas: content.goals.growthAreas,
    goals: content.goals.items.map((goal) => ({
      text: goal.text,
      side: goal.side,
      horizon: goal.horizon,
      measure: goal.measure,
      progress: goalProgress(goal),
      owner: member(goal.ownerId),
      dueOn: goal.dueOn,
    })),
    actions: content.strategy.items.map((action) => ({
      text: action.text,
      goal: action.goalId === null ? null : (goalText.get(action.goalId) ?? null),
      horizon: action.horizon,
      owner: member(action.ownerId),
      dueOn: action.dueOn,
      doneOn: action.doneOn,
    })),
    risks: content.risks.items.map((risk) => ({
      text: risk.text,
      probability: risk.probability,
      impact: risk.impact,
      level: riskLevel(risk),
      mitigation: risk.mitigation,
      owner: member(risk.ownerId),
    })),
    milestones: content.milestones.items.map((item) => ({
      text: item.text,
      quarter: item.quarter,
      owner: member(item.ownerId),
      doneOn: item.doneOn,
    })),
    expansion: content.expansion.items.map((idea) => ({
      text: idea.text,
      value: idea.value,
      owner: member(idea.ownerId),
      note: idea.note,
    })),
  };
}
