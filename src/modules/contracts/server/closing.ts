// A won deal becomes contract lines: of the contract that was chosen, or of a new one.
import { newId } from '../../../kernel/contract/ids.ts';
import { type FieldError, invalid } from '../../../kernel/contract/problem.ts';
import type { Deal, DealCloser, DealContracts } from '../../../kernel/server/closing.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { record } from './amendments.ts';
import { afterChange, lineOf, linesFrom, seenContract } from './contracts.ts';
import { monthsOf } from './rules/days.ts';
import * as store from './store/contracts.ts';

export const closeDeal: DealCloser = async (ctx, deal) => {
  const made = await store.linesOfOpportunity(ctx.tx, deal.opportunityId);
  const first = made[0];
  if (first) return { contractId: first.contract_id, lineIds: made.map((l) => l.id) };
  const contract = deal.contractId ? await takerOf(ctx, deal, deal.contractId) : await newContract(ctx, deal);
  const problems: FieldError[] = [];
  const lines = await linesFrom(
    ctx,
    { startsOn: contract.starts_on, endsOn: contract.ends_on },
    deal.lines.map((l) => ({ ...l, description: l.description || deal.name })),
    'lines',
    problems,
  );
  if (problems.length) throw invalid(problems);
  const before = (await store.lines(ctx.tx, contract.id)).map(lineOf);
  const effectiveOn = deal.lines.reduce(
    (day, l) => (l.startsOn < day ? l.startsOn : day),
    deal.lines[0]?.startsOn ?? ctx.today,
  );
  const lineIds = await record(
    ctx,
    contract,
    before,
    { ended: [], added: lines.map((l) => ({ ...l, replacesId: null })), problems: [] },
    { kind: 'won', reason: () => 'won', effectiveOn, note: deal.name, opportunityId: deal.opportunityId },
  );
  await afterChange(
    ctx,
    { id: contract.id, accountId: deal.accountId },
    deal.contractId ? 'contract.amended' : 'contract.created',
  );
  return { contractId: contract.id, lineIds };
};

async function takerOf(ctx: Ctx, deal: Deal, contractId: string): Promise<store.ContractRow> {
  const contract = await store.contract(ctx.tx, contractId, ctx.today);
  const wrong = (message: string) => invalid({ field: 'contractId', message });
  if (!contract || contract.account_id !== deal.accountId) throw wrong('There is no such contract of this account');
  if (contract.currency !== deal.currency)
    throw wrong(`This contract is in ${contract.currency}, the deal in ${deal.currency}`);
  if (contract.status === 'cancelled' || contract.status === 'ended') throw wrong('This contract has ended');
  await store.lockContract(ctx.tx, contractId);
  return contract;
}

async function newContract(ctx: Ctx, deal: Deal): Promise<store.ContractRow> {
  if (!(await seenAccount(ctx.tx, deal.accountId)))
    throw invalid({ field: 'accountId', message: 'There is no such account' });
  const recurring = deal.lines.filter((l) => l.kind === 'recurring');
  const span = recurring.length ? recurring : deal.lines;
  const startsOn = span.reduce((day, l) => (l.startsOn < day ? l.startsOn : day), span[0]?.startsOn ?? ctx.today);
  // It ends with its last line; a line without an end leaves the contract open.
  const endsOn = span.some((l) => l.endsOn === null)
    ? null
    : span.reduce<string | null>((day, l) => (day === null || l.endsOn! > day ? l.endsOn : day), null);
  const id = newId(ctx.now.getTime());
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    account_id: deal.accountId,
    name: deal.name.slice(0, 300),
    currency: deal.currency,
    starts_on: startsOn,
    ends_on: endsOn,
    term_months: monthsOf(startsOn, endsOn),
    signed_on: ctx.today,
  });
  return seenContract(ctx, id);
}

export const contractsForDeal: DealContracts = async (ctx, { accountId, currency }) => {
  const rows = await store.list(
    ctx.tx,
    { accountId: [accountId], status: ['draft', 'active'] },
    ctx.today,
    '-ends',
    null,
    100,
  );
  return rows
    .filter((c) => c.currency === currency)
    .map((c) => ({ id: c.id, name: c.name, startsOn: c.starts_on, endsOn: c.ends_on }));
};
