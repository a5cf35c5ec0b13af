// The arithmetic of contracts under fixed days: values, deadlines, amendments, judgements, scenarios, limits.
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approversOf, stepsFor } from './approvals.ts';
import { addDays, checkpointDue, daysBetween, monthsOf, nextTermEnd, noticeDeadline, quarterOf } from './days.ts';
import { afterAmendment, amend, amountOf, discountAsked, type Line, renewLines, yearlyOn } from './lines.ts';
import { byCount, byValue, calibration, type Due, timing } from './measures.ts';
import { bounded, brier, type Facts, isMissed, mayAnswer, systemView } from './renewals.ts';
import { effectOf, expectedYears, FLAT, retention, type World } from './scenarios.ts';

const line = (more: Partial<Line> = {}): Line => {
  const l = {
    id: 'a',
    productId: null,
    description: 'Seats',
    kind: 'recurring' as const,
    quantity: '10',
    unitPriceMinor: 1000,
    discountPercent: '0',
    billing: 'month' as const,
    startsOn: '2026-01-01',
    endsOn: '2026-12-31' as string | null,
    ...more,
  };
  return { ...l, amountMinor: more.amountMinor ?? amountOf(l) };
};

describe('deadlines', () => {
  it('count calendar days back from the last day, over leap days and month ends', () => {
    expect(noticeDeadline('2026-12-31', 90)).toBe('2026-10-02');
    expect(noticeDeadline('2028-03-01', 1)).toBe('2028-02-29');
    expect(noticeDeadline('2027-03-01', 1)).toBe('2027-02-28');
    expect(noticeDeadline('2024-02-29', 0)).toBe('2024-02-29');
    expect(noticeDeadline(null, 90)).toBeNull();
    expect(noticeDeadline('2026-12-31', null)).toBeNull();
  });

  it('of checkpoints fall on the same day of the month, or its last', () => {
    expect(checkpointDue('six_months', '2026-08-31')).toBe('2026-02-28');
    expect(checkpointDue('three_months', '2024-05-31')).toBe('2024-02-29');
    expect(checkpointDue('three_months', '2026-12-15')).toBe('2026-09-15');
  });

  it('of the next term keep month ends and leap days', () => {
    expect(nextTermEnd('2026-12-31', 12)).toBe('2027-12-31');
    expect(nextTermEnd('2027-02-28', 12)).toBe('2028-02-29');
    expect(nextTermEnd('2024-02-29', 12)).toBe('2025-02-28');
    expect(nextTermEnd('2026-01-31', 1)).toBe('2026-02-28');
    expect(nextTermEnd('2026-06-14', 36)).toBe('2029-06-14');
  });

  it('a term of n months is n months long, wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 60 }),
        (from, months) => {
          const end = from.toISOString().slice(0, 10);
          const next = nextTermEnd(end, months);
          expect(daysBetween(end, next)).toBeGreaterThanOrEqual(28 * months);
          expect(monthsOf(addDays(end, 1), next)).toBe(months);
        },
      ),
    );
  });

  it('quarters begin with the balance of the day before, in any fiscal year', () => {
    expect(quarterOf('2027-01-01', 1)).toEqual({ from: '2026-12-31', first: '2027-01-01', to: '2027-03-31' });
    expect(quarterOf('2027-01-31', 2)).toEqual({ from: '2026-10-31', first: '2026-11-01', to: '2027-01-31' });
    expect(quarterOf('2028-02-29', 4)).toEqual({ from: '2027-12-31', first: '2028-01-01', to: '2028-03-31' });
    expect(quarterOf('2026-11-22', 12)).toEqual({ from: '2026-08-31', first: '2026-09-01', to: '2026-11-30' });
  });
});

