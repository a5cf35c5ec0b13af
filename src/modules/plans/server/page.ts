/** What stands on the one page, in words: dates and money written for the reader, texts cut to the space there is. */
import { exposure, ONE_PAGE_CAPS, type OnePage, onePage, type PlanDocument } from '../rules.ts';
import { clean, short } from './words.ts';
import { type PageSettings, writing } from './writing.ts';

/** The fixed words of the page. */
const WORDS = {
  kind: 'Account plan',
  goals: 'Goals',
  goalsNote: 'what the account wants to reach',
  strategy: 'Strategy',
  expansion: 'Expansion',
  people: 'People',
  business: 'Their business',
  risks: 'Risks',
  risksNote: 'probability × impact, out of 25',
  swot: 'SWOT',
  milestones: 'Milestones',
  empty: 'Nothing here yet',
};
const LEVEL = { high: 'High', medium: 'Medium', low: 'Low' };
const HORIZON = { short: 'short term', mid: 'mid term', long: 'long term' };
const SWOT = [
  ['strength', 'Strengths'],
  ['weakness', 'Weaknesses'],
  ['opportunity', 'Opportunities'],
  ['threat', 'Threats'],
] as const;

/** Quarters side by side on the page. */
const QUARTERS = 4;
/** The share of the usual length that texts keep at each density. */
const LENGTHS = [1, 0.8, 0.6, 0.45] as const;
const CAPS = [
  ONE_PAGE_CAPS,
  ONE_PAGE_CAPS,
  ONE_PAGE_CAPS,
  { ...ONE_PAGE_CAPS, people: 3, actions: 4, milestones: 4, expansion: 2, swotPerKind: 1, competitors: 2 },
] as const;

export type Density = 0 | 1 | 2 | 3;

