/** Before a programme starts: five questions, and a written recommendation that says why. */

export type Answer = 1 | 2 | 3 | 4 | 5;
export type ReadinessKey = 'relational' | 'potential' | 'expansion' | 'advantage' | 'backing';

export interface ReadinessQuestion {
  readonly key: ReadinessKey;
  readonly question: string;
  /** What the answers 1, 3 and 5 mean. */
  readonly anchors: { readonly 1: string; readonly 3: string; readonly 5: string };
  /** Said in the recommendation when the answer is 1 or 2, and when it is 4 or 5. */
  readonly weak: string;
  readonly strong: string;
}

export const READINESS_QUESTIONS: readonly ReadinessQuestion[] = [
  {
    key: 'relational',
    question: 'How far is the sale more than a transaction?',
    anchors: {
      1: 'One-off orders, decided on price',
      3: 'Repeat orders, some advice before them',
      5: 'Long contracts, many people on both sides, solutions made to fit',
    },
    weak: 'The sale is mostly transactional: a key account manager would add cost before value.',
    strong: 'The sale rests on relationships and advice, which a key account manager can deepen.',
  },
  {
    key: 'potential',
    question: 'Is there more to sell to the accounts you have (upsell, cross-sell)?',
    anchors: {
      1: 'They buy all that they could buy',
      3: 'Some products or volumes are still open',
      5: 'Most of what we offer is still open at most of them',
    },
    weak: 'There is little left to sell to the same accounts.',
    strong: 'The same accounts can buy much more.',
  },
  {
    key: 'expansion',
    question: 'Can you land in one unit and expand into others (offices, business units, subsidiaries)?',
    anchors: {
      1: 'One site, one buyer',
      3: 'A few units that decide by themselves',
      5: 'Many units, and one success opens the next door',
    },
    weak: 'Accounts have few units to expand into.',
    strong: 'Accounts have many units to expand into.',
  },
  {
    key: 'advantage',
    question: 'Would key status win or keep business against competitors?',
    anchors: {
      1: 'It would change nothing',
      3: 'It would help in some accounts',
      5: 'Accounts ask for it, or leave where they do not get it',
    },
    weak: 'Key status would hardly change the outcome against competitors.',
    strong: 'Key status would win business against competitors.',
  },
  {
    key: 'backing',
    question: 'Does the company have the people and the executive support for a pay-back of 12 to 36 months?',
    anchors: {
      1: 'Nobody is free, results are due this quarter',
      3: 'One person is free, one executive is behind it',
      5: 'People, budget and the executive team are committed',
    },
    weak: 'People or executive support are missing for a pay-back of 12 to 36 months.',
    strong: 'People and executive support are there for a pay-back of 12 to 36 months.',
  },
];

export interface PilotProposal {
  readonly managers: number;
  readonly accounts: { readonly from: number; readonly to: number };
  readonly months: number;
  /** Fixed before the pilot begins, and not changed while it runs. */
  readonly metrics: readonly string[];
}

/** One experienced manager, a handful of accounts, six months (default). */
export const PILOT: PilotProposal = {
  managers: 1,
  accounts: { from: 3, to: 5 },
  months: 6,
  metrics: [
    'Every pilot account has a one-page plan, reviewed in the last 30 days',
    'Executive contact at every pilot account in each quarter',
    'Renewal rate of the pilot accounts above 95 %',
    'Net revenue retention of the pilot accounts above 110 %',
    'At least one qualified expansion at half of the pilot accounts',
  ],
};

export interface Readiness {
  readonly verdict: 'go' | 'pilot' | 'not_yet' | 'incomplete';
  /** 5–25; null while a question is open. */
  readonly points: number | null;
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly unanswered: readonly ReadinessKey[];
  readonly pilot: PilotProposal | null;
}

/** Go from this sum on, and only when no answer is weak. */
const GO_FROM = 18;
/** Below this sum the ground is missing for a pilot, too. */
const PILOT_FROM = 12;
/** Without these two a programme cannot work, whatever the sum: a 1 here means not yet. */
const FOUNDATIONS: readonly ReadinessKey[] = ['relational', 'backing'];

/** The recommendation that follows from the answers: go, pilot first, or not yet, with the reasons for and against. */
export function assessReadiness(answers: Partial<Record<ReadinessKey, Answer | null>>): Readiness {
  const answered = READINESS_QUESTIONS.map((question) => ({ question, answer: answers[question.key] ?? null }));
  const unanswered = answered.filter(({ answer }) => answer === null).map(({ question }) => question.key);
  if (unanswered.length > 0) {
    const headline = `${unanswered.length} of ${READINESS_QUESTIONS.length} questions are still open.`;
    return { verdict: 'incomplete', points: null, headline, reasons: [], unanswered, pilot: null };
  }
  const points = answered.reduce((sum, { answer }) => sum + (answer ?? 0), 0);
  const weak = answered.filter(({ answer }) => (answer ?? 0) <= 2);
  const strong = answered.filter(({ answer }) => (answer ?? 0) >= 4);
  const groundless = weak.some(({ question, answer }) => answer === 1 && FOUNDATIONS.includes(question.key));
  const against = weak.map(({ question }) => question.weak);
  const inFavour = strong.map(({ question }) => question.strong);
  if (groundless || points < PILOT_FROM) {
    return {
      verdict: 'not_yet',
      points,
      headline: 'Not yet: mend the weak points first, then ask again.',
      reasons: [...against, ...inFavour],
      unanswered,
      pilot: null,
    };
  }
  if (points >= GO_FROM && weak.length === 0) {
    return {
      verdict: 'go',
      points,
      headline: 'Go: the ground for a key-account programme is there.',
      reasons: inFavour,
      unanswered,
      pilot: null,
    };
  }
  return {
    verdict: 'pilot',
    points,
    headline: `Pilot first: one experienced manager, ${PILOT.accounts.from} to ${PILOT.accounts.to} accounts, ${PILOT.months} months.`,
    reasons:
      against.length + inFavour.length > 0
        ? [...against, ...inFavour]
        : ['Nothing speaks against it, but nothing clearly for it: let a pilot show.'],
    unanswered,
    pilot: PILOT,
  };
}
