// Amendments: upgrade, downgrade, price change, co-terming, partial churn. Lines end and others take their place; history stays.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import type { ContractPage } from '../api.ts';
import { afterChange, get, lineOf, linesFrom, seenContract } from './contracts.ts';
import { addDays } from './rules/days.ts';
import { type Amended, afterAmendment, amend, type Line, yearlyOn } from './rules/lines.ts';
import * as store from './store/contracts.ts';

type Kind = Call<typeof api.amendContract>['body']['kind'];

/** What the kind says has to be what happens. */
function kindProblem(
  kind: Kind,
  before: number,
  after: number,
  changes: readonly { endsOn?: string | null | undefined }[],
): string | null {
  if (kind === 'upgrade' && after <= before) return 'An upgrade brings more than before; this does not';
  if (kind === 'downgrade' && after >= before) return 'A downgrade brings less than before; this does not';
  if (kind === 'partial_churn' && after >= before)
    return 'Partial churn ends lines or lowers quantities; this does not';
  if (kind === 'partial_churn' && after <= 0)
    return 'Nothing would be left: cancel the contract, or decide its renewal';
  if (kind === 'co_term' && !changes.some((c) => c.endsOn !== undefined))
    return 'Say on which day the lines end together';
  return null;
}

export async function amendContract(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.amendContract>,
): Promise<ContractPage> {
  const contract = await seenContract(ctx, params.id);
  if (contract.status === 'cancelled' || contract.status === 'ended')
    throw conflict('contract_closed', 'This contract is cancelled or has ended.');
  await store.lockContract(ctx.tx, params.id);
  const lines = (await store.lines(ctx.tx, params.id)).map(lineOf);
  const problems: FieldError[] = [];
  if (!body.changes.length && !body.add.length) problems.push({ field: 'changes', message: 'Nothing changes' });
  if (body.effectiveOn < contract.starts_on)
    problems.push({ field: 'effectiveOn', message: `The contract begins on ${contract.starts_on}` });
  const added = await linesFrom(
    ctx,
    { startsOn: body.effectiveOn, endsOn: contract.ends_on },
    body.add,
    'add',
    problems,
  );
  // Lines that end together end with the contract unless another day is said.
  const changes =
    body.kind === 'co_term'
      ? body.changes.map((c) => ({ ...c, endsOn: c.endsOn === undefined ? contract.ends_on : c.endsOn }))
      : body.changes;
  const amended = amend(lines, body.effectiveOn, changes, added);
  problems.push(...amended.problems);
  if (problems.length) throw invalid(problems);
  const [before, after] = difference(lines, amended, body.effectiveOn);
  const wrong = kindProblem(body.kind, before, after, changes);
  if (wrong) throw invalid({ field: 'kind', message: wrong });
  if (!(await store.update(ctx.tx, params.id, body.version ?? ifMatch ?? null, {})))
    throw staleVersion('contract', await get(ctx, params.id));
  await record(ctx, contract, lines, amended, {
    kind: body.kind,
    reason: () => body.kind,
    effectiveOn: body.effectiveOn,
    note: body.note,
  });
  await afterChange(ctx, { id: params.id, accountId: contract.account_id }, 'contract.amended');
  return get(ctx, params.id);
}

/** Recurring value of a year the day before and on the day itself. */
function difference(lines: readonly Line[], amended: Amended, effectiveOn: string): [number, number] {
  return [yearlyOn(lines, addDays(effectiveOn, -1)), yearlyOn(afterAmendment(lines, amended), effectiveOn)];
}

/** Writes an amendment and its lines; answers the ids of the new lines in their order. */
export async function record(
  ctx: Ctx,
  contract: store.ContractRow,
  lines: readonly Line[],
  amended: Amended,
  what: {
    kind: store.AmendmentRow['kind'];
    reason: (line: Amended['added'][number]) => store.NewLineRow['reason'];
    effectiveOn: string;
    note: string;
    opportunityId?: string;
  },
): Promise<string[]> {
  const owner = { contractId: contract.id, accountId: contract.account_id, currency: contract.currency };
  const amendmentId = newId(ctx.now.getTime());
  const [beforeMinor, afterMinor] = difference(lines, amended, what.effectiveOn);
  await store.insertAmendment(ctx.tx, owner, {
    id: amendmentId,
    kind: what.kind,
    effectiveOn: what.effectiveOn,
    note: what.note,
    beforeMinor,
    afterMinor,
    madeBy: ctx.actor.memberId,
  });
  await store.endLines(ctx.tx, amended.ended);
  const rows = amended.added.map((line, i) => ({
    ...line,
    id: newId(ctx.now.getTime()),
    reason: what.reason(line),
    amendmentId,
    opportunityId: what.opportunityId ?? null,
    position: lines.length + i,
  }));
  await store.insertLines(ctx.tx, ctx.actor.workspaceId, owner, rows);
  return rows.map((r) => r.id);
}
