// A framed block of a page: title row with actions, body, foot.
import type { ReactNode } from 'react';
import { useId } from 'react';
import { cx } from './cx.ts';

export type CardProps = {
  title?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  /** `none` lets tables and lists touch the frame. */
  padding?: 'normal' | 'none';
  /** Heading level of the title, default 2. */
  level?: 2 | 3 | 4;
  /** `plain` leaves the frame out. */
  variant?: 'framed' | 'plain';
  className?: string;
  children?: ReactNode;
};

export function Card({
  title,
  subtitle,
  actions,
  footer,
  padding = 'normal',
  level = 2,
  variant = 'framed',
  className,
  children,
}: CardProps) {
  const id = useId();
  const HeadingTag = `h${level}` as 'h2' | 'h3' | 'h4';
  const framed = variant === 'framed';
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx(
        'flex min-w-0 flex-col',
        framed && 'rounded-ui border border-line bg-surface shadow-card',
        className,
      )}
    >
      {(title || actions) && (
        <header
          className={cx(
            'flex min-h-control flex-wrap items-center gap-x-3 gap-y-2',
            framed ? 'px-pad pt-3' : 'pb-2',
            padding === 'none' && 'pb-3',
          )}
        >
          <div className="min-w-0 flex-1 basis-48">
            {title && (
              <HeadingTag id={id} className="text-base font-semibold text-ink">
                {title}
              </HeadingTag>
            )}
            {subtitle && <p className="text-sm text-muted">{subtitle}</p>}
          </div>
          {actions && <div className="flex max-w-full flex-wrap items-center gap-1.5">{actions}</div>}
        </header>
      )}
      <div
        className={cx(
          'min-w-0 flex-1',
          padding === 'normal' && framed && 'px-pad py-4',
          padding === 'normal' && framed && title && 'pt-3',
        )}
      >
        {children}
      </div>
      {footer && (
        <footer className="flex items-center gap-2 border-t border-line px-pad py-3 text-sm text-muted">
          {footer}
        </footer>
      )}
    </section>
  );
}