describe('the value of a line', () => {
  it('is that of a year, whatever the billing; of one-off lines the whole', () => {
    expect(amountOf(line({ billing: 'month' }))).toBe(120_000);
    expect(amountOf(line({ billing: 'quarter' }))).toBe(40_000);
    expect(amountOf(line({ billing: 'half_year' }))).toBe(20_000);
    expect(amountOf(line({ billing: 'year' }))).toBe(10_000);
    expect(amountOf(line({ billing: 'once', kind: 'one_off' }))).toBe(10_000);
  });

  it('is rounded once, half to even, after the discount', () => {
    expect(amountOf(line({ quantity: '1', unitPriceMinor: 1, billing: 'year', discountPercent: '50' }))).toBe(0);
    expect(amountOf(line({ quantity: '3', unitPriceMinor: 1, billing: 'year', discountPercent: '50' }))).toBe(2);
    expect(amountOf(line({ quantity: '2.5', unitPriceMinor: 3333, discountPercent: '12.5' }))).toBe(87_491);
  });

  it('does not change when a line is split in two', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.nat(),
        (quantity, price, cut) => {
          const first = 1 + (cut % (quantity - 1));
          const part = (q: number) => amountOf(line({ quantity: String(q), unitPriceMinor: price }));
          expect(part(first) + part(quantity - first)).toBe(part(quantity));
        },
      ),
    );
  });
});

describe('amendments', () => {
  const lines = [
    line(),
    line({ id: 'b', quantity: '5', endsOn: '2026-06-30' }),
    line({ id: 'c', billing: 'once', kind: 'one_off' }),
  ];

  it('an upgrade ends the line the day before and begins another from the day on', () => {
    const { ended, added, problems } = amend(lines, '2026-04-01', [{ lineId: 'a', quantity: 15 }], []);
    expect(problems).toEqual([]);
    expect(ended).toEqual([{ id: 'a', endsOn: '2026-03-31' }]);
    expect(added).toMatchObject([
      { replacesId: 'a', quantity: '15', startsOn: '2026-04-01', endsOn: '2026-12-31', amountMinor: 180_000 },
    ]);
  });

  it('co-terming moves the end and nothing else', () => {
    const { added } = amend(lines, '2026-05-01', [{ lineId: 'b', endsOn: '2026-12-31' }], []);
    expect(added).toMatchObject([{ replacesId: 'b', quantity: '5', startsOn: '2026-05-01', endsOn: '2026-12-31' }]);
  });

  it('names what cannot be: an unknown line, one that begins later, one that ended, a one-off one, one changed twice', () => {
    const wrong = [{ lineId: 'x' }, { lineId: 'a' }, { lineId: 'a' }, { lineId: 'b' }, { lineId: 'c' }];
    const early = amend(lines, '2026-01-01', wrong, []).problems.map((p) => p.field);
    expect(early).toEqual([
      'changes.0.lineId',
      'changes.1.lineId',
      'changes.2.lineId',
      'changes.3.lineId',
      'changes.4.lineId',
    ]);
    expect(amend(lines, '2026-09-01', [{ lineId: 'b', quantity: 1 }], []).problems[0]?.message).toContain(
      'ended on 2026-06-30',
    );
  });

  it('never touch what was in force before their day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ quantity: fc.integer({ min: 0, max: 50 }), price: fc.integer({ min: 0, max: 10_000 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 1, max: 360 }),
        fc.integer({ min: 0, max: 400 }),
        (changes, day, probe) => {
          const all = changes.map((_, i) => line({ id: String(i), endsOn: i % 2 ? null : '2026-12-31' }));
          const effectiveOn = addDays('2026-01-01', day);
          const amended = amend(
            all,
            effectiveOn,
            changes.map((c, i) => ({ lineId: String(i), quantity: c.quantity, unitPriceMinor: c.price })),
            [],
          );
          const on = addDays('2026-01-01', probe);
          const after = yearlyOn(afterAmendment(all, amended), on);
          if (on < effectiveOn) expect(after).toBe(yearlyOn(all, on));
          else if (on <= '2026-12-31') expect(after).toBe(changes.reduce((n, c) => n + c.quantity * c.price * 12, 0));
        },
      ),
    );
  });
});

