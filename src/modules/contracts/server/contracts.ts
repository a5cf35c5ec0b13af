// Use cases of contracts and their lines: one verb each. Changes from a day on are in amendments.ts.
import Big from 'big.js';
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { keepRenewalOn, seenAccount } from '../../accounts/server/index.ts';
import type * as api from '../api.ts';
import type { Contract, ContractLine, ContractPage, LineInput } from '../api.ts';
import { keepRenewal } from './keeping.ts';
import { holds } from './policy.ts';
import { addDays, addMonths } from './rules/days.ts';
import { amountOf, isInForce, type Line } from './rules/lines.ts';
import * as store from './store/contracts.ts';
import { workspaceFacts } from './store/settings.ts';

const text = (value: number | null) => (value === null ? null : String(value));
const number = (value: string | null) => (value === null ? null : Number(value));

export const presentContract = (ctx: Ctx, r: store.ContractRow): Contract => ({
  id: r.id,
  accountId: r.account_id,
  accountName: r.account_name,
  ownerId: r.owner_id,
  ownerName: r.owner_name,
  number: r.number,
  name: r.name,
  status: r.status,
  currency: r.currency,
  startsOn: r.starts_on,
  endsOn: r.ends_on,
  termMonths: r.term_months,
  autoRenews: r.auto_renews,
  noticeDays: r.notice_days,
  noticeDeadlineOn: r.notice_deadline_on,
  upliftPercent: number(r.uplift_percent),
  signedOn: r.signed_on,
  notes: r.notes,
  previousId: r.previous_id,
  signatories: r.signatories,
  cancelReason: r.cancel_reason,
  arr: { amount: r.arr_minor, currency: r.currency },
  renewalId: r.renewal_id,
  source: r.source_system && r.source_id ? { system: r.source_system, id: r.source_id } : null,
  version: r.version,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  can: {
    update: holds(ctx.actor, 'contracts.write') && r.status !== 'cancelled',
    decide: holds(ctx.actor, 'contracts.decide'),
  },
});

export const presentLine = (l: store.LineRow, today: string): ContractLine => ({
  id: l.id,
  productId: l.product_id,
  productName: l.product_name,
  description: l.description,
  kind: l.kind,
  quantity: Number(l.quantity),
  unitPrice: { amount: l.unit_price_minor, currency: l.currency },
  discountPercent: Number(l.discount_percent),
  billing: l.billing,
  startsOn: l.starts_on,
  endsOn: l.ends_on,
  amount: { amount: l.amount_minor, currency: l.currency },
  reason: l.reason,
  amendmentId: l.amendment_id,
  replacesId: l.replaces_id,
  opportunityId: l.opportunity_id,
  state: isInForce({ startsOn: l.starts_on, endsOn: l.ends_on }, today)
    ? 'current'
    : l.starts_on > today
      ? 'future'
      : 'past',
  position: l.position,
  version: l.version,
});

