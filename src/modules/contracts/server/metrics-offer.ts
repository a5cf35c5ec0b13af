// Figures of an offer: what it brings, its margin and lifetime value, and the retention of the quarter in which it takes effect.
import Big from 'big.js';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { type MeasuredRow, type Metric, noFigure, recordMetric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { rulesTerms, type Setting, seenOffer, settingOf, storedTerms } from './offers.ts';
import { seenRenewal } from './renewals.ts';
import type { Terms } from './rules/lines.ts';
import { type Effect, effectOf, FLAT, type Reckoned, reckonLines, yearsOf } from './rules/scenarios.ts';
import { productNames } from './store/measures.ts';
import { offer, quarterAccounts } from './store/offers.ts';
import type { RenewalRow } from './store/renewals.ts';

const ONE = 'offer, or renewal for the picture before';
const BASE = [
  'Recurring lines that fall due, at the terms of the offer; asked for a renewal, at the present prices',
  'Lines that the offer adds',
];
const whole = (value: Big) => value.round(0, Big.roundHalfEven).toNumber();
type Money = (amount: number) => Figure;
type Look = { renewal: RenewalRow; setting: Setting; terms: Terms; before: Effect; after: Effect; lines: Reckoned[] };

/** The offer, or a renewal as it is, with everything that it is reckoned with as of today. */
async function look(ctx: Ctx, id: string): Promise<Look> {
  const isOffer = (await offer(ctx.tx, id)) !== undefined;
  const row = isOffer ? await seenOffer(ctx, id) : null;
  const renewal = await seenRenewal(ctx, row?.renewal_id ?? id);
  const stored = row && storedTerms(row.terms);
  const setting = await settingOf(
    ctx,
    renewal,
    stored?.bundle.flatMap((b) => (b.productId ? [b.productId] : [])) ?? [],
  );
  const terms = stored ? rulesTerms(stored) : FLAT;
  const before = effectOf(setting.world, FLAT);
  return {
    renewal,
    setting,
    terms,
    before,
    after: effectOf(setting.world, terms),
    lines: reckonLines(setting.world, terms),
  };
}

type Kind = Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula' | 'includes' | 'excludes' | 'unit'> & {
  value: (e: Effect, money: Money) => Figure;
  parts: (l: Look, money: Money) => Record<string, Figure>;
  /** What a line adds; null: nothing. */
  row: (one: Reckoned, l: Look, money: Money) => Record<string, Figure> | null;
  warns: readonly string[];
};

function offerMetric({ value, parts, row, warns, ...definition }: Kind): Metric {
  return recordMetric({ ...definition, version: 1, better: 'higher', of: ONE }, async (ctx, id, q) => {
    if (q.asOf < ctx.today) return NO_PAST;
    const l = await look(ctx, id);
    const money: Money = (amount) => ({ amount, currency: l.setting.currency });
    const names = await productNames(
      ctx.tx,
      l.lines.flatMap((x) => (x.line.productId ? [x.line.productId] : [])),
    );
    return {
      value: value(l.after, money),
      parts: parts(l, money),
      warnings: warningsOf(l, warns),
      rows: l.lines.flatMap((x, i): MeasuredRow[] => {
        const adds = row(x, l, money);
        if (!adds) return [];
        const name = x.line.productId ? names.get(x.line.productId) : undefined;
        return [
          {
            key: x.line.replacesId ?? `added ${i}`,
            label: [name, x.line.description].filter(Boolean).join(' · ') || 'Line',
            accountId: l.renewal.account_id,
            href: `/renewals/${l.renewal.id}`,
            parts: adds,
          },
        ];
      }),
    };
  });
}

const NO_PAST = noFigure({ code: 'no_history', message: 'Offers are reckoned as of today only.' });
const warningsOf = (l: Look, codes: readonly string[]) =>
  l.setting.assumptions.filter((a) => codes.includes(a.code)).map(({ code, text }) => ({ code, message: `${text}.` }));
const isRecurring = (x: Reckoned) => x.line.kind === 'recurring';
const yearly = (x: Reckoned) => new Big(x.line.amountMinor);
const costs = (l: Look) => l.lines.reduce((n, x) => n.plus(x.cost), new Big(0));

