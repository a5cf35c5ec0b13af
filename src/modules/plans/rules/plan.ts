/**
 * The shape of an account plan: eight blocks, one page first. `BLOCKS` describes the same shape as data, so that the
 * difference, the merge and the screens walk over it and cannot forget a field.
 */
import type { Money } from '../../../kernel/contract/shapes.ts';

export type Horizon = 'short' | 'mid' | 'long';
/** Whose goal it is: the account's own, or ours at the account. */
export type GoalSide = 'theirs' | 'ours';
export type SwotKind = 'strength' | 'weakness' | 'opportunity' | 'threat';

/** A person at the account whom the plan names; title, part and stance come from the stakeholders themselves. */
export type PlanPerson = { id: string; personId: string; note: string };
export type SwotPoint = { id: string; kind: SwotKind; text: string };
export type Competitor = { id: string; name: string; note: string };
export type Goal = {
  id: string;
  text: string;
  side: GoalSide;
  horizon: Horizon;
  /** How we shall know, in words; the figures beside it are optional. */
  measure: string;
  start: number | null;
  target: number | null;
  current: number | null;
  unit: string;
  ownerId: string | null;
  dueOn: string | null;
};
export type PlanAction = {
  id: string;
  text: string;
  goalId: string | null;
  horizon: Horizon;
  ownerId: string | null;
  dueOn: string | null;
  doneOn: string | null;
};
export type Risk = {
  id: string;
  text: string;
  /** 1 (hardly) – 5 (almost certain). */
  probability: number;
  /** 1 (a nuisance) – 5 (we lose the account). */
  impact: number;
  mitigation: string;
  ownerId: string | null;
};
/** Quarters are written `2026-Q4`. */
export type Milestone = { id: string; text: string; quarter: string; ownerId: string | null; doneOn: string | null };
export type ExpansionIdea = { id: string; text: string; value: Money | null; ownerId: string | null; note: string };

export type PlanContent = {
  header: { renewalOn: string | null; upliftPercent: number | null; outcome: string; summary: string };
  relationships: { summary: string; couldDerail: string; people: PlanPerson[] };
  business: {
    goals: string;
    initiatives: string;
    market: string;
    finances: string;
    swot: SwotPoint[];
    competitors: Competitor[];
  };
  goals: { wonAndLost: string; growthAreas: string; items: Goal[] };
  strategy: { items: PlanAction[] };
  risks: { items: Risk[] };
  milestones: { items: Milestone[] };
  expansion: { items: ExpansionIdea[] };
};

export type BlockKey = keyof PlanContent;
/** Who looks after a block, and when somebody last confirmed that it still holds. */
export type BlockCare = { ownerId: string | null; reviewedOn: string | null };
export type Plan = { content: PlanContent; care: Record<BlockKey, BlockCare> };

export type FieldKind =
  | 'text'
  | 'number'
  | 'percent'
  | 'scale'
  | 'date'
  | 'quarter'
  | 'money'
  | 'choice'
  | 'member'
  | 'person'
  | 'goal';
export interface FieldShape {
  readonly key: string;
  readonly name: string;
  readonly kind: FieldKind;
}
export interface ListShape {
  readonly key: string;
  /** What one item is called, in lower case: "goal". */
  readonly item: string;
  /** The field that names an item in a sentence. */
  readonly label: string;
  readonly fields: readonly FieldShape[];
}
export interface BlockShape {
  readonly key: BlockKey;
  readonly name: string;
  readonly fields: readonly FieldShape[];
  readonly lists: readonly ListShape[];
}

const field = (key: string, name: string, kind: FieldKind = 'text'): FieldShape => ({ key, name, kind });
const owner = field('ownerId', 'owner', 'member');
const due = field('dueOn', 'due date', 'date');
const done = field('doneOn', 'done on', 'date');
const horizon = field('horizon', 'horizon', 'choice');

