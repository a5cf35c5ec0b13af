// Use cases of offers: what they would do, side by side; keeping, changing, removing them.
import Big from 'big.js';
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { type Call, type Ctx, contributions } from '../../../kernel/server/module.ts';
import { convertOn, minorDigits } from '../../settings/server/index.ts';
import type { Offer, OfferEffect, OfferTerms } from '../api-offers.ts';
import * as offersApi from '../api-offers.ts';
import { lineOf } from './contracts.ts';
import { holds } from './policy.ts';
import { changed, openRenewal, seenRenewal } from './renewals.ts';
import { limitOf, stepsFor } from './rules/approvals.ts';
import { addDays, quarterOf } from './rules/days.ts';
import { discountAsked, isInForce, type Terms } from './rules/lines.ts';
import { type Effect, effectOf, FLAT, linesWithAssumedCost, type ProductCost, type World } from './rules/scenarios.ts';
import * as contracts from './store/contracts.ts';
import * as store from './store/offers.ts';
import type { RenewalRow } from './store/renewals.ts';
import { settings, workspaceFacts } from './store/settings.ts';

/** Terms as rules take them: decimals as texts. */
export const rulesTerms = (t: OfferTerms): Terms => ({
  ...t,
  bundle: t.bundle.map((b) => ({
    ...b,
    billing: b.kind === 'one_off' ? 'once' : b.billing,
    quantity: new Big(b.quantity).round(6, Big.roundHalfEven).toFixed(),
    discountPercent: new Big(b.discountPercent).round(4, Big.roundHalfEven).toFixed(),
  })),
});

export type Setting = {
  world: World;
  currency: string;
  /** What NRR and GRR are reckoned in, with what one minor unit of each known currency is there. */
  reporting: { currency: string; factors: { currency: string; factor: string }[] };
  quarter: { from: string; to: string };
  /** What the accounts of the quarter are asked for with. */
  question: Parameters<typeof store.quarterBase>[1];
  assumptions: { code: string; text: string }[];
};

const plainPercent = (value: string) => `${new Big(value).toFixed()} %`;

/** Minor units of one currency for a minor unit of another, as of today; null: no rate is known. */
async function factorTo(ctx: Ctx, currency: string, target: string): Promise<string | null> {
  const one = await convertOn(ctx.tx, { amount: 1, currency }, target, ctx.today);
  return one && new Big(one.rate).times(new Big(10).pow(minorDigits(target) - minorDigits(currency))).toFixed();
}

/** What products cost to deliver, in a currency; products of which nothing is known stay out. */
async function costsOf(ctx: Ctx, productIds: readonly string[], currency: string): Promise<Map<string, ProductCost>> {
  const costs = new Map<string, ProductCost>();
  for (const row of await store.costs(ctx.tx, productIds)) {
    if (row.share !== null) costs.set(row.id, { share: row.share });
    else if (row.minor !== null && row.currency !== null) {
      const factor = await factorTo(ctx, row.currency, currency);
      if (factor) costs.set(row.id, { perUnitMonthMinor: new Big(row.minor).times(factor).toFixed() });
    }
  }
  return costs;
}

