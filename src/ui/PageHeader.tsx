// The head of a page: title, what it is about, actions, tabs. One per page; its title is the h1.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type PageHeaderProps = {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Picture or icon before the title. */
  leading?: ReactNode;
  /** Badges behind the title. */
  badges?: ReactNode;
  actions?: ReactNode;
  /** Tabs with links, flush with the line below. */
  tabs?: ReactNode;
  className?: string;
};

export function PageHeader({ title, subtitle, leading, badges, actions, tabs, className }: PageHeaderProps) {
  return (
    <header className={cx('border-b border-line bg-canvas px-4 pt-5 md:px-6', className)}>
      <div className={cx('flex flex-wrap items-start gap-x-4 gap-y-3', tabs ? 'pb-2' : 'pb-4')}>
        {leading && <div className="shrink-0">{leading}</div>}
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words text-ink">{title}</h1>
            {badges}
          </div>
          {subtitle && <div className="mt-0.5 text-base text-muted">{subtitle}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {tabs && <div className="-mx-2.5">{tabs}</div>}
    </header>
  );
}
