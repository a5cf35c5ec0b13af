// The figures over a portfolio: how many accounts, what they pay and could pay, which are due, which have no owner. As of today only.
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { type MeasuredAccount, measuredAccounts } from './measure-store.ts';

const GROUPS = ['owner', 'tier', 'industry', 'country'] as const;
type Group = (typeof GROUPS)[number];
const NEAR_DAYS = 90;
const NO_HISTORY = [{ code: 'no_history', message: 'The portfolio is known as of today only.' }];

const groupOf = (a: MeasuredAccount, by: Group): { key: string; label: string } =>
  by === 'owner'
    ? { key: a.owner_id ?? 'none', label: a.owner_name ?? 'No owner' }
    : { key: a[by] ?? 'none', label: a[by] ?? 'Not set' };

function splitOf(q: Measure): Group | null {
  if (!q.groupBy) return null;
  const found = GROUPS.find((g) => g === q.groupBy);
  if (!found) throw invalid({ field: 'groupBy', message: `Choose one of: ${GROUPS.join(', ')}` });
  return found;
}

type Which = 'arr' | 'potential';
const amountOf = (a: MeasuredAccount, which: Which) => {
  const [amount, currency] =
    which === 'arr' ? [a.arr_minor, a.arr_currency] : [a.potential_minor, a.potential_currency];
  return amount === null || currency === null ? null : { amount, currency };
};

/** Sums of each currency are converted at the last known rate; a currency without one is left out and told. */
async function total(ctx: Ctx, q: Measure, accounts: readonly MeasuredAccount[], which: Which) {
  const sums = new Map<string, number>();
  for (const a of accounts) {
    const money = amountOf(a, which);
    if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.amount);
  }
  let amount = 0;
  const missing: string[] = [];
  for (const [currency, sum] of sums) {
    const done =
      currency === q.currency
        ? { amount: sum }
        : (await convertOn(ctx.tx, { amount: sum, currency }, q.currency, ctx.today))?.to;
    if (done) amount += done.amount;
    else missing.push(currency);
  }
  return { money: { amount, currency: q.currency }, missing };
}

type Kind = Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula' | 'includes' | 'excludes'> & {
  /** Money that is added up; left out: accounts are counted. */
  of?: Which;
  counts: (a: MeasuredAccount, today: string, near: string) => boolean;
};

function metric({ of, counts, ...definition }: Kind): Metric {
  const read = async (ctx: Ctx, q: Measure) => {
    const near = new Date(`${ctx.today}T00:00:00Z`);
    near.setUTCDate(near.getUTCDate() + NEAR_DAYS);
    const last = near.toISOString().slice(0, 10);
    return (await measuredAccounts(ctx.tx, q)).filter((a) => counts(a, ctx.today, last));
  };
  const figure = async (ctx: Ctx, q: Measure, accounts: readonly MeasuredAccount[]) => {
    const { money, missing } = await total(ctx, q, accounts, of ?? 'arr');
    const known = accounts.filter((a) => amountOf(a, of ?? 'arr')).length;
    const parts: Measured['parts'] = { [of ?? 'arr']: money, accounts: accounts.length };
    if (of) parts.withAmount = known;
    return {
      value: of ? money : accounts.length,
      parts,
      warnings: missing
        .sort()
        .map((c) => ({ code: 'rate_missing', message: `Amounts in ${c} are left out: no exchange rate is known.` })),
    };
  };
  return {
    definition: {
      ...definition,
      version: 1,
      unit: of ? 'money' : 'count',
      over: 'day',
      better: null,
      groupBy: [...GROUPS],
    },
    async measure(ctx, q): Promise<Measured> {
      const by = splitOf(q);
      if (q.asOf < ctx.today) return { value: null, parts: {}, warnings: NO_HISTORY };
      const accounts = await read(ctx, q);
      const whole = await figure(ctx, q, accounts);
      if (!by) return whole;
      const groups: NonNullable<Measured['groups']> = [];
      for (const [key, some] of Map.groupBy(accounts, (a) => groupOf(a, by).key)) {
        const { value, parts } = await figure(ctx, q, some);
        groups.push({ key, label: groupOf(some[0]!, by).label, value, parts });
      }
      return { ...whole, groups };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const by = splitOf(q);
      if (q.asOf < ctx.today) return [];
      const weight = (a: MeasuredAccount) => (of ? (amountOf(a, of)?.amount ?? -1) : 0);
      return (await read(ctx, q))
        .filter((a) => page.group === null || by === null || groupOf(a, by).key === page.group)
        .filter((a) => page.part !== 'withAmount' || (of && amountOf(a, of)))
        .sort((a, b) => weight(b) - weight(a))
        .slice(page.offset, page.offset + page.limit)
        .map((a) => ({
          key: a.id,
          label: a.name,
          accountId: a.id,
          href: `/accounts/${a.id}`,
          parts: { [of ?? 'arr']: amountOf(a, of ?? 'arr') },
        }));
    },
  };
}

const ACCOUNTS = ['Accounts that you see'];
const NOT = ['Archived accounts'];
const NO_RATE = 'Amounts in a currency without a rate';

export const metrics: readonly Metric[] = [
  metric({
    id: 'accounts',
    label: 'Accounts',
    meaning: 'Every account that you may see, without archived ones.',
    formula: 'number of accounts',
    includes: ACCOUNTS,
    excludes: NOT,
    counts: () => true,
  }),
  metric({
    id: 'portfolio-arr',
    label: 'ARR of the portfolio',
    meaning:
      'Annual recurring revenue as it stands at the accounts: from their revenue lines, or typed in where there are none.',
    formula: 'Σ ARR of the accounts, each currency at the last known rate',
    includes: ACCOUNTS,
    excludes: [...NOT, 'Accounts without a known ARR count as nothing', NO_RATE],
    of: 'arr',
    counts: () => true,
  }),
  metric({
    id: 'portfolio-potential',
    label: 'Potential of the portfolio',
    meaning: 'What the accounts could pay us more in a year, as estimated account by account.',
    formula: 'Σ potential of the accounts, each currency at the last known rate',
    includes: ACCOUNTS,
    excludes: [...NOT, 'Accounts without an estimate count as nothing', NO_RATE],
    of: 'potential',
    counts: () => true,
  }),
  metric({
    id: 'accounts-due',
    label: `Renewals in the next ${NEAR_DAYS} days`,
    meaning: `Accounts whose renewal date is today or within ${NEAR_DAYS} days.`,
    formula: `number of accounts with a renewal date from today to today + ${NEAR_DAYS} days, both days counted in`,
    includes: ACCOUNTS,
    excludes: [...NOT, 'Renewal dates that have passed', 'Accounts without a renewal date'],
    counts: (a, today, near) => a.renewal_on !== null && a.renewal_on >= today && a.renewal_on <= near,
  }),
  metric({
    id: 'accounts-without-owner',
    label: 'Without an owner',
    meaning: 'Accounts that no key account manager has been given yet.',
    formula: 'number of accounts without an owner',
    includes: ACCOUNTS,
    excludes: NOT,
    counts: (a) => a.owner_id === null,
  }),
];
