// What contracts say of an account in the portfolio: until when its next renewal can be given notice.
import type { AccountColumn } from '../../accounts/server/index.ts';
import { nextNotices } from './store/renewals.ts';

export const accountColumns: readonly AccountColumn[] = [
  {
    id: 'noticeBy',
    label: 'Notice by',
    hint: 'The next day until which a renewal can be given notice; without a notice period, the last day of the term',
    kind: 'day',
    order: 10,
    values: (ctx, accountIds) => nextNotices(ctx.tx, accountIds),
  },
];
