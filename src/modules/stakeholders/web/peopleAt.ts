// Everybody at one account: the whole list, since tree, pickers and undo need all of it.
import { useEffect, useMemo } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useList } from '../../../kernel/web/queries.ts';
import { listPeople, type Person, type Role } from '../api.ts';

export type AtAccount = { person: Person; role: Role };

export function usePeopleAt(accountId: string, withFormer = false) {
  const list = useList(listPeople, {
    query: { accountId: [accountId], limit: 200, ...(withFormer ? { ended: 'true' } : {}) },
  } as CallInput<typeof listPeople>);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(
    () =>
      list.items.flatMap((person): AtAccount[] => {
        const role = person.accounts.find((r) => r.accountId === accountId);
        return role ? [{ person, role }] : [];
      }),
    [list.items, accountId],
  );
  return { ...list, rows };
}
