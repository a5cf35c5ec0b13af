// Short words for tests about people at accounts.
import { createAccount } from '../src/modules/accounts/api.ts';
import { searchEverything } from '../src/modules/search/api.ts';
import { createPerson, listPeople, putRole } from '../src/modules/stakeholders/api.ts';
import type { Person, TestApp } from './app.ts';

export function peopleIn(t: TestApp) {
  return {
    account: (as: Person, name: string, more: Record<string, unknown> = {}) =>
      t.ok(as, createAccount, { body: { name, ...more } as never }),
    add: (as: Person, name: string, accounts: { accountId: string; [k: string]: unknown }[] = [], more = {}) =>
      t.ok(as, createPerson, { body: { name, accounts, ...more } as never }),
    role: (as: Person, id: string, accountId: string, body: Record<string, unknown> = {}) =>
      t.call(as, putRole, { params: { id, accountId }, body: body as never }),
    /** The names on the first page of the list, in order. */
    names: async (as: Person, query = {}) => (await t.ok(as, listPeople, { query })).items.map((p) => p.name).sort(),
    /** The people that the search over everything finds. */
    search: async (as: Person, q: string) =>
      (await t.ok(as, searchEverything, { query: { q, type: ['person'], limit: 10 } })).items,
  };
}
