// All accounts of a filter, page after page, up to a limit: for pictures that need the whole.
import { useQuery } from '@tanstack/react-query';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { type Account, listAccounts } from '../api.ts';
import type { ApiFilter } from './portfolioState.ts';

export type Whole = { items: Account[]; isCut: boolean };

export function useWholeList(filter: ApiFilter, sort: string, limit: number) {
  return useQuery<Whole, Error>({
    queryKey: ['accounts.list', { ...filter, sort, limit }, 'whole'],
    queryFn: async ({ signal }) => {
      const items: Account[] = [];
      let cursor: string | null = null;
      do {
        const query: Record<string, unknown> = {
          ...filter,
          sort,
          limit: Math.min(200, limit),
          ...(cursor ? { cursor } : {}),
        };
        const page: Awaited<ReturnType<typeof call<typeof listAccounts>>> = await call(
          listAccounts,
          { query } as CallInput<typeof listAccounts>,
          { signal },
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor && items.length < limit);
      return { items, isCut: cursor !== null };
    },
    placeholderData: (before) => before,
  });
}