describe('the next term', () => {
  const terms = { ...FLAT, upliftPercent: 5, termMonths: 12 };
  it('takes the place of every line in force on the last day, at the rise', () => {
    const next = renewLines(
      [line(), line({ id: 'old', endsOn: '2026-03-31' }), line({ id: 'open', endsOn: null })],
      '2026-12-31',
      terms,
      '2027-12-31',
    );
    expect(next.map((l) => [l.replacesId, l.startsOn, l.endsOn, l.unitPriceMinor, l.amountMinor])).toEqual([
      ['a', '2027-01-01', '2027-12-31', 1050, 126_000],
      ['open', '2027-01-01', '2027-12-31', 1050, 126_000],
    ]);
  });

  it('puts a discount on top of the one that a line has', () => {
    const [next] = renewLines([line({ discountPercent: '10' })], '2026-12-31', { ...FLAT, discountPercent: 12 }, null);
    expect([next?.discountPercent, next?.amountMinor]).toEqual(['20.8', 95_040]);
  });

  it('leaves out lines with quantity 0 and adds the bundle', () => {
    const bundle = [
      {
        productId: null,
        description: 'Support',
        kind: 'recurring' as const,
        quantity: '1',
        unitPriceMinor: 500,
        discountPercent: '0',
        billing: 'month' as const,
      },
    ];
    const next = renewLines(
      [line()],
      '2026-12-31',
      { ...FLAT, quantities: [{ lineId: 'a', quantity: 0 }], bundle },
      '2027-12-31',
    );
    expect(next).toMatchObject([{ replacesId: null, description: 'Support', amountMinor: 6000, endsOn: '2027-12-31' }]);
  });
});

describe('the discount that an offer asks for', () => {
  const asked = (upliftPercent: number, discountPercent: number, bundled?: string) =>
    discountAsked({
      upliftPercent,
      discountPercent,
      bundle: bundled
        ? [
            {
              productId: null,
              description: 'x',
              kind: 'recurring',
              quantity: '1',
              unitPriceMinor: 1,
              discountPercent: bundled,
              billing: 'month',
            },
          ]
        : [],
    });
  it('is not hidden by a rise, and a negative rise is one', () => {
    expect(asked(0, 12)).toBe(12);
    expect(asked(20, 12)).toBe(12);
    expect(asked(-8, 0)).toBe(8);
    expect(asked(-10, 10)).toBe(19);
    expect(asked(5, 0)).toBe(0);
    expect(asked(0, 3, '40')).toBe(40);
  });
});

describe('limits', () => {
  it('ask a head above one’s own, and finance above the head’s', () => {
    expect(stepsFor(5, 'kam', {})).toEqual([]);
    expect(stepsFor(5.0001, 'kam', {})).toEqual(['head']);
    expect(stepsFor(12, 'kam', {})).toEqual(['head', 'finance']);
    expect(stepsFor(12, 'head', {})).toEqual(['finance']);
    expect(stepsFor(10, 'head', {})).toEqual([]);
    expect(stepsFor(12, 'kam', { kam: 15 })).toEqual([]);
    expect(stepsFor(1, 'partner', {})).toEqual(['head']);
  });

  it('are decided by those named, else by heads and admins, never by who asked', () => {
    const members = [
      { id: 'admin', role: 'admin' as const },
      { id: 'head', role: 'head' as const },
      { id: 'kam', role: 'kam' as const },
      { id: 'partner', role: 'partner' as const },
    ];
    expect(approversOf('head', [], members, 'kam')).toEqual(['head']);
    expect(approversOf('finance', ['partner'], members, 'kam')).toEqual(['partner']);
    expect(approversOf('finance', [], members, 'kam')).toEqual(['admin']);
    expect(approversOf('head', ['kam'], members, 'kam')).toEqual(['head']);
    expect(approversOf('finance', [], members.slice(0, 1), 'admin')).toEqual([]);
  });
});

