// Why the forecast changed between two days, and how far probabilities of renewals were from what came.
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import * as store from './forecast-store.ts';
import { getWaterfall } from './hindsight.ts';
import { brier } from './rules/accuracy.ts';
import { periodOf } from './rules/period.ts';

const REASON_LABELS: Record<Found['changes'][number]['reason'], string> = {
  added: 'Added',
  pulled_in: 'Pulled in',
  pushed: 'Pushed',
  amount: 'Amount changed',
  category: 'Category changed',
  won: 'Won',
  lost: 'Lost',
  reopened: 'Reopened',
  handed_over: 'Handed over',
  removed: 'Removed',
};
type Found = Awaited<ReturnType<typeof getWaterfall>>;

/** Looks at the forecast know owners, nothing else: a narrower question is refused, not answered too widely. */
function checkAsked(q: Measure, also: readonly (keyof Measure)[]): void {
  for (const field of ['tier', 'industry', 'country', 'productId', ...also] as const) {
    const asked = q[field];
    if (Array.isArray(asked) ? asked.length > 0 : asked)
      throw invalid({ field, message: 'This figure cannot be narrowed by it: leave it out' });
  }
}

/** The quarter of the last day, looked at on the first day and on the last. */
async function read(ctx: Ctx, q: Measure): Promise<Found | null> {
  checkAsked(q, ['accountId']);
  const { start_month } = await store.frame(ctx.tx);
  const to = q.to ?? q.asOf;
  const found = await getWaterfall(ctx, {
    query: {
      period: periodOf(to, start_month).id,
      from: q.from ?? undefined,
      to,
      measure: 'commit',
      ownerId: q.ownerId,
      teamId: undefined,
      type: undefined,
    },
  } as Parameters<typeof getWaterfall>[1]);
  return found.from ? found : null;
}

const inCurrency = async (ctx: Ctx, q: Measure, amount: number, currency: string) =>
  (await convertOn(ctx.tx, { amount, currency }, q.currency, q.asOf))?.to ?? { amount, currency };

const change: Metric = {
  definition: {
    id: 'forecast-change',
    version: 1,
    label: 'Change of the forecast',
    meaning:
      'By how much the forecast of a quarter changed between two days, and why: every opportunity has one reason.',
    formula: '(closed + commit) on the last day − (closed + commit) on the first day',
    includes: [
      'The quarter that the last day is in, as the snapshot of the first day has it, and as that of the last day has it (today: as it is)',
      'Both at the rates of the first day, so that only business moves it',
      'Opportunities that moved it, the 500 largest',
    ],
    excludes: ['Omitted opportunities', 'Amounts in a currency without a rate'],
    unit: 'money',
    over: 'period',
    better: 'higher',
    groupBy: ['reason'],
  },
  async measure(ctx, q) {
    if (q.groupBy && q.groupBy !== 'reason') throw invalid({ field: 'groupBy', message: 'Choose one of: reason' });
    const found = await read(ctx, q);
    if (!found)
      return {
        value: null,
        parts: {},
        warnings: [{ code: 'no_snapshot', message: 'No snapshot of the pipeline is as old as the first day.' }],
      };
    const money = (amount: number) => inCurrency(ctx, q, amount, found.currency);
    const warnings = [
      ...(found.from?.exact
        ? []
        : [{ code: 'older_snapshot', message: `The first look is the snapshot of ${found.from!.on}.` }]),
      ...found.missing.map((c) => ({
        code: 'rate_missing',
        message: `Opportunities in ${c} are left out: no exchange rate is known.`,
      })),
    ];
    const parts = { start: await money(found.start), end: await money(found.end) };
    const groups = [];
    for (const r of found.reasons)
      if (r.count > 0)
        groups.push({
          key: r.reason,
          label: REASON_LABELS[r.reason],
          value: await money(r.amount),
          parts: { opportunities: r.count },
        });
    return { value: await money(found.end - found.start), parts, warnings, ...(q.groupBy ? { groups } : {}) };
  },
  async rows(ctx, q, page): Promise<MeasuredRow[]> {
    const found = await read(ctx, q);
    if (!found) return [];
    const wanted = found.changes
      .filter((c) => page.group === null || c.reason === page.group)
      .slice(page.offset, page.offset + page.limit);
    return Promise.all(
      wanted.map(async (c) => ({
        key: `${c.opportunityId} ${c.reason}`,
        label: [c.name, c.accountName, REASON_LABELS[c.reason]].filter(Boolean).join(' · '),
        accountId: c.accountName === null ? null : c.accountId,
        href: `/pipeline?opportunity=${c.opportunityId}`,
        parts: { change: await inCurrency(ctx, q, c.delta, found.currency) },
      })),
    );
  },
};

const decided = (ctx: Ctx, q: Measure) => {
  checkAsked(q, ['withChildren']);
  return store.decided(
    ctx.tx,
    {
      type: 'renewal',
      from: q.from ?? undefined,
      to: q.to ?? undefined,
      ...(q.accountId ? { accountIds: [q.accountId] } : {}),
    },
    { ownerIds: q.ownerId?.length ? q.ownerId : null, ...(q.accountId ? { accountIds: [q.accountId] } : {}) },
  );
};

const dealBrier: Metric = {
  definition: {
    id: 'renewal-opportunity-brier',
    version: 1,
    label: 'Brier score of renewal opportunities',
    meaning: 'How far the probabilities of renewal opportunities were from what came: 0 is perfect, 0.25 is a coin.',
    formula: 'mean((p − outcome)²)',
    includes: [
      'Opportunities of the type renewal that were won or lost in the period',
      'The last probability that stood while they were open',
    ],
    excludes: ['Duplicates', 'What is put away', 'Renewals of contracts without an opportunity'],
    unit: 'score',
    over: 'period',
    better: 'lower',
    groupBy: [],
  },
  async measure(ctx, q) {
    const rows = await decided(ctx, q);
    const won = rows.filter((r) => r.won).length;
    return { value: brier(rows), parts: { decided: rows.length, won, lost: rows.length - won } };
  },
  async rows(ctx, q, page): Promise<MeasuredRow[]> {
    return (await decided(ctx, q))
      .filter((r) => (page.part === 'won' ? r.won : page.part === 'lost' ? !r.won : true))
      .slice(page.offset, page.offset + page.limit)
      .map((r) => ({
        key: r.id,
        label: r.name,
        accountId: r.account_id,
        href: `/pipeline?opportunity=${r.id}`,
        parts: {
          probability: (r.probability / 100).toFixed(6),
          won: r.won ? 1 : 0,
          error: brier([r]) === null ? null : Number(brier([r])),
        },
      }));
  },
};

export const changeMetrics: readonly Metric[] = [change, dealBrier];