/** The data of the template at a density: 0 = as much as the page may hold, 3 = the least. */
export function pageOf(plan: PlanDocument, settings: PageSettings, density: Density) {
  const write = writing(settings);
  const cut = (text: string, most: number) => short(text, Math.round(most * LENGTHS[density]));
  const orNone = (text: string, most: number) => (clean(text) === '' ? null : cut(text, most));
  const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(' · ');
  const page = onePage(plan, CAPS[density]);
  const account = clean(plan.account.name) || 'Account';
  const tier = plan.account.tier === null ? '' : clean(plan.account.tier);

  const goals = page.goals.shown.map((goal) => ({
    text: cut(goal.text, 120),
    measure: orNone(goal.measure, 110),
    progress: goal.progress,
    progressText: goal.progress === null ? '' : write.percent(goal.progress),
    foot: joined(
      goal.side === 'ours' ? 'ours' : '',
      goal.owner === null ? 'no owner' : cut(goal.owner, 40),
      goal.dueOn === null ? HORIZON[goal.horizon] : `by ${write.date(goal.dueOn)}`,
    ),
  }));
  const actions = page.actions.shown.map((action) => ({
    text: cut(action.text, 120),
    foot: joined(
      action.owner === null ? 'no owner' : cut(action.owner, 40),
      action.doneOn !== null
        ? `done ${write.date(action.doneOn)}`
        : action.dueOn === null
          ? HORIZON[action.horizon]
          : `by ${write.date(action.dueOn)}`,
    ),
    done: action.doneOn !== null,
  }));
  const people = page.people.shown.map((person) => ({
    name: cut(person.name, 50),
    title: orNone(person.title, 50),
    stance: orNone(person.stance, 24),
    foot: joined(cut(person.part, 40), cut(person.contact, 40)) || null,
    note: orNone(person.note, 90),
  }));
  const entries = (list: readonly (readonly [string, string])[], most: number) =>
    list.flatMap(([name, text]) => (clean(text) === '' ? [] : [{ name, text: cut(text, most) }]));
  const competitors = page.competitors.shown.map(({ name, note }) => (note ? `${name} (${note})` : name));
  if (page.competitors.more > 0) competitors.push(moreText(page.competitors.more));
  const growth = entries(
    [
      ['Growth areas', plan.growthAreas],
      ['Won and lost', plan.wonAndLost],
    ],
    150,
  );
  const { quarters, beyond } = quartersOf(page);

  return {
    words: WORDS,
    title: `Account plan: ${account}`,
    authors: plan.owner === null ? [] : [clean(plan.owner)],
    keywords: ['account plan', account, ...(tier ? [tier] : [])],
    language: write.language,
    date: write.stamp,
    account: short(account, 90),
    titleSize: account.length <= 30 ? 21 : account.length <= 50 ? 16 : 13,
    stamps: [
      short(tier, 40),
      `Version ${plan.version}`,
      plan.signedOff
        ? `Signed off by ${short(plan.signedOff.by, 40)}, ${write.date(plan.signedOff.on)}`
        : 'Draft, not signed off',
    ].filter((stamp) => stamp !== ''),
    facts: [
      { name: 'ARR', value: plan.account.arr ? write.money(plan.account.arr) : '–', note: null, share: 1 },
      { name: 'Renewal', value: write.dateOr(plan.renewal.on, '–'), note: null, share: 1.15 },
      {
        name: 'Target',
        value: plan.renewal.upliftPercent === null ? '–' : write.uplift(plan.renewal.upliftPercent),
        note: orNone(plan.renewal.outcome, 90),
        share: 2.1,
      },
      { name: 'Owner', value: plan.owner === null ? '–' : short(plan.owner, 36), note: null, share: 1.25 },
      { name: 'Sponsor', value: plan.sponsor === null ? '–' : short(plan.sponsor, 36), note: null, share: 1.25 },
    ],
    summary: orNone(plan.summary, 380),
    goals: { shown: goals, more: moreOrNone(page.goals.more) },
    actions: { shown: actions, more: moreOrNone(page.actions.more) },
    people: { shown: people, more: moreOrNone(page.people.more) },
    relationships: entries(
      [
        ['Overall', plan.relationships.summary],
        ['Could derail it', plan.relationships.couldDerail],
      ],
      170,
    ),
    business: entries(
      [
        ['Goals', plan.business.goals],
        ['Initiatives', plan.business.initiatives],
        ['Market', plan.business.market],
        ['Finances', plan.business.finances],
        ['Competitors', competitors.join('; ')],
      ],
      150,
    ),
    swot: SWOT.flatMap(([kind, name]) => {
      const { shown, more } = page.swot[kind];
      return shown.length === 0 ? [] : [{ name, points: shown.map((text) => cut(text, 90)), more: moreOrNone(more) }];
    }),
    risks: {
      shown: page.risks.shown.map((risk) => ({
        level: risk.level,
        weight: `${LEVEL[risk.level]} ${exposure(risk)}`,
        text: cut(risk.text, 90),
        mitigation: cut(risk.mitigation, 120),
        owner: risk.owner === null ? '' : cut(risk.owner, 30),
      })),
      more: moreOrNone(page.risks.more),
    },
    quarters: {
      shown: quarters.map(({ name, items }) => ({
        name,
        items: items.map((item) => ({
          text: cut(item.text, 80),
          done: item.doneOn !== null,
          foot: joined(item.doneOn ? `done ${write.date(item.doneOn)}` : '', cut(item.owner ?? '', 30)) || null,
        })),
      })),
      more: moreOrNone(page.milestones.more + beyond),
    },
    expansion: {
      shown: page.expansion.shown.map((idea) => ({
        text: cut(idea.text, 90),
        note: orNone(idea.note, 60),
        value: idea.value ? write.money(idea.value) : '',
      })),
      notes: growth,
      more: moreOrNone(page.expansion.more),
    },
    empty: isEmpty(page, plan)
      ? 'This plan is still to be written. Begin with the renewal date and the three goals of the account.'
      : null,
    footer: {
      left: `${short(account, 70)} · account plan, version ${plan.version}`,
      right: `Printed ${write.instant}`,
    },
  };
}

const moreText = (count: number) => `and ${count} more`;
const moreOrNone = (count: number) => (count > 0 ? moreText(count) : null);

function isEmpty(page: OnePage, plan: PlanDocument): boolean {
  const lists = [page.people, page.goals, page.actions, page.risks, page.milestones, page.expansion, page.competitors];
  const { summary, couldDerail } = plan.relationships;
  const { goals, initiatives, market, finances, swot } = plan.business;
  const texts = [
    plan.summary,
    summary,
    couldDerail,
    goals,
    initiatives,
    market,
    finances,
    plan.wonAndLost,
    plan.growthAreas,
  ];
  return (
    lists.every(({ shown }) => shown.length === 0) && swot.length === 0 && texts.every((text) => clean(text) === '')
  );
}

/** Milestones under their quarters, earliest first; those of quarters beyond the fourth are counted. */
function quartersOf({ milestones }: OnePage) {
  const byQuarter = new Map<string, OnePage['milestones']['shown'][number][]>();
  for (const item of milestones.shown) byQuarter.set(item.quarter, [...(byQuarter.get(item.quarter) ?? []), item]);
  const all = [...byQuarter].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  const quarters = all.slice(0, QUARTERS).map(([quarter, items]) => ({ name: quarterName(quarter), items }));
  return { quarters, beyond: all.slice(QUARTERS).reduce((sum, [, items]) => sum + items.length, 0) };
}

/** `2026-Q4` as people write it; anything else as it stands. */
function quarterName(quarter: string): string {
  const parts = /^(\d{4})-Q([1-4])$/.exec(quarter);
  return parts ? `Q${parts[2]} ${parts[1]}` : short(quarter, 20) || 'Later';
}
