import { describe, expect, it } from 'vitest';
import { kindsOf, kindWord, shownChanges, tablesByWord, valueText, words } from './auditWords.ts';

const settings = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

describe('the audit log in words', () => {
  it('names fields without the endings of columns', () => {
    expect(['owner_id', 'renewal_on', 'archived_at', 'arr', 'accountsPerKam', 'id'].map(words)).toEqual([
      'Owner',
      'Renewal',
      'Archived',
      'ARR',
      'Accounts per kam',
      'Id',
    ]);
  });

  it('shows dates, instants, yes and no, lists and nothing as people read them', () => {
    const said = (text: string | null) => valueText(text, settings);
    expect(said('2026-11-22')).toBe('22 Nov 2026');
    expect(said('2026-11-22T09:30:00.000Z')).toContain('10:30');
    expect([said('true'), said(null), said('[]')]).toEqual(['Yes', '–', '–']);
    expect(said('["key","growth"]')).toBe('key, growth');
    expect(said('{"planStaleAfterDays":60}')).toBe('Plan stale after days: 60');
    expect(said('{broken')).toBe('{broken');
  });

  it('puts an amount and its currency together, and leaves an amount alone whose currency is not told', () => {
    const change = (field: string, before: string | null, after: string | null) => ({ field, before, after });
    expect(shownChanges([change('arr_minor', null, '120000'), change('arr_currency', null, 'EUR')], settings)).toEqual([
      { label: 'ARR', before: '–', after: '€1,200' },
    ]);
    expect(shownChanges([change('arr_minor', '100', '200')], settings)).toEqual([
      { label: 'ARR, in the smallest coin', before: '100', after: '200' },
    ]);
  });

  it('takes the words of the rooms, its own for the ground floor, and reads the rest from the table', () => {
    const kinds = kindsOf([{ account: 'Profile', plan: 'Plan', plan_change: 'Plan' }]);
    expect(['account', 'plan', 'selection_model'].map((t) => kindWord(kinds, t))).toEqual([
      'Account',
      'Plan',
      'Selection model',
    ]);
    expect(tablesByWord(kinds).get('Plan')).toEqual(['plan', 'plan_change']);
  });
});
