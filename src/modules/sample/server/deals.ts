// Opportunities of the sample accounts: some early, some nearly signed, one or two put off, so that board and forecast have something to show.
import type { AnswerOf, CallInput, RouteSpec } from '../../../kernel/contract/route.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { createOpportunity, listStages, updateOpportunity } from '../../pipeline/api.ts';
import type { SampleAccount } from './content.ts';

type Verb = <S extends RouteSpec>(ctx: Ctx, spec: S, input: CallInput<S>) => Promise<AnswerOf<S>>;

const later = (today: string, days: number) =>
  new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const NEXT_STEPS = [
  'Offer to the head of production',
  'Visit to the plant with our engineers',
  'Answer the questions of their security team',
  'Second meeting with purchasing',
];

export async function addDeals(
  ctx: Ctx,
  verb: Verb,
  account: { id: string; of: SampleAccount; ownerId: string },
  currency: string,
  nth: number,
): Promise<void> {
  const { of: a } = account;
  const open = (await verb(ctx, listStages, {})).items.filter((s) => s.outcome === 'open');
  const ideas: [string, number][] = a.plan?.ideas.length
    ? a.plan.ideas
    : [[`More lines in ${a.city}`, Math.max(20, Math.round((a.potential - a.arr) / 4))]];
  const deals = [
    ...ideas.slice(0, 2).map(([name, thousands], i) => ({
      name,
      type: i === 0 ? ('cross_sell' as const) : ('upsell' as const),
      thousands,
    })),
    ...(a.units?.length
      ? [{ name: `Roll-out to ${a.units[0]!.name}`, type: 'new_unit' as const, thousands: Math.round(a.arr / 3) }]
      : []),
    ...(a.renewsIn <= 200
      ? [{ name: 'Renewal of the framework contract', type: 'renewal' as const, thousands: a.arr }]
      : []),
  ];
  for (const [i, d] of deals.entries()) {
    const stage = open[(nth + i * 2) % open.length]!;
    const made = await verb(ctx, createOpportunity, {
      body: {
        name: d.name,
        accountId: account.id,
        type: d.type,
        ownerId: account.ownerId,
        amount: { amount: Math.max(1, d.thousands) * 100_000, currency },
        closesOn: later(
          ctx.today,
          d.type === 'renewal' ? Math.max(5, a.renewsIn - 30) : 12 + ((nth * 17 + i * 29) % 110),
        ),
        stageId: stage.id,
        nextStep: NEXT_STEPS[(nth + i) % NEXT_STEPS.length]!,
        nextStepOn: later(ctx.today, 3 + ((nth + i) % 9)),
      },
    });
    // Now and then a person knows more than the stage, or the day has slipped.
    if ((nth + i) % 4 === 1)
      await verb(ctx, updateOpportunity, {
        params: { id: made.id },
        body: { category: 'commit', closesOn: later(made.closesOn, 14) },
      });
  }
}
