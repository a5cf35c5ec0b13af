// What the views of renewals are given: the words of the list, without its paging and order.
import type { CallInput } from '../../../kernel/contract/route.ts';
import type { listRenewals } from '../api.ts';

export type RenewalFilter = Omit<NonNullable<CallInput<typeof listRenewals>['query']>, 'limit' | 'cursor' | 'sort'>;
