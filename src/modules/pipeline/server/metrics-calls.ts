// What was called for a quarter, as figures: the sum of what owners said, and what the manager says of everybody.
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { type CallRow, calls, frame } from './forecast-store.ts';
import { periodOf } from './rules/period.ts';

const MOST = 5000;
/** A call with its amounts in the reporting currency. */
type Call = CallRow & { commit: number; best: number };
type Read = { calls: Call[]; warnings: NonNullable<Measured['warnings']> };
const money = (amount: number, currency: string) => ({ amount, currency });

/** The last word of each owner, or of managers for each owner and team, by the end of a day, for the quarter of that day. */
async function read(ctx: Ctx, q: Measure, by: 'owner' | 'manager'): Promise<Read> {
  // Calls are for an owner's whole quarter; for one account nothing was called.
  if (q.accountId) return { calls: [], warnings: [] };
  const { start_month } = await frame(ctx.tx);
  const rows = await calls(
    ctx.tx,
    { periodFrom: periodOf(q.asOf, start_month).from, ...(q.ownerId?.length ? { ownerIds: q.ownerId } : {}) },
    null,
    MOST,
  );
  const last = new Map<string, CallRow>();
  for (const r of rows) {
    const whose = `${r.owner_id} ${r.team_id}`;
    if (r.said_by === by && (q.asOf >= ctx.today || r.said_at.slice(0, 10) <= q.asOf) && !last.has(whose))
      last.set(whose, r);
  }
  const read: Read = { calls: [], warnings: [] };
  const missing = new Set<string>();
  const convert = async (amount: number, currency: string) =>
    currency === q.currency || amount === 0
      ? amount
      : ((await convertOn(ctx.tx, { amount, currency }, q.currency, q.asOf))?.to.amount ?? null);
  for (const r of last.values()) {
    const commit = await convert(r.commit_minor, r.currency);
    const best = await convert(r.best_minor, r.currency);
    if (commit === null || best === null) missing.add(r.currency);
    else read.calls.push({ ...r, commit, best });
  }
  read.warnings = [...missing]
    .sort()
    .map((c) => ({ code: 'rate_missing', message: `Calls in ${c} are left out: no exchange rate is known.` }));
  return read;
}

type Kind = Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula' | 'includes' | 'excludes'> & {
  by: 'owner' | 'manager';
  /** The calls that the figure is of. */
  counts: (c: Call) => boolean;
  /** Whether other calls of the manager stand among the rows. */
  showsOthers?: true;
  split?: 'owner' | 'team';
};

function metric({ by, counts, showsOthers, split: splitBy = 'owner', ...definition }: Kind): Metric {
  const figure = (some: readonly Call[], currency: string): Pick<Measured, 'value' | 'parts'> => {
    const sum = (key: 'commit' | 'best') =>
      some.length
        ? money(
            some.reduce((n, c) => n + c[key], 0),
            currency,
          )
        : null;
    return { value: sum('commit'), parts: { commit: sum('commit'), bestCase: sum('best'), calls: some.length } };
  };
  const split = (q: Measure) => {
    if (q.groupBy && q.groupBy !== splitBy) throw invalid({ field: 'groupBy', message: `Choose one of: ${splitBy}` });
    return q.groupBy === splitBy;
  };
  const keyOf = (c: Call) => (splitBy === 'owner' ? c.owner_id : c.team_id) ?? 'none';
  return {
    definition: { ...definition, version: 1, unit: 'money', over: 'day', better: null, groupBy: [splitBy] },
    async measure(ctx, q) {
      const isSplit = split(q);
      const found = await read(ctx, q, by);
      const some = found.calls.filter(counts);
      const whole = { ...figure(some, q.currency), warnings: found.warnings };
      if (!isSplit) return whole;
      return {
        ...whole,
        groups: some.map((c) => ({
          key: keyOf(c),
          label: c.owner_name ?? c.team_name ?? 'Everybody',
          ...figure([c], q.currency),
        })),
      };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const isSplit = split(q);
      const found = await read(ctx, q, by);
      return found.calls
        .filter((c) => (showsOthers || counts(c)) && (page.group === null || !isSplit || keyOf(c) === page.group))
        .sort((a, b) => b.commit - a.commit || (a.id < b.id ? -1 : 1))
        .slice(page.offset, page.offset + page.limit)
        .map((c) => ({
          key: c.id,
          label: [c.owner_name ?? c.team_name ?? 'Everybody', c.note].filter(Boolean).join(' · '),
          accountId: null,
          href: null,
          parts: { commit: money(c.commit, q.currency), bestCase: money(c.best, q.currency) },
        }));
    },
  };
}

export const callMetrics: readonly Metric[] = [
  metric({
    id: 'forecast-called',
    label: 'Forecast: owners’ calls',
    meaning: 'What owners said they bring in the quarter of this day, added up.',
    formula: 'Σ commit of the last submission of each owner',
    includes: ['The last submission of each owner by the end of the day', 'What is closed already'],
    excludes: ['Owners who have not submitted', 'Amounts in a currency without a rate'],
    by: 'owner',
    counts: () => true,
  }),
  metric({
    id: 'forecast-manager-call',
    label: 'Forecast: manager’s call',
    meaning: 'What the manager says that everybody together brings in the quarter of this day.',
    formula: 'commit of the last call for everybody',
    includes: ['The last call for everybody by the end of the day; calls for owners and teams stand among the rows'],
    excludes: ['Sums of calls for owners and teams', 'Amounts in a currency without a rate'],
    by: 'manager',
    counts: (c) => c.owner_id === null && c.team_id === null,
    showsOthers: true,
  }),
  metric({
    id: 'forecast-owner-calls-of-manager',
    label: 'Forecast: manager’s calls for owners',
    meaning: 'What the manager says that owners bring in the quarter of this day; of several owners added up.',
    formula: 'Σ commit of the last call for each owner',
    includes: ['The last call for each owner by the end of the day'],
    excludes: ['Calls for teams and for everybody', 'Amounts in a currency without a rate'],
    by: 'manager',
    counts: (c) => c.owner_id !== null,
  }),
  metric({
    id: 'forecast-team-calls-of-manager',
    label: 'Forecast: manager’s calls for teams',
    meaning: 'What the manager says that a team brings in the quarter of this day, with the teams below it.',
    formula: 'commit of the last call for the team; without a team, the sum of the calls for all teams',
    includes: ['The last call for each team by the end of the day'],
    excludes: ['Calls for owners and for everybody', 'Amounts in a currency without a rate'],
    by: 'manager',
    counts: (c) => c.team_id !== null,
    split: 'team',
  }),
];
