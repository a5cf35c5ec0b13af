// What the sample company sells, and who has what at its accounts: so that the whitespace grid has something to show.
import type { AnswerOf, CallInput, RouteSpec } from '../../../kernel/contract/route.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { createCompetitor, listCompetitors, putCell, STATUSES } from '../../growth/api.ts';
import { addEstimate, addExpense } from '../../growth/api-money.ts';
import { addPrice, createProduct, createSeries, listProducts } from '../../products/api.ts';
import type { SampleAccount } from './content.ts';
import { SAMPLE_NOTE } from './store.ts';

type Verb = <S extends RouteSpec>(ctx: Ctx, spec: S, input: CallInput<S>) => Promise<AnswerOf<S>>;

const CATALOGUE: [series: string, products: [name: string, price: number, cost: number][]][] = [
  [
    'Line software',
    [
      ['Line control', 1_900, 0.22],
      ['Line vision', 1_250, 0.31],
      ['Downtime insight', 640, 0.18],
    ],
  ],
  [
    'Services',
    [
      ['Premium support', 480, 0.55],
      ['Operator training', 210, 0.6],
    ],
  ],
];
const RIVALS = ['Corvex Systems', 'Plantwise'];

export type SampleProducts = { products: string[]; rivals: string[] };

/** The catalogue; null where the workspace has products of its own, which the sample leaves alone. */
export async function addCatalogue(ctx: Ctx, verb: Verb, currency: string): Promise<SampleProducts | null> {
  const known = await verb(ctx, listProducts, { query: { limit: 1 } });
  const competitors = await verb(ctx, listCompetitors, { query: { limit: 1 } });
  if (known.items.length || competitors.items.length) return null;
  const products: string[] = [];
  for (const [name, list] of CATALOGUE) {
    const series = await verb(ctx, createSeries, { body: { name, description: SAMPLE_NOTE } });
    for (const [product, price, cost] of list) {
      const made = await verb(ctx, createProduct, {
        body: {
          name: product,
          seriesId: series.id,
          unitName: 'line',
          description: SAMPLE_NOTE,
          deliveryCostShare: cost,
        },
      });
      await verb(ctx, addPrice, {
        params: { id: made.id },
        body: { billing: 'month', price: { amount: price * 100, currency } },
      });
      products.push(made.id);
    }
  }
  const rivals: string[] = [];
  for (const name of RIVALS)
    rivals.push((await verb(ctx, createCompetitor, { body: { name, notes: SAMPLE_NOTE } })).id);
  return { products, rivals };
}

/** Which part of what the account pays falls to each product, in the order of the catalogue. */
export function sharesOf(nth: number): number[] {
  const added = [0.18, 0.1, 0.14, 0.06][nth % 4]!;
  return nth % 2 ? [0.8 - added, added, 0, 0.2, 0] : [0.8 - added, 0, added, 0.2, 0];
}

/** Cells, an estimate of the wallet and an expense of one account. */
export async function addGrowth(
  ctx: Ctx,
  verb: Verb,
  account: { id: string; of: SampleAccount },
  sample: SampleProducts,
  currency: string,
  nth: number,
): Promise<void> {
  const { of: a } = account;
  const year = Number(ctx.today.slice(0, 4));
  const money = (thousands: number) => ({ amount: Math.max(1, Math.round(thousands)) * 100_000, currency });
  const later = (days: number) => new Date(Date.parse(ctx.today) + days * 86_400_000).toISOString().slice(0, 10);
  for (const [at, productId] of sample.products.entries()) {
    const share = sharesOf(nth)[at]!;
    const said = STATUSES[(nth + at * 2) % STATUSES.length]!;
    const status = share > 0 ? 'ours' : said === 'ours' ? 'unknown' : said;
    await verb(ctx, putCell, {
      body: {
        accountId: account.id,
        productId,
        year,
        version: null,
        status,
        ...(status === 'not_eligible'
          ? {}
          : { potential: money(a.arr * share + a.potential / (at + 2.5)), fit: 35 + ((nth * 11 + at * 17) % 60) }),
        ...(status === 'competitor'
          ? {
              competitorId: sample.rivals[(nth + at) % 2]!,
              incumbentEndsOn: later(40 + ((nth * 53) % 420)),
              confidence: 'medium' as const,
            }
          : {}),
        ...(at === 1 ? { source: 'Talk with the head of production', nextStep: 'Show it on one of their lines' } : {}),
      },
    });
  }
  await verb(ctx, addEstimate, {
    body: {
      accountId: account.id,
      spend: money(a.arr * 3.4),
      estimatedOn: later(-(30 + nth * 9)),
      source: nth % 2 ? 'Annual report' : 'Talk with purchasing',
      confidence: nth % 2 ? 'medium' : 'low',
    },
  });
  await verb(ctx, addExpense, {
    body: {
      accountId: account.id,
      kind: 'travel',
      spentOn: later(-(10 + nth * 7)),
      amount: { amount: 42_000 + nth * 3_150, currency },
      description: `Visit in ${a.city}`,
    },
  });
}