describe('what the system thinks of a renewal', () => {
  const facts = (more: Partial<Facts> = {}): Facts => ({
    today: '2026-06-01',
    dueOn: '2027-05-31',
    noticeDeadlineOn: '2027-03-02',
    autoRenews: false,
    stage: 'not_started',
    pushes: 0,
    discountAsked: 0,
    answered: [],
    shrunkPercent: 0,
    ...more,
  });
  it('is on track while nothing speaks against it, and says why where something does', () => {
    expect(systemView(facts())).toEqual({ likelihood: 'on_track', probability: 95, reasons: [] });
    const late = systemView(facts({ today: '2027-02-20', pushes: 2, discountAsked: 12, answered: ['six_months'] }));
    expect(late.likelihood).toBe('at_risk');
    expect(late.reasons.map((r) => r.code)).toEqual(['notice_near', 'pushed', 'discount']);
    expect(late.reasons[0]?.text).toBe('No decision, and the notice deadline is in 10 days');
    expect(systemView(facts({ today: '2027-06-10' }))).toMatchObject({ likelihood: 'at_risk', probability: 45 });
    expect(systemView(facts({ today: '2027-05-01', pushes: 3, stage: 'negotiating' }))).toMatchObject({
      likelihood: 'critical',
      probability: 15,
    });
  });
  it('takes notice that was not given for good where a contract renews by itself', () => {
    expect(
      systemView(
        facts({ today: '2027-03-10', autoRenews: true, stage: 'proposed', answered: ['six_months', 'three_months'] }),
      ),
    ).toMatchObject({ likelihood: 'on_track' });
    expect(
      systemView(facts({ today: '2027-03-10', stage: 'proposed', answered: ['six_months', 'three_months'] })),
    ).toMatchObject({ likelihood: 'watch' });
  });
  it('counts a missed checkpoint once, and that of six months no more when the next has come', () => {
    expect(isMissed('six_months', '2026-12-31', '2026-06-30', [])).toBe(false);
    expect(isMissed('six_months', '2026-12-31', '2026-07-01', [])).toBe(true);
    expect(isMissed('six_months', '2026-12-31', '2026-10-01', [])).toBe(false);
    expect(isMissed('three_months', '2026-12-31', '2026-10-01', [])).toBe(true);
    expect(isMissed('three_months', '2026-12-31', '2026-10-01', ['three_months'])).toBe(false);
  });
  it('is never certain', () => {
    expect([bounded(0), bounded(50), bounded(100)]).toEqual([5, 50, 98]);
  });
  it('watching is an answer at six months, and none at three', () => {
    expect([
      mayAnswer('six_months', 'monitor'),
      mayAnswer('three_months', 'monitor'),
      mayAnswer('three_months', 'exit'),
    ]).toEqual([true, false, true]);
  });
});