/** Everything that scenarios of one renewal are reckoned with, and what is assumed where nothing is known. */
export async function settingOf(ctx: Ctx, renewal: RenewalRow, bundled: readonly string[]): Promise<Setting> {
  const { tx } = ctx;
  const workspace = await workspaceFacts(tx);
  const chosen = await settings(tx);
  const lines = (await contracts.lines(tx, renewal.contract_id)).map(lineOf);
  const { from, to } = quarterOf(addDays(renewal.due_on, 1), workspace.fiscalStartMonth);
  const assumptions: Setting['assumptions'] = [];
  const assume = (code: string, text: string) => assumptions.push({ code, text });

  const besides = contributions(ctx.services.modules, 'recurringBesides');
  const used = [await store.currencies(tx), ...(await Promise.all(besides.map((b) => b.currencies(tx))))];
  const factors: { currency: string; factor: string }[] = [];
  for (const currency of new Set(used.flat())) {
    const factor = await factorTo(ctx, currency, workspace.currency);
    if (factor) factors.push({ currency, factor });
    else assume('rate_missing', `No exchange rate for ${currency} is known: amounts in it are left out of NRR and GRR`);
  }
  const costs = await costsOf(
    ctx,
    [...bundled, ...lines.flatMap((l) => (l.productId ? [l.productId] : []))],
    renewal.currency,
  );
  let grr = new Big(chosen.assumed_grr_percent).div(100).toFixed();
  let source = `assumed at ${plainPercent(chosen.assumed_grr_percent)} a year`;
  for (const ask of contributions(ctx.services.modules, 'retentionAssumption')) {
    const known = await ask(ctx, renewal.account_id);
    if (known) [grr, source] = [known.grr, known.source];
  }
  const question = {
    from,
    to,
    accountId: renewal.account_id,
    renewalId: renewal.id,
    besides: besides.map((b) => b.rows),
  };
  const world: World = {
    lines,
    dueOn: renewal.due_on,
    costs,
    assumedCostPercent: chosen.assumed_cost_percent,
    grr,
    defaultTermMonths: renewal.term_months ?? 12,
    base: await store.quarterBase(tx, question, factors),
    rate: factors.find((f) => f.currency === renewal.currency)?.factor ?? null,
  };
  const unknown = linesWithAssumedCost(world);
  assume(
    'base',
    'Before: the next term at present prices. Other open renewals of the quarter count as renewed at the same price',
  );
  assume('retention', `Lifetime value: yearly margin × expected years; retention is ${source}`);
  assume('cost', 'Delivery costs stay what they are today: a discount comes wholly out of the margin');
  if (unknown)
    assume(
      'cost_assumed',
      `${unknown === 1 ? 'One line has' : `${unknown} lines have`} no delivery cost: ${plainPercent(chosen.assumed_cost_percent)} of today’s price is assumed`,
    );
  const reporting = { currency: workspace.currency, factors };
  return { world, currency: renewal.currency, reporting, quarter: { from, to }, question, assumptions };
}

function shown(e: Effect, currency: string): OfferEffect {
  const money = (amount: number) => ({ amount, currency });
  return {
    arr: money(e.arrMinor),
    oneOff: money(e.oneOffMinor),
    margin: money(e.marginMinor),
    marginShare: e.marginShare,
    lifetime: money(e.lifetimeMinor),
    expectedYears: e.expectedYears,
    nrr: e.nrr,
    grr: e.grr,
  };
}

export type Compared = {
  before: OfferEffect;
  quarter: { from: string; to: string };
  assumptions: { code: string; text: string }[];
  scenarios: {
    terms: OfferTerms;
    discountAsked: number;
    limit: number;
    needs: ('head' | 'finance')[];
    effect: OfferEffect;
  }[];
};

/** The effect of offers beside that of going on as it is. */
export async function compare(ctx: Ctx, renewal: RenewalRow, offers: readonly OfferTerms[]): Promise<Compared> {
  const bundled = offers.flatMap((o) => o.bundle.flatMap((b) => (b.productId ? [b.productId] : [])));
  const setting = await settingOf(ctx, renewal, bundled);
  const { limits } = await settings(ctx.tx);
  return {
    before: shown(effectOf(setting.world, FLAT), setting.currency),
    quarter: setting.quarter,
    assumptions: setting.assumptions,
    scenarios: offers.map((terms) => {
      const asked = discountAsked(rulesTerms(terms));
      return {
        terms,
        discountAsked: asked,
        limit: limitOf(limits, ctx.actor.role),
        needs: stepsFor(asked, ctx.actor.role, limits),
        effect: shown(effectOf(setting.world, rulesTerms(terms)), setting.currency),
      };
    }),
  };
}

/** Problems of terms: lines that are not there, products that are not there, a bundle line without a name. */
export async function checkTerms(
  ctx: Ctx,
  renewal: RenewalRow,
  terms: OfferTerms,
  field: string,
): Promise<FieldError[]> {
  const problems: FieldError[] = [];
  const lines = await contracts.lines(ctx.tx, renewal.contract_id);
  const due = new Set(
    lines.filter((l) => l.kind === 'recurring' && isInForce(lineOf(l), renewal.due_on)).map((l) => l.id),
  );
  terms.quantities.forEach((q, i) => {
    if (!due.has(q.lineId))
      problems.push({ field: `${field}.quantities.${i}.lineId`, message: 'No such line falls due' });
  });
  const known = await contracts.knownProducts(
    ctx.tx,
    terms.bundle.flatMap((b) => (b.productId ? [b.productId] : [])),
  );
  terms.bundle.forEach((b, i) => {
    if (b.productId && !known.has(b.productId))
      problems.push({ field: `${field}.bundle.${i}.productId`, message: 'There is no such product' });
    if (!b.productId && !b.description)
      problems.push({ field: `${field}.bundle.${i}.description`, message: 'Choose a product, or say what it is' });
    if (b.kind === 'recurring' && b.billing === 'once')
      problems.push({
        field: `${field}.bundle.${i}.billing`,
        message: 'A recurring line is billed by month, quarter, half-year or year',
      });
  });
  return problems;
}

