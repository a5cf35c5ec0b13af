// The forecast's part of the pipeline room's contract: periods, calls, snapshots, the waterfall between two of them, how good it was.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { currency, day, flag, id, instant, listOf, many, paging } from '../../kernel/contract/shapes.ts';
import { TYPES } from './api.ts';

export const KINDS = ['renewal', 'expansion', 'new_unit', 'new_business'] as const;
const kind = z.enum(KINDS);
/** A quarter of the fiscal calendar: `2026-Q4`; the year is named after the one in which it ends. */
const periodId = z.string().regex(/^\d{4}-Q[1-4]$/, 'Use a quarter such as 2026-Q4');
const period = z.object({ id: periodId, from: day, to: day, year: z.int(), quarter: z.int() });
export type Period = z.infer<typeof period>;

/** Minor units of the workspace's currency. */
const minor = z.int();
const figures = z
  .object({
    /** Won in the period. */
    closed: minor,
    /** Open, one category each. */
    commit: minor,
    bestCase: minor,
    pipeline: minor,
    /** Cumulative: closed + commit, and that + best case. */
    upToCommit: minor,
    upToBest: minor,
    /** All open that counts. */
    open: minor,
    /** Open amounts × probability. */
    weighted: minor,
    /** Opportunities behind it. */
    count: z.int(),
  })
  .meta({ id: 'ForecastFigures' });
export type Figures = z.infer<typeof figures>;
const byKind = z.record(kind, figures);

const said = z.object({
  id,
  commit: minor,
  best: minor,
  kinds: z.array(z.object({ kind, commit: minor, best: minor })),
  currency,
  note: z.string(),
  at: instant,
  byName: z.string().nullable(),
});
export const submissionShape = said
  .extend({
    snapshotId: id.nullable(),
    /** Older than a week, or the pipeline behind it changed since. */
    stale: z.boolean(),
    staleBecause: z.array(z.enum(['age', 'changes'])),
  })
  .meta({ id: 'ForecastSubmission' });
export type Submission = z.infer<typeof submissionShape>;

const ownerRow = z
  .object({
    ownerId: id.nullable(),
    ownerName: z.string(),
    teamId: id.nullable(),
    total: figures,
    kinds: byKind,
    submission: submissionShape.nullable(),
    managerCall: said.nullable(),
    can: z.object({ submit: z.boolean(), call: z.boolean() }),
  })
  .meta({ id: 'ForecastOwner' });
export type OwnerRow = z.infer<typeof ownerRow>;
const teamRow = z
  .object({
    /** Null: everybody. */
    teamId: id.nullable(),
    teamName: z.string(),
    parentId: id.nullable(),
    /** With the teams below. */
    total: figures,
    kinds: byKind,
    /** Sum of the submissions of its owners, and how many of them have said something. */
    submitted: z.object({ commit: minor, best: minor, owners: z.int(), of: z.int() }),
    managerCall: said.nullable(),
  })
  .meta({ id: 'ForecastTeam' });
const restatement = z.object({ snapshotId: id, at: instant, note: z.string(), byName: z.string().nullable() });

const scope = {
  ownerId: many(id),
  /** With the teams below it. */
  teamId: id.optional(),
};
export const getForecast = defineRoute({
  id: 'forecast.get',
  method: 'GET',
  path: '/api/v1/forecast',
  summary: 'The forecast of a quarter by owner and team: what stands in the pipeline and what was called',
  permission: 'forecast.read',
  query: z.strictObject({
    /** The present quarter when left out. */
    period: periodId.optional(),
    ...scope,
    /** A closed quarter as it was last restated, in place of how it closed. */
    restated: flag,
  }),
  answer: z.object({
    period,
    state: z.enum(['past', 'present', 'future']),
    /** What all figures are in. */
    currency,
    asOf: day,
    /** A closed quarter: when it was closed. Its figures come from then and do not change. */
    frozenAt: instant.nullable(),
    restatements: z.array(restatement),
    rows: z.array(ownerRow),
    teams: z.array(teamRow),
    /** Open with a close day before this quarter: they count nowhere until they get a new one. */
    slipped: z.int(),
    /** Currencies without a rate; their amounts are left out. */
    missing: z.array(currency),
    can: z.object({ submit: z.boolean(), manage: z.boolean() }),
  }),
  bulk: true,
});
export const getForecastAccounts = defineRoute({
  id: 'forecast.accounts',
  method: 'GET',
  path: '/api/v1/forecast/accounts',
  summary: 'The forecast of a quarter by account, of one owner or of all',
  permission: 'forecast.read',
  query: z.strictObject({
    period: periodId.optional(),
    ...scope,
    /** Only what nobody owns. */
    unowned: flag,
    restated: flag,
  }),
  answer: z.object({
    period,
    currency,
    items: z.array(z.object({ accountId: id, accountName: z.string(), total: figures, kinds: byKind })),
    nextCursor: z.null(),
    missing: z.array(currency),
  }),
});
export const listPeriods = defineRoute({
  id: 'forecast.periods',
  method: 'GET',
  path: '/api/v1/forecast/periods',
  summary: 'Quarters of the fiscal calendar: the last eight, the present one, the next four',
  permission: 'forecast.read',
  answer: z.object({
    items: z.array(period.extend({ state: z.enum(['past', 'present', 'future']), frozenAt: instant.nullable() })),
    nextCursor: z.null(),
    present: periodId,
    fiscalYearStartMonth: z.int(),
  }),
});

