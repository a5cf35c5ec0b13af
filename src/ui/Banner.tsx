// A line that tells something about the whole page: offline, needs care, done.
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';

export type BannerProps = {
  tone?: 'info' | 'good' | 'watch' | 'poor';
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  onDismiss?: () => void;
  /** `bar` spans the window without a frame: for the slot over the app. */
  variant?: 'box' | 'bar';
  className?: string;
};

const looks = {
  info: { icon: Info, box: 'bg-info-soft text-info-text' },
  good: { icon: CircleCheck, box: 'bg-good-soft text-good-text' },
  watch: { icon: TriangleAlert, box: 'bg-watch-soft text-watch-text' },
  poor: { icon: CircleAlert, box: 'bg-poor-soft text-poor-text' },
};

export function Banner({
  tone = 'info',
  title,
  children,
  actions,
  onDismiss,
  variant = 'box',
  className,
}: BannerProps) {
  const { icon: Icon, box } = looks[tone];
  return (
    <div
      role={tone === 'poor' ? 'alert' : 'status'}
      className={cx(
        'flex items-start gap-3 text-base',
        variant === 'box' ? 'rounded-ui px-4 py-3' : 'items-center px-4 py-2 md:px-6',
        box,
        className,
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          {title && <div className="font-semibold">{title}</div>}
          {children && <div className="text-ink">{children}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {onDismiss && (
        <IconButton
          label="Dismiss"
          hideTooltip
          icon={<X />}
          size="sm"
          onPress={onDismiss}
          className="-my-1 text-current"
        />
      )}
    </div>
  );
}
