/** Two people edit one plan: nothing typed is lost, and only real contradictions are asked about. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACME_MEMBERS, acmeId, acmePlan } from '../../../../test/fixtures/acme.ts';
import { aPlan, withField } from '../../../../test/fixtures/somePlans.ts';
import { BLOCKS, listOf, mergePlans, type Plan, type Risk } from '../rules.ts';

const edit = (change: (plan: Plan) => void): Plan => {
  const plan = structuredClone(acmePlan);
  change(plan);
  return plan;
};
const risk = (number: number): Risk => ({
  id: acmeId(number),
  text: `Risk ${number}`,
  probability: 1,
  impact: 1,
  mitigation: '',
  ownerId: null,
});
const risks = (plan: Plan) => plan.content.risks.items.map(({ id }) => Number(id.slice(-3)));

describe('merging edits', () => {
  it('takes both when they touched different fields, even of the same goal', () => {
    const mine = edit((plan) => {
      plan.content.goals.items[0]!.dueOn = '2027-01-31';
      plan.content.header.outcome = 'Renew for five years';
    });
    const theirs = edit((plan) => {
      plan.content.goals.items[0]!.measure = 'Cost per order, audited';
      plan.content.header.upliftPercent = 12;
    });
    const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(merged.content.goals.items[0]).toMatchObject({ dueOn: '2027-01-31', measure: 'Cost per order, audited' });
    expect(merged.content.header).toMatchObject({ outcome: 'Renew for five years', upliftPercent: 12 });
  });

  it('asks when both changed the same field differently, keeps what is saved and remembers what I typed', () => {
    const mine = edit((plan) => (plan.content.header.renewalOn = '2026-11-01'));
    const theirs = edit((plan) => (plan.content.header.renewalOn = '2026-12-01'));
    const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
    expect(merged.content.header.renewalOn).toBe('2026-12-01');
    expect(conflicts).toEqual([
      {
        kind: 'field',
        block: 'header',
        list: null,
        itemId: null,
        field: 'renewalOn',
        base: '2026-10-15',
        mine: '2026-11-01',
        theirs: '2026-12-01',
      },
    ]);
  });

  it('keeps an item that one removed and the other changed, and asks', () => {
    const changed = edit((plan) => (plan.content.risks.items[0]!.impact = 5));
    const removed = edit((plan) => plan.content.risks.items.splice(0, 1));
    for (const [mine, theirs, removedBy] of [
      [changed, removed, 'theirs'],
      [removed, changed, 'mine'],
    ] as const) {
      const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
      expect(merged.content.risks.items.find(({ id }) => id === acmeId(71))?.impact).toBe(5);
      expect(conflicts).toEqual([{ kind: 'removed', block: 'risks', list: 'items', itemId: acmeId(71), removedBy }]);
    }
  });

  it('drops an item that one removed and the other left alone', () => {
    const removed = edit((plan) => plan.content.risks.items.splice(1, 1));
    const other = edit((plan) => (plan.content.risks.items[0]!.impact = 5));
    expect(risks(mergePlans(acmePlan, removed, other).merged)).toEqual([71, 73]);
    expect(risks(mergePlans(acmePlan, other, removed).merged)).toEqual([71, 73]);
  });

  it('puts what each added beside its neighbour', () => {
    const mine = edit((plan) => plan.content.risks.items.splice(1, 0, risk(75)));
    const theirs = edit((plan) => plan.content.risks.items.push(risk(76)));
    expect(risks(mergePlans(acmePlan, mine, theirs).merged)).toEqual([71, 75, 72, 73, 76]);
  });

  it('keeps my new order when they only changed words', () => {
    const mine = edit((plan) => plan.content.risks.items.reverse());
    const theirs = edit((plan) => {
      plan.content.risks.items[0]!.text = 'Late integrations';
      plan.content.risks.items.push(risk(76));
    });
    const { merged } = mergePlans(acmePlan, mine, theirs);
    expect(risks(merged)).toEqual([73, 76, 72, 71]);
    expect(merged.content.risks.items[3]!.text).toBe('Late integrations');
  });

  it('takes the later of two reviews without asking', () => {
    const mine = edit((plan) => (plan.care.business = { ownerId: ACME_MEMBERS.delivery.id, reviewedOn: '2026-04-02' }));
    const theirs = edit((plan) => (plan.care.business.reviewedOn = '2026-04-01'));
    const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(merged.care.business).toEqual({ ownerId: ACME_MEMBERS.delivery.id, reviewedOn: '2026-04-02' });
  });

  it('gives back the one edit when the other person did nothing, or did the same', () => {
    fc.assert(
      fc.property(aPlan, aPlan, (base, edited) => {
        expect(mergePlans(base, base, edited)).toEqual({ merged: edited, conflicts: [] });
        expect(mergePlans(base, edited, base)).toEqual({ merged: edited, conflicts: [] });
        expect(mergePlans(base, edited, edited)).toEqual({ merged: edited, conflicts: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same contradictions from either side', () => {
    fc.assert(
      fc.property(aPlan, aPlan, aPlan, (base, a, b) => {
        const turn = (side: string) => (side === 'mine' ? 'theirs' : 'mine');
        const flipped = mergePlans(base, b, a).conflicts.map((conflict) =>
          conflict.kind === 'field'
            ? { ...conflict, mine: conflict.theirs, theirs: conflict.mine }
            : { ...conflict, removedBy: turn(conflict.removedBy) },
        );
        const sorted = (list: readonly unknown[]) =>
          list.map((entry) => JSON.stringify(entry, Object.keys(entry as object).sort())).sort();
        expect(sorted(flipped)).toEqual(sorted(mergePlans(base, a, b).conflicts));
      }),
      { numRuns: 300 },
    );
  });

  it('never loses an item that either person added, and never doubles one', () => {
    fc.assert(
      fc.property(aPlan, aPlan, aPlan, (base, mine, theirs) => {
        const { merged } = mergePlans(base, mine, theirs);
        for (const { key, lists } of BLOCKS) {
          for (const list of lists) {
            const ids = (plan: Plan) => listOf(plan.content, key, list.key).map(({ id }) => id);
            const result = ids(merged);
            expect(new Set(result).size).toBe(result.length);
            for (const id of [...ids(mine), ...ids(theirs)]) if (!ids(base).includes(id)) expect(result).toContain(id);
          }
        }
      }),
    );
  });

  it.each(
    BLOCKS.flatMap(({ key, name, fields, lists }) => [
      ...fields.map((field) => [`${field.name} of ${name}`, key, null, field.key] as const),
      ...lists.flatMap((list) =>
        list.fields.map((field) => [`${field.name} of a ${list.item}`, key, list.key, field.key] as const),
      ),
    ]),
  )('carries a change of the %s over', (_, block, list, field) => {
    const mine = withField(acmePlan, block, list, 0, field, 'changed by me');
    const theirs = edit((plan) => (plan.care.header.ownerId = ACME_MEMBERS.sponsor.id));
    const { merged, conflicts } = mergePlans(acmePlan, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(merged.content).toEqual(mine.content);
    expect(merged.care).toEqual(theirs.care);
  });
});