export const lineOf = (l: store.LineRow): Line => ({
  id: l.id,
  productId: l.product_id,
  description: l.description,
  kind: l.kind,
  quantity: l.quantity,
  unitPriceMinor: l.unit_price_minor,
  discountPercent: l.discount_percent,
  billing: l.billing,
  startsOn: l.starts_on,
  endsOn: l.ends_on,
  amountMinor: l.amount_minor,
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listContracts>) {
  const { sort, limit, cursor, ...find } = query;
  const scope = `contracts ${sort}`;
  const rows = await store.list(ctx.tx, find, ctx.today, sort, decodeCursor(scope, cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [r.sort_key, r.id]));
  return { items: items.map((r) => presentContract(ctx, r)), nextCursor };
}

export async function seenContract(ctx: Ctx, id: string): Promise<store.ContractRow> {
  const row = await store.contract(ctx.tx, id, ctx.today);
  if (!row) throw notFound('contract');
  return row;
}

export async function get(ctx: Ctx, id: string): Promise<ContractPage> {
  const row = await seenContract(ctx, id);
  const lines = await store.lines(ctx.tx, id);
  const amendments = await store.amendments(ctx.tx, id);
  return {
    ...presentContract(ctx, row),
    lines: lines.map((l) => presentLine(l, ctx.today)),
    amendments: amendments.map((a) => ({
      id: a.id,
      number: a.number,
      kind: a.kind,
      effectiveOn: a.effective_on,
      note: a.note,
      before: { amount: a.before_minor, currency: a.currency },
      after: { amount: a.after_minor, currency: a.currency },
      madeByName: a.made_by_name,
      createdAt: a.created_at,
    })),
  };
}

type Frame = { startsOn: string; endsOn: string | null };

/** Lines as they came, with what the contract says where they are silent; adds to the problems what is wrong with them. */
export async function linesFrom(
  ctx: Ctx,
  frame: Frame,
  inputs: readonly LineInput[],
  field: string,
  problems: FieldError[],
) {
  const products = inputs.flatMap((l) => (l.productId ? [l.productId] : []));
  const known = await store.knownProducts(ctx.tx, products);
  return inputs.map((input, i) => {
    const say = (name: string, message: string) => problems.push({ field: `${field}.${i}.${name}`, message });
    const kind = input.kind ?? (input.billing === 'once' ? 'one_off' : 'recurring');
    const billing = kind === 'one_off' && input.kind !== undefined ? 'once' : input.billing;
    const startsOn = input.startsOn ?? frame.startsOn;
    const endsOn = input.endsOn === undefined ? (kind === 'one_off' ? startsOn : frame.endsOn) : input.endsOn;
    if (kind === 'recurring' && billing === 'once')
      say('billing', 'A recurring line is billed by month, quarter, half-year or year');
    if (input.productId && !known.has(input.productId)) say('productId', 'There is no such product');
    if (endsOn !== null && endsOn < startsOn) say('endsOn', 'A line cannot end before it begins');
    if (!input.productId && !input.description) say('description', 'Choose a product, or say what it is');
    const line = {
      productId: input.productId ?? null,
      description: input.description ?? '',
      kind,
      quantity: new Big(input.quantity).round(6, Big.roundHalfEven).toFixed(),
      unitPriceMinor: input.unitPriceMinor,
      discountPercent: new Big(input.discountPercent).round(4, Big.roundHalfEven).toFixed(),
      billing,
      startsOn,
      endsOn,
    } as const;
    const amountMinor = amountOf(line);
    if (!Number.isSafeInteger(amountMinor)) say('unitPriceMinor', 'This is more money than can be kept exactly');
    return { ...line, amountMinor };
  });
}

async function checkPrevious(
  ctx: Ctx,
  previousId: string | null | undefined,
  self: string | null,
  problems: FieldError[],
) {
  if (!previousId) return;
  if (previousId === self || !(await store.contract(ctx.tx, previousId, ctx.today)))
    problems.push({ field: 'previousId', message: 'There is no such contract' });
}

/** The account shows the end that comes next; an account that never had a contract keeps what was typed. */
export async function keepAccount(ctx: Ctx, accountId: string): Promise<void> {
  const next = await store.nextEnd(ctx.tx, accountId, ctx.today);
  if (!next.has_some) return;
  const account = await seenAccount(ctx.tx, accountId);
  if (account && account.renewalOn !== next.ends_on) await keepRenewalOn(ctx, accountId, next.ends_on);
}

/** After every change of a contract: its renewal, its account, its news. */
export async function afterChange(ctx: Ctx, contract: { id: string; accountId: string }, type: string): Promise<void> {
  await keepRenewal(ctx, contract.id);
  await keepAccount(ctx, contract.accountId);
  await ctx.emit({ type, accountId: contract.accountId, rowId: contract.id });
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createContract>): Promise<ContractPage> {
  const problems: FieldError[] = [];
  if (!(await seenAccount(ctx.tx, body.accountId)))
    problems.push({ field: 'accountId', message: 'There is no such account' });
  const endsOn =
    body.endsOn === undefined && body.termMonths
      ? addDays(addMonths(body.startsOn, body.termMonths), -1)
      : (body.endsOn ?? null);
  if (endsOn !== null && endsOn < body.startsOn)
    problems.push({ field: 'endsOn', message: 'A contract cannot end before it begins' });
  await checkPrevious(ctx, body.previousId, null, problems);
  const lines = await linesFrom(ctx, { startsOn: body.startsOn, endsOn }, body.lines, 'lines', problems);
  if (problems.length) throw invalid(problems);
  const id = newId(ctx.now.getTime());
  const currency = body.currency ?? (await workspaceFacts(ctx.tx)).currency;
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    account_id: body.accountId,
    currency,
    starts_on: body.startsOn,
    ...columnsOf(body),
    name: body.name,
    ends_on: endsOn,
  });
  await store.insertLines(
    ctx.tx,
    ctx.actor.workspaceId,
    { contractId: id, accountId: body.accountId, currency },
    lines.map((l, position) => ({
      ...l,
      id: newId(ctx.now.getTime()),
      replacesId: null,
      reason: 'initial' as const,
      amendmentId: null,
      opportunityId: null,
      position,
    })),
  );
  await afterChange(ctx, { id, accountId: body.accountId }, 'contract.created');
  return get(ctx, id);
}

