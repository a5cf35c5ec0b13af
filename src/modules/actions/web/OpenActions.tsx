// Card on an account's overview: the next things to do there.
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Card, Checkbox, cx, DateText, ErrorState, Link, SkeletonRows } from '../../../ui/index.ts';
import { listActions, summariseActions } from '../api.ts';
import { useActionVerbs } from './verbs.ts';

const SHOWN = 5;

export default function OpenActions({ accountId }: { accountId: string }) {
  const { done, reopen } = useActionVerbs();
  const input = { query: { accountId, status: ['open'], sort: 'due', limit: SHOWN } };
  const list = useCall(listActions, input as CallInput<typeof listActions>);
  const summary = useCall(summariseActions, { query: { accountId } });
  const href = `/accounts/${accountId}?tab=actions`;
  const count = summary.data?.open ?? 0;
  return (
    <Card
      title="Open actions"
      padding="none"
      actions={
        <Link href={href} className="text-sm">
          {count > SHOWN ? `All ${count}` : 'Open the list'}
        </Link>
      }
    >
      {list.isPending ? (
        <div className="px-pad pb-4">
          <SkeletonRows rows={3} columns={2} />
        </div>
      ) : list.isError ? (
        <ErrorState size="sm" text={list.error.message} onRetry={() => void list.refetch()} />
      ) : list.data.items.length === 0 ? (
        <p className="px-pad pb-4 text-base text-muted">Nothing to do here. Write down the next step.</p>
      ) : (
        <ul>
          {list.data.items.map((action) => (
            <li key={action.id} className="flex items-start gap-3 border-t border-line px-pad py-2">
              <Checkbox
                aria-label={`Done: ${action.title}`}
                isSelected={action.status === 'done'}
                isDisabled={!action.can.update}
                onChange={(isDone) => void (isDone ? done(action) : reopen(action))}
              />
              <span className="min-w-0 flex-1">
                <span className={cx('block text-base', action.status !== 'open' && 'text-muted line-through')}>
                  <Link href={`${href}&action=${action.id}`} tone="text">
                    {action.title}
                  </Link>
                </span>
                <span className="block truncate text-sm text-muted">
                  {action.ownerName ?? 'Nobody'}
                  {action.dueOn && (
                    <span className={cx(action.overdue && 'text-poor-text')}>
                      {action.overdue ? ' · overdue since ' : ' · due '}
                      <DateText value={action.dueOn} />
                    </span>
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
