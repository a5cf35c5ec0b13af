import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFilters, operatorsFor } from '../../../ui/filters.ts';
import { filterShape, SORTS } from '../api.ts';
import { accountFilterFields } from './columns.tsx';
import {
  apiFilter,
  colsParam,
  gridSort,
  layoutOf,
  renewingBetween,
  sameView,
  sortOf,
  sortParam,
  viewState,
} from './portfolioState.ts';

const context = { today: '2026-11-22', currency: 'EUR' };
const ME = '01a20139-d224-77ea-acaa-c71be2e576af';
const fields = accountFilterFields({
  facets: { tiers: [], industries: ['Energy'], countries: ['DE'], types: [], tags: ['reference'] },
  tiers: ['Key', 'Strategic'],
  custom: [
    { key: 'region_lead', label: 'Region lead', type: 'text', choices: [] },
    { key: 'segment', label: 'Segment', type: 'choice', choices: ['A', 'B, large'] },
    { key: 'budget', label: 'Budget', type: 'money', choices: [] },
    { key: 'seats', label: 'Seats', type: 'number', choices: [] },
    { key: 'signed', label: 'Signed', type: 'date', choices: [] },
    { key: 'pilot', label: 'Pilot', type: 'boolean', choices: [] },
  ],
  currency: 'EUR',
  members: [{ id: ME, name: 'Me' }],
});
const query = (f: string, more: Record<string, string> = {}) => apiFilter({ f, ...more }, fields, context);

describe('filters of the portfolio', () => {
  it('become the words of the API, amounts in minor units, days counted from today', () => {
    expect(query('tier.isAnyOf.Key,Strategic;ownerId.isEmpty.;arr.atLeast.1500', { q: ' oil ' })).toEqual({
      q: 'oil',
      tier: ['Key', 'Strategic'],
      ownerId: ['none'],
      arrMin: 150_000,
    });
    expect(query('renewalOn.inNextDays.90')).toEqual({ renewalFrom: '2026-11-22', renewalTo: '2027-02-20' });
    expect(query('renewalOn.before.2027-01-01')).toEqual({ renewalTo: '2026-12-31' });
    expect(query('customerSince.after.2020-02-28')).toEqual({ customerSinceFrom: '2020-02-29' });
    expect(query('arr.between.1,2')).toEqual({ arrMin: 100, arrMax: 200 });
    expect(query('', { import: ME })).toEqual({ importId: ME });
    expect(query('', { import: 'x' })).toEqual({});
  });

  it('narrow each other when two speak of the same dates', () => {
    expect(query('renewalOn.after.2026-12-31;renewalOn.inNextDays.90')).toEqual({
      renewalFrom: '2027-01-01',
      renewalTo: '2027-02-20',
    });
    expect(renewingBetween({ renewalFrom: '2027-01-01' }, '2026-11-22', '2027-02-20')).toEqual({
      renewalFrom: '2027-01-01',
      renewalTo: '2027-02-20',
    });
  });

  it('reach custom fields of every type', () => {
    expect(query('custom%2Eregion_lead.contains.ann').custom).toEqual(['region_lead:has:ann']);
    expect(query('custom%2Esegment.isAnyOf.A,B%2C large').custom).toEqual(['segment:any:["A","B, large"]']);
    expect(query('custom%2Ebudget.atLeast.10').custom).toEqual(['budget:gte:1000']);
    expect(query('custom%2Eseats.between.5,10').custom).toEqual(['seats:gte:5', 'seats:lte:10']);
    expect(query('custom%2Esigned.is.2026-01-02').custom).toEqual(['signed:gte:2026-01-02', 'signed:lte:2026-01-02']);
    expect(query('custom%2Epilot.is.true').custom).toEqual(['pilot:eq:true']);
    expect(query('custom%2Eseats.isEmpty.').custom).toEqual(['seats:unset']);
  });

  it('are always something that the list accepts, whatever the address says', () => {
    const value = fc.oneof(
      fc.constantFrom(
        'Key',
        'DE',
        ME,
        '5',
        '-0.5',
        '2026-01-02',
        '2026-02-31',
        '2026-99-99',
        'true',
        'active',
        'Infinity',
        '1e400',
      ),
      fc.string({ maxLength: 300 }),
    );
    const filter = fc.constantFrom(...fields).chain((field) =>
      fc.record({
        field: fc.constant(field.id),
        operator: fc.constantFrom(...operatorsFor(field)),
        values: fc.array(value, { minLength: 1, maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 4 }), fc.string({ maxLength: 300 }), (filters, q) => {
        const text = filters
          .map((f) => encodeFilters([f]) || `${f.field}.${f.operator}.${f.values.join(',')}`)
          .join(';');
        const answer = filterShape.safeParse(
          Object.fromEntries(
            Object.entries(query(text, { q })).map(([k, v]) => [k, typeof v === 'boolean' ? String(v) : v]),
          ),
        );
        // An address may hold nonsense; it must never break the page.
        expect(answer.error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('sort, columns and views in the address', () => {
  it('come back as they went in', () => {
    for (const sort of SORTS) {
      expect(sortParam(gridSort(sort))).toBe(sort);
      expect(sortOf({ sort })).toBe(sort);
    }
    expect(sortOf({ sort: 'nonsense' })).toBe('-arr');
    const columns = [{ id: 'name' }, { id: 'a' }, { id: 'b', isHidden: true }, { id: 'c' }];
    const usual = layoutOf({}, columns, {});
    expect(colsParam(usual, columns)).toBeUndefined();
    const chosen = layoutOf({ cols: 'b,c,gone' }, columns, { b: 200 });
    expect(chosen).toEqual({ order: ['b', 'c', 'a'], hidden: ['a'], widths: { b: 200 } });
    expect(colsParam(chosen, columns)).toBe('b,c');
  });

  it('tell a view from a changed view by what the view keeps', () => {
    const kept = viewState({ f: 'tier.isAnyOf.Key', sort: 'name', v: 'x', tab: 'other' });
    expect(kept).toEqual({ f: 'tier.isAnyOf.Key', sort: 'name' });
    expect(sameView(kept, { sort: 'name', f: 'tier.isAnyOf.Key' })).toBe(true);
    expect(sameView(kept, { f: 'tier.isAnyOf.Key' })).toBe(false);
  });
});
