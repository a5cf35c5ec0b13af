// What the views of renewals are given: the words of the list, without its paging and order.
import type { CallInput } from '../../../kernel/contract/route.ts';
import type { listRenewals, Renewal } from '../api-renewals.ts';

export type RenewalFilter = Omit<NonNullable<CallInput<typeof listRenewals>['query']>, 'limit' | 'cursor' | 'sort'>;

/** A renewal as a row behind a sum. */
export const renewalRow = (r: Renewal) => ({
  key: r.id,
  label: `${r.accountName} · ${r.contractName}`,
  accountId: r.accountId,
  href: `/renewals/${r.id}`,
  parts: {
    due: r.due,
    probability: (r.probability / 100).toFixed(6),
    weighted: { amount: Math.round((r.due.amount * r.probability) / 100), currency: r.due.currency },
  },
});
