import { describe, expect, it } from 'vitest';
import { type Entry, tell } from './changes.ts';

const settings = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
const entry = (more: Partial<Entry>): Entry => ({
  id: '01a20139-d224-77ea-acaa-c71be2e576af',
  at: '2026-11-22T03:08:18.916Z',
  by: 'Anna',
  action: 'update',
  what: 'account',
  rowId: null,
  label: null,
  changes: [],
  ...more,
});
const told = (more: Partial<Entry>, thing = 'Thing') => tell(entry(more), thing, settings, () => 'EUR');

describe('what changed, in words', () => {
  it('names the field as the reader knows it, with both values', () => {
    expect(told({ changes: [{ field: 'owner_id', before: 'Anna', after: 'Karim' }] })).toEqual({
      title: 'Owner changed',
      changes: [{ label: 'Owner', from: 'Anna', to: 'Karim' }],
      tone: 'accent',
    });
    expect(told({ changes: [{ field: 'renewal_on', before: null, after: '2027-01-31' }] }).changes).toEqual([
      { label: 'Renewal', from: '–', to: '31 Jan 2027' },
    ]);
    expect(told({ changes: [{ field: 'status', before: 'active', after: 'paused' }] }).changes[0]).toMatchObject({
      from: 'Active',
      to: 'Paused',
    });
    expect(told({ changes: [{ field: 'tags', before: '[]', after: '["a","b"]' }] }).changes[0]).toMatchObject({
      to: 'a, b',
    });
  });

  it('says what a room’s own log of changes says, not that the log grew', () => {
    const change = { what: 'plan_change', action: 'insert' as const, label: 'Goals: one added' };
    expect(told(change, 'Plan changed')).toMatchObject({ title: 'Plan changed: Goals: one added', tone: 'accent' });
  });

  it('calls a version of a document by its file', () => {
    const version = { what: 'document_version', action: 'insert' as const };
    expect(
      told({ ...version, changes: [{ field: 'file_name', before: null, after: 'a.pdf' }] }, 'Version'),
    ).toMatchObject({
      title: 'Version added: a.pdf',
    });
  });

  it('says an amount and its currency as one', () => {
    expect(
      told({
        changes: [
          { field: 'arr_minor', before: null, after: '25000000' },
          { field: 'arr_currency', before: null, after: 'USD' },
        ],
      }).changes,
    ).toEqual([{ label: 'ARR', from: '–', to: 'US$250,000' }]);
    expect(told({ changes: [{ field: 'arr_minor', before: '100', after: '200' }] }).changes[0]).toMatchObject({
      from: '€1',
      to: '€2',
    });
  });

  it('says only those custom fields that changed', () => {
    expect(
      told({
        changes: [
          {
            field: 'custom',
            before: '{"seats":5,"lead":"Ann"}',
            after: '{"seats":9,"lead":"Ann","budget":{"amount":1000,"currency":"EUR"}}',
          },
        ],
      }).changes,
    ).toEqual([
      { label: 'Seats', from: '5', to: '9' },
      { label: 'Budget', from: '–', to: '€10' },
    ]);
  });

  it('knows the great moments of an account and its team', () => {
    const at = (field: string, after: string | null) => ({ changes: [{ field, before: after ? null : 'x', after }] });
    expect(told({ action: 'insert' }).title).toBe('Account added');
    expect(told(at('archived_at', '2026-11-22T03:08:18.916Z')).title).toBe('Archived');
    expect(told(at('archived_at', null)).title).toBe('Restored');
    expect(told(at('merged_into_id', 'Acme')).title).toBe('Merged into Acme');
    const team = {
      what: 'account_team',
      label: 'Karim',
      changes: [{ field: 'function', before: null, after: 'support' }],
    };
    expect(told({ ...team, action: 'insert' }).title).toBe('Karim joined the account team (Support)');
    expect(told({ ...team, action: 'delete' }).title).toBe('Karim left the account team (Support)');
    expect(told({ what: 'stakeholder', action: 'insert', label: 'Eva' }, 'Person').title).toBe('Person added: Eva');
  });
});
