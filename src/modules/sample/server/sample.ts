// Brings the sample portfolio by the same verbs that people use, in one transaction; takes it away in one step.
import { conflict } from '../../../kernel/contract/problem.ts';
import type { AnswerOf, CallInput, RouteSpec } from '../../../kernel/contract/route.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { ReadyJson } from '../../../kernel/server/ready-json.ts';
import { createAccount } from '../../accounts/api.ts';
import { createAction } from '../../actions/api.ts';
import { createContract } from '../../contracts/api.ts';
import { createConcession, createOffer } from '../../contracts/api-offers.ts';
import { judgeRenewal, updateRenewal } from '../../contracts/api-renewals.ts';
import { createPlan, reviewBlock, saveVersion } from '../../plans/api.ts';
import {
  decide,
  getLibrary,
  getModel,
  scoreAccounts,
  setModel,
  setReadiness,
  takeReview,
} from '../../selection/api.ts';
import { getWorkspace } from '../../settings/api.ts';
import { createPerson } from '../../stakeholders/api.ts';
import { ACCOUNTS, COLLEAGUES, MANAGERS, type SampleAccount } from './content.ts';
import { addDeals } from './deals.ts';
import { addCatalogue, addGrowth, sharesOf } from './growth.ts';
import * as store from './store.ts';

/** Runs another room's verb in this transaction, under the same actor. */
async function verb<S extends RouteSpec>(ctx: Ctx, spec: S, input: CallInput<S>): Promise<AnswerOf<S>> {
  const handler = ctx.services.modules.flatMap((m) => m.routes).find((r) => r.spec.id === spec.id);
  if (!handler) throw new Error(`no room has the verb ${spec.id}`);
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  const call = {
    params,
    query,
    body: spec.body ? spec.body.parse(body ?? {}) : body,
    ifMatch: undefined,
    uploads: [],
    headers: {},
    ip: '',
  };
  const answer: unknown = await handler.run(ctx, call as unknown as Call<RouteSpec>);
  return (answer instanceof ReadyJson ? JSON.parse(answer.text) : answer) as AnswerOf<S>;
}

const later = (today: string, days: number) =>
  new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const item = <T extends object>(rest: T) => ({ id: crypto.randomUUID(), ...rest });

export async function state(ctx: Ctx) {
  const c = await store.counts(ctx.tx);
  return { present: Number(c.all) > 0, accounts: Number(c.accounts), people: Number(c.people) };
}

/**
 * What the account pays, as a contract that was renewed twice and ends on its renewal date; within the last year something was added,
 * and here and there something left. Contracts that end soon are worked on already.
 */
