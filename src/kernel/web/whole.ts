// All items of a list, page after page, up to a limit: for files.
import type { AnswerOf, CallInput, RouteSpec } from '../contract/route.ts';
import { call } from './call.ts';

export type ItemOf<S extends RouteSpec> = AnswerOf<S> extends { items: (infer I)[] } ? I : never;
const MOST = 10_000;

export async function wholeList<S extends RouteSpec>(route: S, input: CallInput<S>): Promise<ItemOf<S>[]> {
  const given = input as { query?: Record<string, unknown> };
  const all: ItemOf<S>[] = [];
  for (let cursor: string | null = ''; cursor !== null && all.length < MOST; ) {
    const query: Record<string, unknown> = { ...given.query, ...(cursor ? { cursor } : {}) };
    const page = (await call(route, { ...given, query } as unknown as CallInput<S>)) as {
      items: ItemOf<S>[];
      nextCursor: string | null;
    };
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
