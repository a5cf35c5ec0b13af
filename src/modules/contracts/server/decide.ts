// Deciding a renewal: the next term and its lines begin, or the contract ends with its term and the post-mortem says why.
import Big from 'big.js';
import { newId } from '../../../kernel/contract/ids.ts';
import { invalid, Problem, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as offersApi from '../api-offers.ts';
import type { OfferTerms } from '../api-offers.ts';
import type { RenewalPage } from '../api-renewals.ts';
import { record } from './amendments.ts';
import { afterChange, endAfter, lineOf, seenContract } from './contracts.ts';
import { checkTerms, rulesTerms, sameTerms, seenOffer, storedTerms } from './offers.ts';
import { get, openRenewal } from './renewals.ts';
import { limitOf, stepsFor } from './rules/approvals.ts';
import { addDays, monthsOf, nextTermEnd } from './rules/days.ts';
import { discountAsked, type Line, renewLines } from './rules/lines.ts';
import { isRenewed, type Outcome } from './rules/renewals.ts';
import * as concessions from './store/concessions.ts';
import * as contracts from './store/contracts.ts';
import { approvedTerms } from './store/offers.ts';
import * as store from './store/renewals.ts';
import { settings } from './store/settings.ts';

type Body = Call<typeof offersApi.decideRenewal>['body'];

export async function decide(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof offersApi.decideRenewal>,
): Promise<RenewalPage> {
  const renewal = await openRenewal(ctx, params.id);
  await contracts.lockContract(ctx.tx, renewal.contract_id);
  if (!(await store.update(ctx.tx, params.id, body.version ?? ifMatch ?? null, {})))
    throw staleVersion('renewal', await get(ctx, params.id));
  if (isRenewed(body.outcome)) await renew(ctx, renewal, body.outcome, await termsOf(ctx, renewal, body), body);
  else await lose(ctx, renewal, body);
  return get(ctx, params.id);
}

/** The terms that are decided on: those of an offer, those said, or what the contract says of its next term. */
async function termsOf(ctx: Ctx, renewal: store.RenewalRow, body: Body): Promise<OfferTerms> {
  if (body.loss) throw invalid({ field: 'loss', message: 'A post-mortem is for renewals that were lost' });
  if (body.offerId && body.terms)
    throw invalid({ field: 'terms', message: 'Choose an offer or say the terms, not both' });
  if (body.offerId) {
    const offer = await seenOffer(ctx, body.offerId);
    if (offer.renewal_id !== renewal.id)
      throw invalid({ field: 'offerId', message: 'This offer is for another renewal' });
    return storedTerms(offer.terms);
  }
  if (body.terms) {
    const problems = await checkTerms(ctx, renewal, body.terms, 'terms');
    if (problems.length) throw invalid(problems);
    return body.terms;
  }
  return clauseTerms(renewal, body.outcome);
}

const clauseTerms = (renewal: store.RenewalRow, outcome: Outcome): OfferTerms => ({
  upliftPercent: outcome === 'renewed_uplift' ? Number(renewal.clause_percent ?? 0) : 0,
  discountPercent: 0,
  termMonths: null,
  quantities: [],
  bundle: [],
});

/** A discount above one's limit needs an approval of exactly these terms. */
async function checkDiscount(ctx: Ctx, renewal: store.RenewalRow, terms: OfferTerms): Promise<void> {
  if (ctx.actor.kind === 'system') return;
  const { limits } = await settings(ctx.tx);
  const asked = discountAsked(rulesTerms(terms));
  if (!stepsFor(asked, ctx.actor.role, limits).length) return;
  if ((await approvedTerms(ctx.tx, renewal.id)).some((approved) => sameTerms(approved, terms))) return;
  throw new Problem(
    403,
    'approval_required',
    `${asked} % discount is above your limit of ${limitOf(limits, ctx.actor.role)} %. Keep it as an offer and ask for approval.`,
  );
}

function outcomeProblem(outcome: Outcome, due: number, renewed: number): string | null {
  const fits: Outcome = renewed > due ? 'renewed_uplift' : renewed < due ? 'reduced' : 'renewed_flat';
  if (fits === outcome) return null;
  const words = {
    renewed_uplift: 'more than before: renewed with uplift',
    reduced: 'less than before: reduced',
    renewed_flat: 'as much as before: renewed flat',
  };
  return `These terms bring ${words[fits as keyof typeof words]}`;
}

type Signed = { signedOn?: string | null | undefined; note?: string | undefined };

async function renew(
  ctx: Ctx,
  renewal: store.RenewalRow,
  outcome: Outcome | null,
  terms: OfferTerms,
  said: Signed,
): Promise<void> {
  const contract = await seenContract(ctx, renewal.contract_id);
  const lines = (await contracts.lines(ctx.tx, contract.id)).map(lineOf);
  const months = terms.termMonths ?? contract.term_months ?? monthsOf(contract.starts_on, contract.ends_on) ?? 12;
  const newEndsOn = nextTermEnd(renewal.due_on, months);
  const added = renewLines(lines, renewal.due_on, rulesTerms(terms), newEndsOn);
  const renewed = added.reduce((sum, l) => (l.kind === 'recurring' ? sum + l.amountMinor : sum), 0);
  if (renewed <= 0 && renewal.due_minor > 0)
    throw invalid({ field: 'outcome', message: 'Nothing would be left: that is lost' });
  const result: Outcome =
    outcome ??
    (renewed > renewal.due_minor ? 'renewed_uplift' : renewed < renewal.due_minor ? 'reduced' : 'renewed_flat');
  const wrong = outcomeProblem(result, renewal.due_minor, renewed);
  if (wrong) throw invalid({ field: 'outcome', message: wrong });
  await checkDiscount(ctx, renewal, terms);

  // Lines without an end of their own end with the term; those of the next term take their place.
  const replaced = new Set(added.flatMap((l) => (l.replacesId ? [l.replacesId] : [])));
  const goesOn = (l: Line) =>
    l.kind === 'recurring' && l.startsOn <= renewal.due_on && (l.endsOn === null || l.endsOn > renewal.due_on);
  const left = new Set(terms.quantities.filter((q) => q.quantity === 0).map((q) => q.lineId));
  const ended = lines
    .filter((l) => goesOn(l) && (replaced.has(l.id) || left.has(l.id)))
    .map((l) => ({ id: l.id, endsOn: renewal.due_on }));
  await contracts.update(ctx.tx, contract.id, null, {
    ends_on: newEndsOn,
    status: 'active',
    ...(said.signedOn ? { signed_on: said.signedOn } : {}),
  });
  await record(
    ctx,
    contract,
    lines,
    { ended, added, problems: [] },
    {
      kind: 'renewal',
      reason: (line) => (line.replacesId === null ? 'upgrade' : terms.upliftPercent > 0 ? 'uplift' : 'renewal'),
      effectiveOn: addDays(renewal.due_on, 1),
      note: said.note ?? '',
    },
  );
  await store.update(ctx.tx, renewal.id, null, {
    state: 'decided',
    stage: 'decided',
    outcome: result,
    decided_on: ctx.today,
    decided_by: ctx.actor.memberId,
    signed_on: said.signedOn ?? null,
    renewed_minor: renewed,
    uplift_percent: String(terms.upliftPercent),
    discount_percent: String(terms.discountPercent),
    new_ends_on: newEndsOn,
  });
  await writeConcession(ctx, renewal, terms, lines);
  await finish(ctx, renewal, contract);
}

/** A discount that was given is written down, so that somebody can say what was got for it. */
async function writeConcession(
  ctx: Ctx,
  renewal: store.RenewalRow,
  terms: OfferTerms,
  lines: readonly Line[],
): Promise<void> {
  if (terms.discountPercent <= 0) return;
  const value = (t: OfferTerms) =>
    renewLines(lines, renewal.due_on, rulesTerms(t), null).reduce(
      (n, l) => (l.kind === 'recurring' ? n + l.amountMinor : n),
      0,
    );
  await concessions.insert(ctx.tx, ctx.actor.workspaceId, {
    id: newId(ctx.now.getTime()),
    account_id: renewal.account_id,
    contract_id: renewal.contract_id,
    renewal_id: renewal.id,
    side: 'give',
    what: `${new Big(terms.discountPercent).toFixed()} % discount for the term from ${addDays(renewal.due_on, 1)}`,
    kind: 'discount',
    amount_minor: value({ ...terms, discountPercent: 0 }) - value(terms),
    currency: renewal.currency,
    given_on: ctx.today,
    answers_id: null,
    note: 'Value of a year. Written down when the renewal was decided.',
    made_by: ctx.actor.memberId,
  });
}

async function finish(ctx: Ctx, renewal: store.RenewalRow, contract: contracts.ContractRow): Promise<void> {
  await afterChange(ctx, { id: contract.id, accountId: contract.account_id }, 'contract.changed');
  await ctx.emit({ type: 'renewal.decided', accountId: renewal.account_id, rowId: renewal.id });
}

async function lose(ctx: Ctx, renewal: store.RenewalRow, body: Body): Promise<void> {
  if (!body.loss)
    throw invalid({
      field: 'loss',
      message: 'Say why it was lost: reason and what happened',
      code: 'post_mortem_required',
    });
  if (body.offerId || body.terms)
    throw invalid({ field: body.offerId ? 'offerId' : 'terms', message: 'What is lost has no terms' });
  const contract = await seenContract(ctx, renewal.contract_id);
  await endAfter(ctx, contract, renewal.due_on, null);
  await store.update(ctx.tx, renewal.id, null, {
    state: 'decided',
    stage: 'decided',
    outcome: body.outcome,
    decided_on: ctx.today,
    decided_by: ctx.actor.memberId,
    signed_on: null,
    renewed_minor: 0,
    loss_reason: body.loss.reason,
    loss_competitor: body.loss.competitor ?? null,
    loss_detail: body.loss.detail,
    loss_lesson: body.loss.lesson,
    loss_avoidable: body.loss.avoidable ?? null,
  });
  await contracts.update(ctx.tx, contract.id, null, {
    auto_renews: false,
    ...(renewal.due_on < ctx.today ? { status: 'ended' } : {}),
  });
  await finish(ctx, renewal, contract);
}

/** The term went over without notice: a contract that renews by itself goes on, with the rise that its clause says. */
export async function renewBySelf(ctx: Ctx, renewalId: string): Promise<void> {
  const renewal = await openRenewal(ctx, renewalId);
  if (renewal.due_minor <= 0) return;
  await renew(ctx, renewal, null, clauseTerms(renewal, 'renewed_uplift'), {
    note: 'Renewed by itself: no notice was given.',
  });
}
