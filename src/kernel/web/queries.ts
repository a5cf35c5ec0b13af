// Server state in the browser: one query per route and input, verbs that refresh what they touch.
import {
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { Problem } from '../contract/problem.ts';
import type { AnswerOf, CallInput, RouteSpec } from '../contract/route.ts';
import { call } from './call.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 3 && error instanceof Problem && (error.status === 0 || error.status === 503),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** The key of a route's answer; its first part is the operation id, so that a whole room can be refreshed by prefix. */
export const keyOf = (route: RouteSpec, input: unknown = {}) => [route.id, input] as const;

type Options<S extends RouteSpec> = {
  enabled?: boolean;
  staleTime?: number;
  keepPrevious?: boolean;
  refetchInterval?: number | false | ((answer: AnswerOf<S> | undefined) => number | false);
};

/** Reads a route. */
export function useCall<S extends RouteSpec>(
  route: S,
  input: CallInput<S>,
  options: Options<S> = {},
): UseQueryResult<AnswerOf<S>, Problem> {
  const { keepPrevious, refetchInterval, ...rest } = options;
  return useQuery<AnswerOf<S>, Problem>({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) => call(route, input, { signal }),
    ...rest,
    ...(refetchInterval === undefined
      ? {}
      : {
          refetchInterval:
            typeof refetchInterval === 'function'
              ? (q: { state: { data?: unknown } }) => refetchInterval(q.state.data as AnswerOf<S> | undefined)
              : refetchInterval,
        }),
    ...(keepPrevious ? { placeholderData: (before) => before } : {}),
  });
}

/** Reads a list page by page, for endless scrolling. `input` without cursor. */
export function useList<S extends RouteSpec>(route: S, input: CallInput<S>, options: { enabled?: boolean } = {}) {
  type Page = AnswerOf<S> & { items: unknown[]; nextCursor: string | null };
  type Item = AnswerOf<S> extends { items: (infer I)[] } ? I : never;
  const result = useInfiniteQuery({
    queryKey: [...keyOf(route, input), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const given = input as { query?: Record<string, unknown> };
      return (await call(
        route,
        { ...given, query: { ...given.query, ...(pageParam ? { cursor: pageParam } : {}) } } as unknown as CallInput<S>,
        { signal },
      )) as Page;
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
    ...options,
  });
  return { ...result, items: (result.data?.pages.flatMap((p) => p.items) ?? []) as Item[] };
}

/** A verb. `refreshes` lists prefixes of operation ids (`accounts.`) whose answers are asked again afterwards. */
export function useVerb<S extends RouteSpec>(
  route: S,
  options: { refreshes?: string[]; onDone?: (answer: AnswerOf<S>, input: CallInput<S>) => void } = {},
): UseMutationResult<AnswerOf<S>, Problem, CallInput<S> & { ifMatch?: number }> {
  const client = useQueryClient();
  return useMutation<AnswerOf<S>, Problem, CallInput<S> & { ifMatch?: number }>({
    mutationFn: (input) => call(route, input, input.ifMatch === undefined ? {} : { ifMatch: input.ifMatch }),
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input);
      await refresh(client, options.refreshes ?? [`${route.id.split('.')[0]}.`]);
    },
  });
}

/** Asks again for every answer whose operation id starts with one of the prefixes. */
export async function refresh(client: QueryClient, prefixes: string[]): Promise<void> {
  await client.invalidateQueries({ predicate: (q) => prefixes.some((p) => String(q.queryKey[0]).startsWith(p)) });
}