type Body = Omit<Call<typeof api.updateContract>['body'], 'version'>;
const columnsOf = (b: Body): store.ContractWrite => ({
  ...(b.number !== undefined ? { number: b.number } : {}),
  ...(b.name !== undefined ? { name: b.name } : {}),
  ...(b.status !== undefined ? { status: b.status } : {}),
  ...(b.startsOn !== undefined ? { starts_on: b.startsOn } : {}),
  ...(b.endsOn !== undefined ? { ends_on: b.endsOn } : {}),
  ...(b.termMonths !== undefined ? { term_months: b.termMonths } : {}),
  ...(b.autoRenews !== undefined ? { auto_renews: b.autoRenews } : {}),
  ...(b.noticeDays !== undefined ? { notice_days: b.noticeDays } : {}),
  ...(b.upliftPercent !== undefined ? { uplift_percent: text(b.upliftPercent) } : {}),
  ...(b.signedOn !== undefined ? { signed_on: b.signedOn } : {}),
  ...(b.notes !== undefined ? { notes: b.notes } : {}),
  ...(b.previousId !== undefined ? { previous_id: b.previousId } : {}),
  ...(b.signatories !== undefined ? { signatories: JSON.stringify(b.signatories) } : {}),
});

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.updateContract>,
): Promise<ContractPage> {
  const { version, ...change } = body;
  const before = await seenContract(ctx, params.id);
  if (before.status === 'cancelled') throw conflict('contract_closed', 'This contract is cancelled.');
  const problems: FieldError[] = [];
  const startsOn = change.startsOn ?? before.starts_on;
  const endsOn = change.endsOn === undefined ? before.ends_on : change.endsOn;
  if (endsOn !== null && endsOn < startsOn)
    problems.push({ field: 'endsOn', message: 'A contract cannot end before it begins' });
  if (change.status === 'draft' && before.status !== 'draft')
    problems.push({ field: 'status', message: 'A contract that was in force is no draft again' });
  await checkPrevious(ctx, change.previousId, params.id, problems);
  if (problems.length) throw invalid(problems);
  if (!(await store.update(ctx.tx, params.id, version ?? ifMatch ?? null, columnsOf(change))))
    throw staleVersion('contract', await get(ctx, params.id));
  // Lines that ended with the contract move with its end.
  if (change.endsOn !== undefined && change.endsOn !== before.ends_on)
    await moveLineEnds(ctx, params.id, before.ends_on, change.endsOn);
  await afterChange(ctx, { id: params.id, accountId: before.account_id }, 'contract.changed');
  return get(ctx, params.id);
}

async function moveLineEnds(ctx: Ctx, contractId: string, from: string | null, to: string | null): Promise<void> {
  const lines = (await store.lines(ctx.tx, contractId)).filter(
    (l) => l.kind === 'recurring' && l.ends_on === from && (to === null || l.starts_on <= to),
  );
  for (const l of lines) await store.updateLine(ctx.tx, l.id, null, { ends_on: to });
}

export async function cancel(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.cancelContract>,
): Promise<ContractPage> {
  const before = await seenContract(ctx, params.id);
  if (before.status === 'cancelled' || before.status === 'ended')
    throw conflict('contract_closed', 'This contract is cancelled or has ended.');
  const problems: FieldError[] = [];
  if (body.endsOn < before.starts_on) problems.push({ field: 'endsOn', message: `It begins on ${before.starts_on}` });
  if (before.ends_on !== null && body.endsOn > before.ends_on)
    problems.push({ field: 'endsOn', message: `It ends on ${before.ends_on} anyway` });
  if (problems.length) throw invalid(problems);
  const done = await store.update(ctx.tx, params.id, body.version ?? ifMatch ?? null, {
    status: 'cancelled',
    ends_on: body.endsOn,
    cancel_reason: body.reason,
  });
  if (!done) throw staleVersion('contract', await get(ctx, params.id));
  await endAfter(ctx, before, body.endsOn, { kind: 'cancellation', note: body.reason });
  await afterChange(ctx, { id: params.id, accountId: before.account_id }, 'contract.cancelled');
  return get(ctx, params.id);
}