describe('scenarios', () => {
  const world = (more: Partial<World> = {}): World => ({
    lines: [line({ productId: 'p', quantity: '100', unitPriceMinor: 1000 })], // 1,200,000 a year
    dueOn: '2026-12-31',
    costs: new Map([['p', { share: '0.4' }]]),
    assumedCostPercent: '30',
    grr: '0.9',
    defaultTermMonths: 12,
    base: { start: '2200000', otherEnd: '1000000', otherKept: '900000', accountStart: '1200000', accountOtherEnd: '0' },
    rate: '1',
    ...more,
  });
  it('a discount comes wholly out of the margin, and out of NRR and GRR of the quarter', () => {
    const before = effectOf(world(), FLAT);
    expect(before).toMatchObject({
      arrMinor: 1_200_000,
      marginMinor: 720_000,
      marginShare: '0.600000',
      lifetimeMinor: 7_200_000,
      nrr: '1.000000',
      grr: '0.954545',
    });
    const after = effectOf(world(), { ...FLAT, discountPercent: 12 });
    expect(after).toMatchObject({
      arrMinor: 1_056_000,
      marginMinor: 576_000,
      marginShare: '0.545455',
      lifetimeMinor: 5_760_000,
      nrr: '0.934545',
      grr: '0.889091',
    });
  });
  it('a rise moves NRR and never GRR', () => {
    const after = effectOf(world(), { ...FLAT, upliftPercent: 10 });
    expect(after).toMatchObject({ arrMinor: 1_320_000, marginMinor: 840_000, nrr: '1.054545', grr: '0.954545' });
  });
  it('a longer term lasts longer: it is certain, and then goes on as retention says', () => {
    expect(expectedYears(12, '0.9').toFixed(2)).toBe('10.00');
    expect(expectedYears(36, '0.9').toFixed(2)).toBe('12.00');
    expect(expectedYears(12, '1').toFixed(0)).toBe('20');
    expect(expectedYears(12, '0').toFixed(0)).toBe('1');
  });
  it('a bundle brings value and its own cost; without a known cost the assumption counts', () => {
    const bundle = [
      {
        productId: 'q',
        description: '',
        kind: 'recurring' as const,
        quantity: '10',
        unitPriceMinor: 1000,
        discountPercent: '50',
        billing: 'month' as const,
      },
    ];
    const after = effectOf(world(), { ...FLAT, bundle });
    expect(after).toMatchObject({ arrMinor: 1_260_000, marginMinor: 720_000 + 60_000 - 36_000 });
    const perUnit = effectOf(world({ costs: new Map([['p', { perUnitMonthMinor: '250' }]]) }), FLAT);
    expect(perUnit.marginMinor).toBe(1_200_000 - 300_000);
  });
  it('without anything to start with there is no retention', () => {
    expect(
      effectOf(
        world({ base: { start: '0', otherEnd: '0', otherKept: '0', accountStart: '0', accountOtherEnd: '0' } }),
        FLAT,
      ),
    ).toMatchObject({ nrr: null, grr: null });
    expect(effectOf(world({ rate: null }), FLAT)).toMatchObject({ nrr: null, grr: null });
  });
  it('GRR is at most 1 and at most NRR, whatever is offered', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (otherStart, otherEnd, start, elsewhere, value) => {
        const kept = Math.min(otherStart, otherEnd);
        const r = retention(
          {
            start: String(otherStart + start),
            otherEnd: String(otherEnd),
            otherKept: String(kept),
            accountStart: String(start),
            accountOtherEnd: String(elsewhere),
          },
          new Big(value),
        );
        if (otherStart + start === 0) expect(r).toEqual({ nrr: null, grr: null });
        else {
          expect(Number(r.grr)).toBeLessThanOrEqual(1);
          expect(Number(r.grr)).toBeLessThanOrEqual(Number(r.nrr) + 1e-6);
        }
      }),
    );
  });
});

describe('figures of renewals', () => {
  const due = (more: Partial<Due>): Due => ({
    dueOn: '2026-06-30',
    due: 100,
    renewed: 100,
    isRenewed: true,
    isDecided: true,
    signedOn: '2026-06-20',
    probability: 95,
    ...more,
  });
  const rows = [
    due({}),
    due({ due: 200, renewed: 240, signedOn: '2026-07-04' }),
    due({ due: 50, renewed: 0, isRenewed: false, signedOn: null, probability: 15 }),
    due({ due: 150, renewed: 0, isRenewed: false, isDecided: false, signedOn: null, probability: 75 }),
  ];
  it('by value: gross is capped, net has the rises; open ones that are over count as not renewed', () => {
    expect(byValue(rows)).toEqual({
      gross: '0.600000',
      net: '0.680000',
      due: 500,
      kept: 300,
      renewed: 340,
      lost: 200,
      open: 150,
    });
    expect(byValue([]).gross).toBeNull();
  });
  it('by count, and by timing', () => {
    expect(byCount(rows)).toEqual({ value: '0.500000', due: 4, renewed: 2, lost: 1 });
    expect(timing(rows)).toEqual({ median: -3, onTimeShare: '0.500000', count: 2 });
    expect(timing([]).median).toBeNull();
  });
  it('are calibrated by the Brier score', () => {
    expect(
      brier([
        { probability: 95, renewed: true },
        { probability: 15, renewed: false },
      ]),
    ).toBe(0.0125);
    expect(brier([])).toBeNull();
    expect(calibration(rows)).toEqual({ value: '0.009167', count: 3, renewed: 2, meanProbability: '0.683333' });
  });
});