// Calls ---------------------------------------------------------------------
const amounts = {
  period: periodId,
  /** Cumulative, with what is closed already; minor units of the workspace's currency. Left out: the sum of the kinds. */
  commit: z.int().min(0).max(1e15).optional(),
  /** Not below commit. Left out: the same. */
  best: z.int().min(0).max(1e15).optional(),
  kinds: z
    .array(z.strictObject({ kind, commit: z.int().min(0).max(1e15), best: z.int().min(0).max(1e15).optional() }))
    .max(4)
    .optional(),
  note: z.string().trim().max(5000).default(''),
};
export const submitForecast = defineRoute({
  id: 'forecast.submit',
  method: 'POST',
  path: '/api/v1/forecast/submissions',
  summary: 'Say what you commit to for a quarter; takes a snapshot of what it stands on',
  permission: 'forecast.submit',
  status: 201,
  body: z.strictObject({
    ...amounts,
    /** Somebody else, for who leads. */
    ownerId: id.optional(),
  }),
  answer: submissionShape,
  problems: { period_over: 'The quarter has ended; what was said of it stays.' },
});
export const callForecast = defineRoute({
  id: 'forecast.call',
  method: 'POST',
  path: '/api/v1/forecast/calls',
  summary: 'A manager’s call for an owner, a team, or everybody',
  permission: 'forecast.manage',
  status: 201,
  body: z.strictObject({ ...amounts, ownerId: id.optional(), teamId: id.optional() }),
  answer: said,
  problems: { period_over: 'The quarter has ended; what was said of it stays.' },
});
export const callShape = said
  .extend({
    saidBy: z.enum(['owner', 'manager']),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    teamId: id.nullable(),
    teamName: z.string().nullable(),
    periodFrom: day,
    periodTo: day,
    snapshotId: id.nullable(),
  })
  .meta({ id: 'ForecastCall' });
export const listCalls = defineRoute({
  id: 'forecast.calls',
  method: 'GET',
  path: '/api/v1/forecast/calls',
  summary: 'All that was said of a quarter, newest first',
  permission: 'forecast.read',
  query: z.strictObject({ period: periodId.optional(), ownerId: many(id), ...paging }),
  answer: listOf(callShape),
});

// Snapshots and what changed between them -----------------------------------
const snapshotShape = z
  .object({
    id,
    kind: z.enum(['nightly', 'submission', 'manual', 'closing', 'restatement']),
    on: day,
    takenAt: instant,
    ownerId: id.nullable(),
    periodFrom: day.nullable(),
    periodTo: day.nullable(),
    note: z.string(),
    byName: z.string().nullable(),
  })
  .meta({ id: 'ForecastSnapshot' });
export const listSnapshots = defineRoute({
  id: 'forecast.snapshots',
  method: 'GET',
  path: '/api/v1/forecast/snapshots',
  summary: 'Snapshots of the pipeline, newest first',
  permission: 'forecast.read',
  query: z.strictObject({ from: day.optional(), to: day.optional(), ...paging }),
  answer: listOf(snapshotShape),
});
export const takeSnapshot = defineRoute({
  id: 'forecast.takeSnapshot',
  method: 'POST',
  path: '/api/v1/forecast/snapshots',
  summary: 'Take a snapshot now, beside the nightly ones',
  permission: 'forecast.manage',
  status: 201,
  body: z.strictObject({ note: z.string().trim().max(5000).default('') }),
  answer: snapshotShape,
});
export const restatePeriod = defineRoute({
  id: 'forecast.restate',
  method: 'POST',
  path: '/api/v1/forecast/restatements',
  summary: 'Look at a closed quarter again, with the reason; how it closed stays beside it',
  permission: 'forecast.manage',
  status: 201,
  body: z.strictObject({ period: periodId, note: z.string().trim().min(1, 'Say what was corrected').max(5000) }),
  answer: restatement,
  problems: { period_open: 'The quarter is not closed yet.' },
});