async function addContract(
  ctx: Ctx,
  accountId: string,
  a: SampleAccount,
  products: readonly string[] | undefined,
  currency: string,
  nth: number,
): Promise<void> {
  const endsOn = later(ctx.today, a.renewsIn);
  const began = later(endsOn, -3 * 365);
  const startsOn = a.since > began ? a.since : began;
  const yearly = a.arr * 100_000;
  const line = (
    share: number,
    at: number,
    description: string,
    dates: { startsOn?: string; endsOn?: string } = {},
  ) => ({
    description,
    productId: products?.[at] ?? null,
    quantity: 1,
    unitPriceMinor: Math.round(yearly * share),
    billing: 'year' as const,
    ...dates,
  });
  const sold = sharesOf(nth);
  const shrank = nth % 4 === 2;
  const added = sold.findIndex((share, at) => share > 0 && (at === 1 || at === 2));
  const { renewalId, id } = await verb(ctx, createContract, {
    body: {
      accountId,
      name: 'Framework contract',
      currency,
      startsOn,
      endsOn,
      termMonths: 12,
      noticeDays: 90,
      upliftPercent: 3,
      lines: [
        line(sold[0]!, 0, 'Line control software'),
        line(sold[3]!, 3, 'Support and maintenance'),
        line(
          sold[added]!,
          added,
          'Software for more lines',
          shrank ? {} : { startsOn: later(ctx.today, -(20 + ((nth * 37) % 320))) },
        ),
        ...(shrank
          ? [line(0.09, 4, 'Training of operators', { endsOn: later(ctx.today, -(30 + ((nth * 23) % 260))) })]
          : []),
      ],
    },
  });
  if (!renewalId || a.renewsIn > 200) return;
  const params = { id: renewalId };
  const isNear = a.renewsIn <= 120;
  await verb(ctx, updateRenewal, {
    params,
    body: {
      stage: isNear ? 'negotiating' : 'preparing',
      target: 'renewed_uplift',
      nextStep: isNear ? 'Two offers to the purchasing department' : 'Show what the past year brought',
      nextStepOn: later(ctx.today, 10),
    },
  });
  await verb(ctx, judgeRenewal, {
    params,
    body: {
      likelihood: isNear ? 'watch' : 'on_track',
      note: isNear ? 'Purchasing asks for a discount' : 'The champion is content',
    },
  });
  if (!isNear) return;
  await verb(ctx, createOffer, { params, body: { name: 'Uplift by clause', terms: { upliftPercent: 3 } } });
  await verb(ctx, createOffer, {
    params,
    body: { name: '12 % for three years', terms: { discountPercent: 12, termMonths: 36 } },
  });
  await verb(ctx, createConcession, {
    body: {
      accountId,
      contractId: id,
      renewalId,
      side: 'give',
      what: 'Two days of training without charge',
      kind: 'service',
      value: { amount: 320_000, currency },
      on: later(ctx.today, -30),
    },
  });
}

export async function add(ctx: Ctx) {
  await store.lock(ctx.tx);
  if ((await state(ctx)).present) throw conflict('sample_present', 'The sample portfolio is here already.');
  const ws = ctx.actor.workspaceId;
  const started = ctx.now.toISOString();
  const managers: string[] = [];
  for (const m of MANAGERS)
    managers.push(await store.insertMember(ctx.tx, ws, { ...m, role: 'kam', level: 'account_team' }));
  const [sponsor, delivery] = [
    await store.insertMember(ctx.tx, ws, { ...COLLEAGUES[0], level: 'account_team', capacity: null }),
    await store.insertMember(ctx.tx, ws, { ...COLLEAGUES[1], level: 'account_team', capacity: null }),
  ];
  // All in the workspace's currency, so that every sum can be made without exchange rates.
  const { currency } = await verb(ctx, getWorkspace, {});
  const catalogue = await addCatalogue(ctx, verb, currency);
  const accounts: { id: string; of: SampleAccount }[] = [];
  const [all, people, actions]: [string[], string[], string[]] = [[], [], []];
  for (const a of ACCOUNTS) {
    const owner = managers[a.manager]!;
    const money = (thousands: number) => ({ amount: thousands * 100_000, currency });
    const made = await verb(ctx, createAccount, {
      body: {
        name: a.name,
        industry: a.industry,
        country: a.country,
        city: a.city,
        employees: a.employees,
        arr: money(a.arr),
        potential: money(a.potential),
        customerSince: a.since,
        renewalOn: later(ctx.today, a.renewsIn),
        tier: a.tier,
        status: 'active',
        ownerId: owner,
        sponsorId: a.tier === 'key' ? sponsor! : null,
        tags: ['sample'],
      },
    });
    accounts.push({ id: made.id, of: a });
    all.push(made.id);
    for (const u of a.units ?? []) {
      const unit = await verb(ctx, createAccount, {
        body: {
          name: u.name,
          parentId: made.id,
          industry: a.industry,
          country: u.country,
          city: u.city,
          arr: money(u.arr),
          ownerId: owner,
          tags: ['sample'],
        },
      });
      all.push(unit.id);
      await verb(ctx, createContract, {
        body: {
          accountId: unit.id,
          name: 'Local contract',
          currency,
          startsOn: later(ctx.today, -2 * 365 + accounts.length),
          lines: [
            {
              description: 'Line control software',
              productId: catalogue?.products[0] ?? null,
              quantity: 1,
              unitPriceMinor: u.arr * 100_000,
              billing: 'year',
            },
          ],
        },
      });
    }
    await addContract(ctx, made.id, a, catalogue?.products, currency, accounts.length);
    if (catalogue) await addGrowth(ctx, verb, { id: made.id, of: a }, catalogue, currency, accounts.length);
    await addDeals(ctx, verb, { id: made.id, of: a, ownerId: owner }, currency, accounts.length);
    people.push(...(await addPeople(ctx, made.id, a)));
    if (a.plan)
      actions.push(...(await addPlan(ctx, made.id, a, people.slice(-a.people.length), owner, delivery!, currency)));
  }
  await store.remember(ctx.tx, ws, 'member', [...managers, sponsor!, delivery!]);
  await store.remember(ctx.tx, ws, 'account', all);
  await store.remember(ctx.tx, ws, 'person', people);
  await store.remember(ctx.tx, ws, 'action', actions);
  await choose(ctx, accounts);
  for (const [kind, table] of [
    ['model', 'selection_model'],
    ['review', 'selection_review'],
    ['readiness', 'selection_readiness'],
  ] as const)
    await store.remember(ctx.tx, ws, kind, await store.idsSince(ctx.tx, table, started));
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return state(ctx);
}

