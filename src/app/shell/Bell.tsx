// The bell: how many notifications wait; the list opens behind it.
import { Bell as BellIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useSession } from '../../kernel/web/session.ts';
import { Slot } from '../../kernel/web/slot.tsx';
import { IconButton, Popover, SkeletonRows } from '../../ui/index.ts';

const notifications = () => import('./Notifications.tsx');

export function Bell() {
  const { unread } = useSession();
  const [isOpen, setOpen] = useState(false);
  const label = unread > 0 ? `Notifications, ${unread} unread` : 'Notifications';
  return (
    <Popover
      label="Notifications"
      placement="bottom end"
      padding="none"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-96"
      trigger={
        <IconButton
          label={label}
          icon={
            <span className="relative">
              <BellIcon aria-hidden="true" />
              {unread > 0 && (
                <span
                  aria-hidden="true"
                  className="tabular absolute -top-2 -right-2.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.625rem] leading-none font-semibold text-on-accent"
                >
                  {unread > 99 ? '99+' : unread}
                </span>
              )}
            </span>
          }
        />
      }
    >
      {(close) => (
        <Suspense fallback={<SkeletonRows rows={4} columns={1} />}>
          <Slot load={notifications} props={{ onClose: close }} />
        </Suspense>
      )}
    </Popover>
  );
}