export async function evaluate(
  ctx: Ctx,
  { params, body }: Call<typeof offersApi.evaluateScenarios>,
): Promise<Compared> {
  const renewal = await seenRenewal(ctx, params.id);
  const problems: FieldError[] = [];
  for (const [i, terms] of body.scenarios.entries())
    problems.push(...(await checkTerms(ctx, renewal, terms, `scenarios.${i}`)));
  if (problems.length) throw invalid(problems);
  return compare(ctx, renewal, body.scenarios);
}

/** Terms as they were stored, in the shape of today. */
export const storedTerms = (value: unknown): OfferTerms => offersApi.termsInput.parse(value);
export const sameTerms = (a: unknown, b: unknown): boolean =>
  JSON.stringify(storedTerms(a)) === JSON.stringify(storedTerms(b));

export const approvalState = (o: store.OfferRow): Offer['approval'] => {
  if (!o.approval_id || !o.approval_status) return { id: null, status: 'none' };
  return { id: o.approval_id, status: sameTerms(o.approval_terms, o.terms) ? o.approval_status : 'outdated' };
};

export async function list(ctx: Ctx, id: string) {
  const renewal = await seenRenewal(ctx, id);
  const rows = await store.offers(ctx.tx, id);
  const terms = rows.map((r) => storedTerms(r.terms));
  const { scenarios, ...rest } = await compare(ctx, renewal, terms);
  const isOpen = renewal.state === 'open';
  const items = rows.map((r, i): Offer => {
    const scenario = scenarios[i]!;
    const approval = approvalState(r);
    const asks = scenario.needs.length > 0;
    return {
      ...scenario,
      id: r.id,
      renewalId: r.renewal_id,
      name: r.name,
      note: r.note,
      madeByName: r.made_by_name,
      approval,
      version: r.version,
      updatedAt: r.updated_at,
      can: {
        update: isOpen && holds(ctx.actor, 'contracts.write'),
        request:
          isOpen &&
          asks &&
          holds(ctx.actor, 'contracts.write') &&
          approval.status !== 'pending' &&
          approval.status !== 'approved',
        decide: isOpen && holds(ctx.actor, 'contracts.decide') && (!asks || approval.status === 'approved'),
      },
    };
  });
  return { items, nextCursor: null, ...rest };
}

export async function create(ctx: Ctx, { params, body }: Call<typeof offersApi.createOffer>) {
  const renewal = await openRenewal(ctx, params.id);
  await contracts.lockContract(ctx.tx, renewal.contract_id);
  const problems = await checkTerms(ctx, renewal, body.terms, 'terms');
  if (problems.length) throw invalid(problems);
  if ((await store.offers(ctx.tx, params.id)).length >= 4)
    throw conflict('too_many_offers', 'Four offers stand side by side. Remove one first.');
  const id = newId(ctx.now.getTime());
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    renewal_id: params.id,
    account_id: renewal.account_id,
    name: body.name,
    terms: JSON.stringify(body.terms),
    note: body.note ?? '',
    made_by: ctx.actor.memberId,
  });
  await changed(ctx, renewal, 'offer.changed');
  return { id };
}

export async function seenOffer(ctx: Ctx, id: string): Promise<store.OfferRow> {
  const row = await store.offer(ctx.tx, id);
  if (!row) throw notFound('offer');
  return row;
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof offersApi.updateOffer>) {
  const before = await seenOffer(ctx, params.id);
  const renewal = await openRenewal(ctx, before.renewal_id);
  if (body.terms) {
    const problems = await checkTerms(ctx, renewal, body.terms, 'terms');
    if (problems.length) throw invalid(problems);
  }
  const done = await store.update(ctx.tx, params.id, body.version ?? ifMatch ?? null, {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.terms !== undefined ? { terms: JSON.stringify(body.terms) } : {}),
    ...(body.note !== undefined ? { note: body.note } : {}),
  });
  if (!done) throw staleVersion('offer', { id: before.id, name: before.name, version: before.version });
  await changed(ctx, renewal, 'offer.changed');
  return { id: params.id };
}

export async function remove(ctx: Ctx, id: string): Promise<undefined> {
  const before = await seenOffer(ctx, id);
  const renewal = await openRenewal(ctx, before.renewal_id);
  if (before.approval_status === 'pending') throw conflict('already_asked', 'Withdraw the request for approval first.');
  await store.remove(ctx.tx, id);
  await changed(ctx, renewal, 'offer.changed');
}