function retentionMetric(which: 'nrr' | 'grr'): Metric {
  const isNet = which === 'nrr';
  return recordMetric(
    {
      id: `offer-${which}`,
      version: 2,
      label: isNet ? 'NRR of the quarter' : 'GRR of the quarter',
      meaning: isNet
        ? 'What the quarter in which the renewal takes effect keeps of its recurring revenue with rises, if the offer is taken.'
        : 'What the quarter in which the renewal takes effect keeps of its recurring revenue without rises, if the offer is taken.',
      formula: isNet
        ? 'Σ end / Σ start over accounts that pay at the start'
        : 'Σ min(end, start) / Σ start over accounts that pay at the start',
      includes: [
        'Recurring contract lines in force the day before the quarter (start) and on its last day (end)',
        'Subscriptions and recurring invoices beside them, as the workspace counts both',
        'Other open renewals of the quarter as renewed at the same price',
        'Currencies at the rates of today',
      ],
      excludes: ['Accounts without recurring revenue at the start', 'Drafts', 'Amounts in a currency without a rate'],
      unit: 'ratio',
      better: 'higher',
      of: ONE,
    },
    async (ctx, id, q) => {
      if (q.asOf < ctx.today) return NO_PAST;
      const l = await look(ctx, id);
      const { base, rate } = l.setting.world;
      const { currency, factors } = l.setting.reporting;
      const money = (value: Big) => ({ amount: whole(value), currency });
      const ours = new Big(l.after.arrMinor).times(rate ?? 0);
      const inCohort = new Big(base.accountStart).gt(0);
      const end = inCohort ? new Big(base.accountOtherEnd).plus(ours) : new Big(0);
      const kept = end.lt(base.accountStart) ? end : new Big(base.accountStart);
      const retained = new Big(isNet ? base.otherEnd : base.otherKept).plus(isNet ? end : kept);
      return {
        value: l.after[which],
        parts: {
          start: money(new Big(base.start)),
          ...(isNet ? { end: money(retained) } : { kept: money(retained) }),
          thisRenewal: money(ours),
          before: l.before[which],
        },
        warnings: warningsOf(l, ['rate_missing']),
        rows: async (page) => {
          const accounts = await quarterAccounts(ctx.tx, l.setting.question, factors, page);
          return accounts.map((a) => {
            const at = a.id === l.renewal.account_id ? new Big(a.end).plus(ours) : new Big(a.end);
            const least = at.lt(a.start) ? at : new Big(a.start);
            return {
              key: a.id,
              label: a.name,
              accountId: a.id,
              href: `/accounts/${a.id}?tab=contracts`,
              parts: { start: money(new Big(a.start)), ...(isNet ? { end: money(at) } : { kept: money(least) }) },
            };
          });
        },
      };
    },
  );
}

export const offerMetrics: readonly Metric[] = [
  offerMetric({
    id: 'offer-value',
    label: 'Value of a year of an offer',
    meaning: 'What a year of the next term brings if the offer is taken.',
    formula: 'Σ quantity × unit price × billing periods of a year × (1 − discount) at the terms of the offer',
    includes: BASE,
    excludes: ['One-off lines: they stand among the parts'],
    unit: 'money',
    warns: [],
    value: (e, money) => money(e.arrMinor),
    parts: (l, money) => ({
      amount: money(l.after.arrMinor),
      before: money(l.before.arrMinor),
      once: money(l.after.oneOffMinor),
    }),
    row: (x, _, money) => ({ [isRecurring(x) ? 'amount' : 'once']: money(x.line.amountMinor) }),
  }),
  offerMetric({
    id: 'offer-margin',
    label: 'Gross margin of an offer',
    meaning: 'What a year of the next term leaves after the cost of delivery, if the offer is taken.',
    formula: 'value of a year − cost of delivery',
    includes: [
      ...BASE,
      'Delivery cost of each product as entered; where there is none, the share of today’s price that the workspace assumes',
      'A discount comes wholly out of the margin: delivery costs stay what they are today',
    ],
    excludes: ['One-off lines', 'Cost of selling and serving'],
    unit: 'money',
    warns: ['cost_assumed'],
    value: (e, money) => money(e.marginMinor),
    parts: (l, money) => ({
      amount: money(l.after.arrMinor),
      deliveryCost: money(whole(costs(l))),
      margin: money(l.after.marginMinor),
      before: money(l.before.marginMinor),
    }),
    row: (x, _, money) =>
      isRecurring(x)
        ? {
            amount: money(x.line.amountMinor),
            deliveryCost: money(whole(x.cost)),
            margin: money(whole(yearly(x).minus(x.cost))),
          }
        : null,
  }),
  offerMetric({
    id: 'offer-margin-share',
    label: 'Margin share of an offer',
    meaning: 'Which part of the value of a year is left after the cost of delivery, if the offer is taken.',
    formula: 'gross margin / value of a year',
    includes: BASE,
    excludes: ['One-off lines', 'Cost of selling and serving'],
    unit: 'ratio',
    warns: ['cost_assumed'],
    value: (e) => e.marginShare,
    parts: (l, money) => ({
      amount: money(l.after.arrMinor),
      margin: money(l.after.marginMinor),
      before: l.before.marginShare,
    }),
    row: (x, _, money) =>
      isRecurring(x) ? { amount: money(x.line.amountMinor), margin: money(whole(yearly(x).minus(x.cost))) } : null,
  }),
  offerMetric({
    id: 'offer-lifetime',
    label: 'Lifetime value of an offer',
    meaning: 'What the business leaves over the years that it is expected to last, if the offer is taken.',
    formula:
      'yearly margin × expected years; expected years = term + g / (1 − g) with g the gross retention of a year, at most 20',
    includes: [...BASE, 'Gross retention of the account where it is known, else what the workspace assumes'],
    excludes: ['One-off lines', 'Discounting of later years'],
    unit: 'money',
    warns: ['cost_assumed'],
    value: (e, money) => money(e.lifetimeMinor),
    parts: (l, money) => ({
      margin: money(l.after.marginMinor),
      expectedYears: Number(l.after.expectedYears),
      retention: new Big(l.setting.world.grr).toFixed(6),
      before: money(l.before.lifetimeMinor),
    }),
    row: (x, l, money) => {
      if (!isRecurring(x)) return null;
      const margin = yearly(x).minus(x.cost);
      return {
        margin: money(whole(margin)),
        lifetime: money(whole(margin.times(yearsOf(l.setting.world, l.terms)))),
      };
    },
  }),
  retentionMetric('nrr'),
  retentionMetric('grr'),
];
