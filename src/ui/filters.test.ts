// Filters as data: operators, changes, words, and the way through the address of the page.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFilters,
  describeFilter,
  encodeFilters,
  type Filter,
  type FilterField,
  filterReducer,
  isComplete,
  newFilter,
  operatorsFor,
  withOperator,
} from './filters.ts';

const status: FilterField = {
  id: 'status',
  label: 'Status',
  type: 'select',
  options: [
    { value: 'good', label: 'On track' },
    { value: 'poor', label: 'At risk' },
  ],
};
const due: FilterField = { id: 'due', label: 'Due', type: 'date', isAlwaysSet: true };
const amount: FilterField = { id: 'amount', label: 'Amount', type: 'money', unit: 'EUR' };
const name: FilterField = { id: 'name', label: 'Name', type: 'text' };
const fields = [status, due, amount, name];
const poor: Filter = { field: 'status', operator: 'isAnyOf', values: ['poor'] };

describe('A set of filters', () => {
  it('grows, changes, shrinks and empties', () => {
    const soon: Filter = { field: 'due', operator: 'inNextDays', values: ['30'] };
    const two = filterReducer(filterReducer([], { type: 'add', filter: poor }), { type: 'add', filter: soon });
    expect(two).toEqual([poor, soon]);
    const changed = filterReducer(two, { type: 'change', index: 1, filter: { ...soon, values: ['90'] } });
    expect(changed[1]?.values).toEqual(['90']);
    expect(filterReducer(changed, { type: 'remove', index: 0 })).toEqual([changed[1]]);
    expect(filterReducer(changed, { type: 'clear' })).toEqual([]);
  });
  it('does not take the same filter twice', () => {
    expect(filterReducer([poor], { type: 'add', filter: { ...poor, values: ['poor'] } })).toEqual([poor]);
  });
  it('leaves the set it was given as it is', () => {
    const before = Object.freeze([poor]);
    filterReducer(before, { type: 'remove', index: 0 });
    expect(before).toEqual([poor]);
  });
});

describe('A filter', () => {
  it('starts with the first operator of its kind and says nothing until it has a value', () => {
    const fresh = newFilter(due);
    expect(fresh).toEqual({ field: 'due', operator: 'inNextDays', values: [] });
    expect(isComplete(fresh)).toBe(false);
    expect(isComplete({ ...fresh, values: ['30'] })).toBe(true);
  });
  it('between needs both ends, empty needs none', () => {
    expect(isComplete({ field: 'amount', operator: 'between', values: ['10', ''] })).toBe(false);
    expect(isComplete({ field: 'amount', operator: 'between', values: ['10', '20'] })).toBe(true);
    expect(isComplete({ field: 'amount', operator: 'isEmpty', values: [] })).toBe(true);
  });
  it('does not ask for empty values where there are none', () => {
    expect(operatorsFor(due)).not.toContain('isEmpty');
    expect(operatorsFor(amount)).toContain('isEmpty');
  });
  it('keeps its value when the new operator can use it, and drops days that would become a date', () => {
    const least: Filter = { field: 'amount', operator: 'atLeast', values: ['500'] };
    expect(withOperator(least, 'atMost').values).toEqual(['500']);
    expect(withOperator({ field: 'amount', operator: 'between', values: ['1', '2'] }, 'atLeast').values).toEqual(['1']);
    expect(withOperator({ field: 'due', operator: 'inNextDays', values: ['30'] }, 'before').values).toEqual([]);
  });
  it('reads like a sentence', () => {
    expect(describeFilter({ ...poor, values: ['poor', 'good'] }, status, 'en-GB')).toEqual({
      field: 'Status',
      operator: 'is',
      value: 'At risk, On track',
    });
    expect(describeFilter({ field: 'due', operator: 'inNextDays', values: ['30'] }, due, 'en-GB').value).toBe(
      '30 days',
    );
    expect(
      describeFilter({ field: 'amount', operator: 'between', values: ['1000', '2000'] }, amount, 'en-GB').value,
    ).toBe('1,000 EUR and 2,000 EUR');
    expect(
      describeFilter({ field: 'status', operator: 'isNoneOf', values: ['a', 'b', 'c', 'd', 'e'] }, status, 'en-GB')
        .value,
    ).toBe('a, b, c, 2 more');
  });
});

describe('Filters in the address', () => {
  it('come back as they were, whatever text they hold', () => {
    const values = fc.array(
      fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && text.isWellFormed()),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(values, (texts) => {
        const filters: Filter[] = [
          { field: 'status', operator: 'isAnyOf', values: texts },
          { field: 'name', operator: 'contains', values: texts.slice(0, 1) },
        ];
        expect(decodeFilters(encodeFilters(filters), fields)).toEqual(filters);
      }),
    );
  });
  it('leave out what is unfinished and drop what no field knows', () => {
    expect(encodeFilters([newFilter(due), poor])).toBe('status.isAnyOf.poor');
    expect(decodeFilters('gone.is.1;status.isAnyOf.poor;due.isEmpty.;status.contains.x;%%%', fields)).toEqual([poor]);
  });
});