export const MEASURES = ['commit', 'best', 'pipeline', 'open'] as const;
export const REASONS = [
  'added',
  'pulled_in',
  'pushed',
  'amount',
  'category',
  'won',
  'lost',
  'reopened',
  'handed_over',
  'removed',
] as const;
const look = z.object({
  state: z.enum(['open', 'won', 'lost']),
  category: z.string(),
  amount: minor,
  closesOn: day,
});
export const getWaterfall = defineRoute({
  id: 'forecast.waterfall',
  method: 'GET',
  path: '/api/v1/forecast/waterfall',
  summary: 'From one look at a quarter to the next: why the figure changed, deal by deal',
  permission: 'forecast.read',
  query: z.strictObject({
    period: periodId.optional(),
    /** The day of the first look; a week ago when left out. */
    from: day.optional(),
    /** The day of the second look; now when left out. */
    to: day.optional(),
    /** commit = closed + commit; best = that + best case; pipeline = that + pipeline; open = all open. */
    measure: z.enum(MEASURES).default('commit'),
    ...scope,
    type: many(z.enum(TYPES)),
  }),
  answer: z.object({
    period,
    currency,
    measure: z.enum(MEASURES),
    /** Null: there is no snapshot yet. `exact` false: none as old as asked; this is the first there is. */
    from: z
      .object({
        snapshotId: id,
        on: day,
        at: instant,
        exact: z.boolean(),
        /** No snapshot of everything is as old: only owners who had submitted by then are looked at. */
        partial: z.boolean(),
      })
      .nullable(),
    to: z.object({ snapshotId: id.nullable(), on: day, at: instant }),
    start: minor,
    end: minor,
    reasons: z.array(z.object({ reason: z.enum(REASONS), amount: minor, count: z.int() })),
    changes: z.array(
      z.object({
        opportunityId: id,
        name: z.string(),
        accountId: id,
        accountName: z.string().nullable(),
        ownerName: z.string().nullable(),
        reason: z.enum(REASONS),
        delta: minor,
        before: look.nullable(),
        after: look.nullable(),
      }),
    ),
    /** More changes than are listed. */
    cut: z.boolean(),
    missing: z.array(currency),
  }),
  bulk: true,
});

// How good it was -----------------------------------------------------------
const ratio = z.string().nullable();
const biasWord = z.enum(['over_called', 'under_called', 'on_the_mark']).nullable();
const judged = z.object({
  horizon: z.int(),
  forecast: minor,
  actual: minor,
  /** Pairs of owner and quarter behind it. */
  pairs: z.int(),
  accuracy: ratio,
  bias: ratio,
  biasWord,
});
export const getAccuracy = defineRoute({
  id: 'forecast.accuracy',
  method: 'GET',
  path: '/api/v1/forecast/accuracy',
  summary: 'Accuracy and bias of submissions 90, 60, 30 and 7 days before the end of their quarter',
  permission: 'forecast.read',
  query: z.strictObject({
    /** How many ended quarters, the last first. */
    periods: z.coerce.number().int().min(1).max(12).default(4),
    groupBy: z.enum(['owner', 'team', 'type']).default('owner'),
    ...scope,
  }),
  answer: z.object({
    currency,
    periods: z.array(period),
    all: z.array(judged),
    groups: z.array(z.object({ key: z.string(), label: z.string(), horizons: z.array(judged) })),
    /** Each owner and quarter, with the submission in force at each horizon; grouped by type, also of each kind. */
    pairs: z.array(
      z.object({
        ownerId: id,
        ownerName: z.string(),
        teamId: id.nullable(),
        kind: kind.nullable(),
        period: periodId,
        actual: minor,
        forecasts: z.array(z.object({ horizon: z.int(), commit: minor.nullable() })),
      }),
    ),
    missing: z.array(currency),
  }),
});
export const getCalibration = defineRoute({
  id: 'forecast.calibration',
  method: 'GET',
  path: '/api/v1/forecast/calibration',
  summary: 'Whether probabilities of renewals can be believed: Brier score and reliability by tenths',
  permission: 'forecast.read',
  query: z.strictObject({ from: day.optional(), to: day.optional(), type: z.enum(TYPES).default('renewal'), ...scope }),
  answer: z.object({
    /** Mean of (p − outcome)²; 0 is perfect. Null: nothing was decided. */
    brier: ratio,
    count: z.int(),
    deciles: z.array(z.object({ from: z.int(), to: z.int(), count: z.int(), said: ratio, came: ratio })),
  }),
});