export const BLOCKS: readonly BlockShape[] = [
  {
    key: 'header',
    name: 'Renewal and target',
    fields: [
      field('renewalOn', 'renewal date', 'date'),
      field('upliftPercent', 'target uplift', 'percent'),
      field('outcome', 'target outcome'),
      field('summary', 'summary'),
    ],
    lists: [],
  },
  {
    key: 'relationships',
    name: 'Relationships',
    fields: [field('summary', 'summary'), field('couldDerail', 'who could derail it')],
    lists: [
      {
        key: 'people',
        item: 'person',
        label: 'personId',
        fields: [field('personId', 'person', 'person'), field('note', 'note')],
      },
    ],
  },
  {
    key: 'business',
    name: 'Their business',
    fields: [
      field('goals', 'business goals'),
      field('initiatives', 'initiatives'),
      field('market', 'market'),
      field('finances', 'financial health'),
    ],
    lists: [
      {
        key: 'swot',
        item: 'SWOT point',
        label: 'text',
        fields: [field('kind', 'kind', 'choice'), field('text', 'text')],
      },
      { key: 'competitors', item: 'competitor', label: 'name', fields: [field('name', 'name'), field('note', 'note')] },
    ],
  },
  {
    key: 'goals',
    name: 'Goals',
    fields: [field('wonAndLost', 'won and lost'), field('growthAreas', 'growth areas')],
    lists: [
      {
        key: 'items',
        item: 'goal',
        label: 'text',
        fields: [
          field('text', 'text'),
          field('side', 'whose goal', 'choice'),
          horizon,
          field('measure', 'measure'),
          field('start', 'starting value', 'number'),
          field('target', 'target value', 'number'),
          field('current', 'current value', 'number'),
          field('unit', 'unit'),
          owner,
          due,
        ],
      },
    ],
  },
  {
    key: 'strategy',
    name: 'Strategy',
    fields: [],
    lists: [
      {
        key: 'items',
        item: 'action',
        label: 'text',
        fields: [field('text', 'text'), field('goalId', 'goal', 'goal'), horizon, owner, due, done],
      },
    ],
  },
  {
    key: 'risks',
    name: 'Risks',
    fields: [],
    lists: [
      {
        key: 'items',
        item: 'risk',
        label: 'text',
        fields: [
          field('text', 'text'),
          field('probability', 'probability', 'scale'),
          field('impact', 'impact', 'scale'),
          field('mitigation', 'mitigation'),
          owner,
        ],
      },
    ],
  },
  {
    key: 'milestones',
    name: 'Milestones',
    fields: [],
    lists: [
      {
        key: 'items',
        item: 'milestone',
        label: 'text',
        fields: [field('text', 'text'), field('quarter', 'quarter', 'quarter'), owner, done],
      },
    ],
  },
  {
    key: 'expansion',
    name: 'Expansion',
    fields: [],
    lists: [
      {
        key: 'items',
        item: 'expansion idea',
        label: 'text',
        fields: [field('text', 'text'), field('value', 'value', 'money'), owner, field('note', 'note')],
      },
    ],
  },
];

export const BLOCK_KEYS: readonly BlockKey[] = BLOCKS.map(({ key }) => key);

/** A plan with every block and nothing in it yet. */
export function emptyPlan(): Plan {
  const care = Object.fromEntries(BLOCK_KEYS.map((key) => [key, { ownerId: null, reviewedOn: null }]));
  return {
    content: {
      header: { renewalOn: null, upliftPercent: null, outcome: '', summary: '' },
      relationships: { summary: '', couldDerail: '', people: [] },
      business: { goals: '', initiatives: '', market: '', finances: '', swot: [], competitors: [] },
      goals: { wonAndLost: '', growthAreas: '', items: [] },
      strategy: { items: [] },
      risks: { items: [] },
      milestones: { items: [] },
      expansion: { items: [] },
    },
    care: care as Record<BlockKey, BlockCare>,
  };
}

/** What a field can hold. */
export type FieldValue = string | number | Money | null;
export type PlanItem = { readonly id: string } & Readonly<Record<string, FieldValue>>;

/** One field of a block, read by its shape. */
export function fieldOf(content: PlanContent, block: BlockKey, key: string): FieldValue {
  return (content[block] as Record<string, FieldValue>)[key] ?? null;
}

/** One list of a block, read by its shape. */
export function listOf(content: PlanContent, block: BlockKey, key: string): readonly PlanItem[] {
  return (content[block] as unknown as Record<string, readonly PlanItem[]>)[key] ?? [];
}

/** Same value; money compares by amount and currency. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return a.amount === b.amount && a.currency === b.currency;
}