async function addPeople(ctx: Ctx, accountId: string, a: SampleAccount): Promise<string[]> {
  const ids: string[] = [];
  for (const [name, title, part, stance, influence, reportsTo] of a.people) {
    const made = await verb(ctx, createPerson, {
      body: {
        name,
        email: `${name
          .toLowerCase()
          .normalize('NFD')
          .replace(/[^a-z ]/g, '')
          .trim()
          .replaceAll(' ', '.')}@${a.name.toLowerCase().replace(/[^a-z]/g, '')}.example`,
        tags: ['sample'],
        accounts: [
          {
            accountId,
            title,
            part: part as 'champion',
            stance,
            influence,
            confirmed: stance !== null,
            coverage: stance === null ? 'none' : 'multiple',
            isPrimary: true,
            ...(reportsTo === undefined ? {} : { reportsToId: ids[reportsTo]! }),
          },
        ],
      },
    });
    ids.push(made.id);
  }
  return ids;
}

async function addPlan(
  ctx: Ctx,
  accountId: string,
  a: SampleAccount,
  people: string[],
  owner: string,
  delivery: string,
  currency: string,
): Promise<string[]> {
  const p = a.plan!;
  const year = Number(ctx.today.slice(0, 4)) + 1;
  const goals = p.goals.map(([text, measure], at) =>
    item({
      text,
      side: 'theirs' as const,
      horizon: (['short', 'mid', 'long'] as const)[at]!,
      measure,
      start: null,
      target: null,
      current: null,
      unit: '',
      ownerId: at === 1 ? delivery : owner,
      dueOn: later(ctx.today, 120 + at * 90),
    }),
  );
  const plan = await verb(ctx, createPlan, {
    body: {
      accountId,
      content: {
        header: {
          renewalOn: later(ctx.today, a.renewsIn),
          upliftPercent: p.uplift,
          outcome: p.outcome,
          summary: p.summary,
        },
        relationships: {
          summary: `We know ${a.people.length} people; ${a.people[0]![0]} decides about money.`,
          couldDerail: a.people.find(([, , , stance]) => stance !== null && stance < 0)?.[0] ?? '',
          people: people.map((personId) => item({ personId, note: '' })),
        },
        business: {
          goals: p.goals.map(([text]) => text).join('; '),
          initiatives: '',
          market: '',
          finances: 'Pays on time.',
          swot: (['strength', 'weakness', 'opportunity', 'threat'] as const).map((kind, at) =>
            item({ kind, text: p.swot[at]! }),
          ),
          competitors: [item({ name: 'In-house team', note: 'Builds small tools' })],
        },
        goals: { wonAndLost: '', growthAreas: p.ideas.map(([text]) => text).join('; '), items: goals },
        strategy: {
          items: p.actions.map((text, at) =>
            item({
              text,
              goalId: goals[at % goals.length]!.id,
              horizon: (['short', 'short', 'mid'] as const)[at] ?? 'mid',
              ownerId: at === 1 ? delivery : owner,
              dueOn: later(ctx.today, 21 + at * 28),
              doneOn: null,
            }),
          ),
        },
        risks: {
          items: p.risks.map(([text, probability, impact, mitigation]) =>
            item({ text, probability, impact, mitigation, ownerId: owner }),
          ),
        },
        milestones: {
          items: p.actions
            .slice(0, 2)
            .map((text, at) =>
              item({ text: `Done: ${text}`, quarter: `${year}-Q${at + 1}`, ownerId: owner, doneOn: null }),
            ),
        },
        expansion: {
          items: p.ideas.map(([text, thousands]) =>
            item({ text, value: { amount: thousands * 100_000, currency }, ownerId: owner, note: '' }),
          ),
        },
      },
    },
  });
  await verb(ctx, reviewBlock, { params: { id: plan.id }, body: { blocks: ['header', 'goals', 'risks', 'strategy'] } });
  await verb(ctx, saveVersion, { params: { id: plan.id }, body: { note: 'First version' } });
  const ids: string[] = [];
  for (const [at, text] of p.actions.entries()) {
    const made = await verb(ctx, createAction, {
      body: {
        title: text,
        accountId,
        ownerId: at === 1 ? delivery : owner,
        dueOn: later(ctx.today, at === 0 ? -3 : at * 14),
        linkKind: 'plan',
        linkId: plan.id,
      },
    });
    ids.push(made.id);
  }
  return ids;
}

