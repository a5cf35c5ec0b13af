// The list behind the bell: newest first, a press reads one and opens what it is about.
import { Bell, CheckCheck } from 'lucide-react';
import { useList, useVerb } from '../../kernel/web/queries.ts';
import { useSession } from '../../kernel/web/session.ts';
import { useGo } from '../../kernel/web/urlState.ts';
import { listNotifications, readNotifications } from '../../modules/people/api.ts';
import { Button, cx, EmptyState, ErrorState, RelativeTime, SkeletonRows } from '../../ui/index.ts';

export default function Notifications({ onClose }: { onClose: () => void }) {
  const go = useGo();
  const { unread } = useSession();
  const list = useList(listNotifications, { query: { limit: 20 } });
  const read = useVerb(readNotifications, { refreshes: ['notifications.', 'me.'] });
  return (
    <div className="flex max-h-[min(32rem,75dvh)] flex-col">
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-base font-semibold">Notifications</h2>
        {unread > 0 && (
          <Button size="sm" variant="quiet" icon={<CheckCheck />} onPress={() => read.mutate({ body: {} })}>
            Mark all as read
          </Button>
        )}
      </header>
      {list.isPending ? (
        <SkeletonRows rows={4} columns={1} />
      ) : list.isError ? (
        <ErrorState size="sm" text={list.error.message} onRetry={() => void list.refetch()} />
      ) : list.items.length === 0 ? (
        <EmptyState
          size="sm"
          icon={<Bell />}
          title="Nothing new"
          text="When somebody gives you an account, asks for your approval or mentions you, it shows here."
        />
      ) : (
        <ul className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
          {list.items.map((n) => (
            <li key={n.id} className="border-b border-line last:border-0">
              <button
                type="button"
                className="flex w-full items-start gap-3 px-4 py-3 text-left outline-offset-[-2px] hover:bg-hover"
                onClick={() => {
                  if (!n.readAt) read.mutate({ body: { ids: [n.id] } });
                  if (n.link) {
                    onClose();
                    go(n.link);
                  }
                }}
              >
                <span
                  aria-hidden="true"
                  className={cx('mt-1.5 size-2 shrink-0 rounded-full', n.readAt ? 'bg-transparent' : 'bg-accent')}
                />
                <span className="min-w-0 flex-1">
                  <span className={cx('block text-base text-ink', !n.readAt && 'font-medium')}>
                    {n.title}
                    {!n.readAt && <span className="sr-only"> (unread)</span>}
                  </span>
                  {n.detail && <span className="block text-sm text-muted">{n.detail}</span>}
                  <span className="block text-sm text-faint">
                    <RelativeTime value={n.createdAt} />
                  </span>
                </span>
              </button>
            </li>
          ))}
          {list.hasNextPage && (
            <li className="p-2 text-center">
              <Button
                size="sm"
                variant="quiet"
                isLoading={list.isFetchingNextPage}
                onPress={() => void list.fetchNextPage()}
              >
                Show earlier
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