/** Nothing goes on beyond a day: lines end, those that would begin later never do. Records it as an amendment. */
export async function endAfter(
  ctx: Ctx,
  contract: store.ContractRow,
  lastDay: string,
  record: { kind: store.AmendmentRow['kind']; note: string } | null,
): Promise<void> {
  const lines = await store.lines(ctx.tx, contract.id);
  const sum = (rows: store.LineRow[]) => rows.reduce((n, l) => n + (l.kind === 'recurring' ? l.amount_minor : 0), 0);
  const before = sum(lines.filter((l) => isInForce({ startsOn: l.starts_on, endsOn: l.ends_on }, lastDay)));
  await store.endLines(
    ctx.tx,
    lines
      .filter((l) => l.starts_on <= lastDay && (l.ends_on === null || l.ends_on > lastDay))
      .map((l) => ({ id: l.id, endsOn: lastDay })),
  );
  await store.deleteLines(
    ctx.tx,
    lines.filter((l) => l.starts_on > lastDay).map((l) => l.id),
  );
  if (record)
    await store.insertAmendment(
      ctx.tx,
      { contractId: contract.id, accountId: contract.account_id, currency: contract.currency },
      {
        id: newId(ctx.now.getTime()),
        kind: record.kind,
        effectiveOn: addDays(lastDay, 1),
        note: record.note,
        beforeMinor: before,
        afterMinor: 0,
        madeBy: ctx.actor.memberId,
      },
    );
}

export async function addLines(ctx: Ctx, { params, body }: Call<typeof api.addContractLines>): Promise<ContractPage> {
  const contract = await seenContract(ctx, params.id);
  if (contract.status === 'cancelled') throw conflict('contract_closed', 'This contract is cancelled.');
  await store.lockContract(ctx.tx, params.id);
  const problems: FieldError[] = [];
  const lines = await linesFrom(
    ctx,
    { startsOn: contract.starts_on, endsOn: contract.ends_on },
    body.lines,
    'lines',
    problems,
  );
  if (problems.length) throw invalid(problems);
  const present = await store.lines(ctx.tx, params.id);
  await store.insertLines(
    ctx.tx,
    ctx.actor.workspaceId,
    { contractId: params.id, accountId: contract.account_id, currency: contract.currency },
    lines.map((l, i) => ({
      ...l,
      id: newId(ctx.now.getTime()),
      replacesId: null,
      reason: 'initial' as const,
      amendmentId: null,
      opportunityId: null,
      position: present.length + i,
    })),
  );
  await afterChange(ctx, { id: params.id, accountId: contract.account_id }, 'contract.changed');
  return get(ctx, params.id);
}

async function seenLine(ctx: Ctx, contractId: string, lineId: string) {
  const contract = await seenContract(ctx, contractId);
  await store.lockContract(ctx.tx, contractId);
  const lines = await store.lines(ctx.tx, contractId);
  const line = lines.find((l) => l.id === lineId);
  if (!line) throw notFound('contract line');
  return { contract, lines, line };
}

export async function updateLine(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.updateContractLine>,
): Promise<ContractPage> {
  const { contract, line } = await seenLine(ctx, params.id, params.lineId);
  const { version, ...change } = body;
  const problems: FieldError[] = [];
  const [next] = await linesFrom(
    ctx,
    { startsOn: contract.starts_on, endsOn: contract.ends_on },
    [
      {
        productId: line.product_id,
        description: line.description,
        kind: line.kind,
        quantity: Number(line.quantity),
        unitPriceMinor: line.unit_price_minor,
        discountPercent: Number(line.discount_percent),
        billing: line.billing,
        startsOn: line.starts_on,
        endsOn: line.ends_on,
        ...defined(change),
      },
    ],
    'line',
    problems,
  );
  if (problems.length) throw invalid(problems.map((p) => ({ ...p, field: p.field.replace('line.0.', '') })));
  const { kind: _, ...write } = next!;
  const done = await store.updateLine(ctx.tx, params.lineId, version ?? ifMatch ?? null, {
    product_id: write.productId,
    description: write.description,
    quantity: write.quantity,
    unit_price_minor: write.unitPriceMinor,
    discount_percent: write.discountPercent,
    billing: write.billing,
    starts_on: write.startsOn,
    ends_on: write.endsOn,
    amount_minor: write.amountMinor,
  });
  if (!done) throw staleVersion('line', await get(ctx, params.id));
  await afterChange(ctx, { id: params.id, accountId: contract.account_id }, 'contract.changed');
  return get(ctx, params.id);
}

const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export async function removeLine(ctx: Ctx, { params }: Call<typeof api.removeContractLine>): Promise<ContractPage> {
  const { contract, lines, line } = await seenLine(ctx, params.id, params.lineId);
  if (line.amendment_id || lines.some((l) => l.replaces_id === line.id))
    throw conflict('line_in_history', 'An amendment made or replaced this line. Amend the contract instead.');
  await store.deleteLines(ctx.tx, [line.id]);
  await afterChange(ctx, { id: params.id, accountId: contract.account_id }, 'contract.changed');
  return get(ctx, params.id);
}