/** Two reviews and their decisions, unless the workspace has a model of its own already. */
async function choose(ctx: Ctx, accounts: { id: string; of: SampleAccount }[]): Promise<void> {
  if ((await verb(ctx, getModel, {})).number > 0) return;
  const { criteria } = await verb(ctx, getLibrary, {});
  const pick = (key: string, weight: number) => ({ ...criteria.find((c) => c.key === key)!, weight });
  const byHand = (key: string, weight: number) => ({
    ...pick(key, weight),
    source: { kind: 'manual' as const },
    derivation: null,
  });
  await verb(ctx, setModel, {
    body: {
      number: 0,
      note: 'Sample model',
      criteria: [
        pick('revenue_potential', 30),
        byHand('product_fit', 25),
        byHand('partner_history', 20),
        pick('tenure', 15),
        byHand('solvency', 10),
      ],
    },
  });
  await verb(ctx, scoreAccounts, {
    body: {
      scores: accounts.flatMap(({ id, of }) =>
        (['product_fit', 'partner_history', 'solvency'] as const).map((criterion, at) => ({
          accountId: id,
          criterion,
          score: of.scores[at]!,
          evidence: [
            'Fit workshop with product and delivery',
            'Joint projects in the last three years',
            'Payment record and credit report',
          ][at]!,
        })),
      ),
    },
  });
  await verb(ctx, takeReview, { body: { note: 'First review' } });
  await verb(ctx, takeReview, { body: { note: 'Second review' } });
  await verb(ctx, decide, {
    body: {
      acceptOverCapacity: true,
      items: accounts
        .filter(({ of }) => of.plan || of.tier === 'growth')
        .slice(0, 8)
        .map(({ id, of }) => ({
          accountId: id,
          decision: of.tier === 'key' ? ('hold' as const) : ('watch' as const),
          reason:
            of.tier === 'key'
              ? 'Stays a key account: strong in both reviews.'
              : 'Grows quickly; look again at the next review.',
        })),
    },
  });
  await verb(ctx, setReadiness, {
    body: { answers: { relational: 5, potential: 4, expansion: 4, advantage: 3, backing: 4 } },
  });
}

export async function remove(ctx: Ctx) {
  await store.lock(ctx.tx);
  await store.removeAll(ctx.tx);
  await ctx.emit({ type: 'account.sample_removed' });
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return state(ctx);
}
