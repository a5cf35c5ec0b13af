// The filters of the pipeline as they stand in the address, and as the server takes them.
import type { CallInput } from '../../../kernel/contract/route.ts';
import type { UrlState } from '../../../kernel/web/urlState.ts';
import type { summariseOpportunities } from '../api.ts';
import { CATEGORY_WORDS, TYPE_WORDS } from './words.ts';

export type ApiFilter = NonNullable<CallInput<typeof summariseOpportunities>['query']>;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** What the address says. Without a state the table shows only what is open; the board has columns for the rest. */
export function filterOf(state: UrlState, view: 'board' | 'table'): ApiFilter {
  const filter: Record<string, unknown> = {};
  const q = one(state.q);
  if (q) filter.q = q;
  if (one(state.who) === 'mine') filter.mine = 'true';
  const owner = one(state.owner);
  if (owner) filter.ownerId = [owner];
  const type = one(state.type);
  if (type) filter.type = [type];
  const category = one(state.category);
  if (category) filter.category = [category];
  const stage = one(state.stage);
  if (stage) filter.stageId = [stage];
  if (one(state.late)) filter.overdue = 'true';
  const status = one(state.state);
  if (status === 'won' || status === 'lost' || status === 'open') filter.state = [status];
  else if (view === 'table' && status !== 'all') filter.state = ['open'];
  const [from, to] = [one(state.from), one(state.to)];
  if (from) filter.closesFrom = from;
  if (to) filter.closesTo = to;
  return filter as ApiFilter;
}

/** The filters of the address in words; which are open, won or lost is said elsewhere. */
export function filterWords(state: UrlState): string[] {
  const q = one(state.q);
  const type = TYPE_WORDS[one(state.type) as keyof typeof TYPE_WORDS];
  const category = CATEGORY_WORDS[one(state.category) as keyof typeof CATEGORY_WORDS];
  return [
    one(state.who) === 'mine' ? 'mine' : undefined,
    type?.toLowerCase(),
    category && `in ${category.toLowerCase()}`,
    one(state.owner) && 'of one owner',
    one(state.stage) && 'of one stage',
    one(state.late) && 'overdue',
    one(state.from) && `closing from ${one(state.from)}`,
    one(state.to) && `closing until ${one(state.to)}`,
    q && `with “${q}”`,
  ].filter((word) => typeof word === 'string' && word !== '') as string[];
}
