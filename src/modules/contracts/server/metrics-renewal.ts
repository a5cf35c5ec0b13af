// Figures of one renewal: what falls due, what it was renewed at, how likely it is, how long there is time.
import { type MeasuredRow, type Metric, noFigure, recordMetric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { daysLeft, isRecurringOn, lineLabel } from './metrics-contract.ts';
import { seenRenewal } from './renewals.ts';
import { addDays } from './rules/days.ts';
import * as contracts from './store/contracts.ts';
import type * as store from './store/renewals.ts';

const money = (amount: number, currency: string) => ({ amount, currency });
const share = (percent: string | number) => (Number(percent) / 100).toFixed(6);
const ONE = 'renewal';

/** Recurring lines that fall due, and those of the term after it. */
async function linesOf(ctx: Ctx, r: store.RenewalRow): Promise<MeasuredRow[]> {
  const next = addDays(r.due_on, 1);
  const lines = await contracts.lines(ctx.tx, r.contract_id);
  return lines.flatMap((l) => {
    const due = isRecurringOn(l, r.due_on) ? money(l.amount_minor, l.currency) : null;
    const renewed = r.state === 'decided' && isRecurringOn(l, next) ? money(l.amount_minor, l.currency) : null;
    if (!due && !renewed) return [];
    return [
      {
        key: l.id,
        label: lineLabel(l),
        accountId: r.account_id,
        href: `/contracts/${r.contract_id}`,
        parts: { ...(due ? { due } : {}), ...(renewed ? { renewed } : {}) },
      },
    ];
  });
}

export const renewalMetrics: readonly Metric[] = [
  recordMetric(
    {
      id: 'renewal-due',
      version: 1,
      label: 'Falls due',
      meaning: 'What a year brings of the lines that end with the term, or go on and wait for its renewal.',
      formula: 'Σ yearly amount of recurring lines in force on the last day of the term',
      includes: ['Recurring lines of the contract in force on the last day of the term'],
      excludes: ['One-off lines', 'Lines that ended before'],
      unit: 'money',
      better: null,
      of: ONE,
    },
    async (ctx, id) => {
      const r = await seenRenewal(ctx, id);
      const rows = (await linesOf(ctx, r)).flatMap(({ parts, ...row }) =>
        parts.due ? [{ ...row, parts: { due: parts.due } }] : [],
      );
      return {
        value: money(r.due_minor, r.currency),
        parts: { due: money(r.due_minor, r.currency), lines: rows.length },
        rows,
      };
    },
  ),
  recordMetric(
    {
      id: 'renewal-renewed',
      version: 1,
      label: 'Renewed at',
      meaning:
        'What a year of the next term brings, beside what fell due; kept as it was when the renewal was decided.',
      formula: 'Σ yearly amount of the recurring lines of the next term; the outcome follows from it',
      includes: [
        'More than fell due: renewed with uplift; as much: renewed flat; less: reduced; nothing: lost or cancelled',
        'Recurring lines of the first day of the next term, as they stand now',
      ],
      excludes: ['One-off lines', 'Renewals that are not decided'],
      unit: 'money',
      better: 'higher',
      of: ONE,
    },
    async (ctx, id) => {
      const r = await seenRenewal(ctx, id);
      if (r.renewed_minor === null) return noFigure();
      const { currency } = r;
      return {
        value: money(r.renewed_minor, currency),
        parts: {
          due: money(r.due_minor, currency),
          renewed: money(r.renewed_minor, currency),
          change: money(r.renewed_minor - r.due_minor, currency),
          uplift: share(r.uplift_percent ?? 0),
          discount: share(r.discount_percent ?? 0),
        },
        rows: await linesOf(ctx, r),
      };
    },
  ),
  recordMetric(
    {
      id: 'renewal-probability',
      version: 1,
      label: 'Probability of a renewal',
      meaning: 'How likely one renewal is: the word of a person where there is one, else what dates and figures say.',
      formula: 'person’s probability, else by points: 0 or less 95 %, 1 or 2 75 %, 3 or 4 45 %, more 15 %',
      includes: [
        'The last judgement of a person, or the head’s word where person and figures differed',
        'Points for each reason: dates, put-offs, discounts asked for, missed checkpoints, a contract that shrank',
        'Nothing is certain before it is decided: 5 % to 98 %',
      ],
      excludes: ['What became of it: a decided renewal keeps its last probability'],
      unit: 'ratio',
      better: 'higher',
      of: ONE,
    },
    async (ctx, id, q) => {
      const r = await seenRenewal(ctx, id);
      if (q.asOf < ctx.today)
        return noFigure({ code: 'no_history', message: 'Probabilities are explained as of today only.' });
      const base = { accountId: r.account_id, href: `/renewals/${id}` };
      const points = r.system_reasons.reduce((n, reason) => n + reason.points, 0);
      const system = share(r.system_probability);
      const person = r.probability === null ? null : share(r.probability);
      return {
        value: person ?? system,
        parts: { person, datesAndFigures: system, points },
        rows: [
          ...(person
            ? [
                {
                  ...base,
                  key: 'person',
                  label: `Word of ${r.judged_by_name ?? 'a person'}`,
                  parts: { probability: person },
                },
              ]
            : []),
          ...r.system_reasons.map((reason) => ({
            ...base,
            key: reason.code,
            label: reason.text,
            parts: { points: reason.points },
          })),
        ],
      };
    },
  ),
  recordMetric(
    {
      id: 'renewal-days-left',
      version: 1,
      label: 'Days left',
      meaning: 'How many days are left until notice can be given no more; without a notice period until the term ends.',
      formula: 'last day of the term − notice period − this day, in calendar days; negative once it has passed',
      includes: ['The last day of the term', 'The notice period of the contract in calendar days, where it has one'],
      excludes: ['Weekends and holidays are not taken out'],
      unit: 'days',
      better: null,
      of: ONE,
    },
    async (ctx, id, q) => {
      const r = await seenRenewal(ctx, id);
      return daysLeft(
        { id, accountId: r.account_id, href: `/renewals/${id}`, endsOn: r.due_on, deadlineOn: r.act_by_on },
        q.asOf,
      );
    },
  ),
];
