// A text link; goes through the client-side router given to UiProvider.
import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { cx } from './cx.ts';

export type LinkProps = {
  href: string;
  children: ReactNode;
  /** `text` looks like its surroundings and underlines on hover: for names in lists. */
  tone?: 'accent' | 'text' | 'muted';
  isExternal?: boolean;
  'aria-label'?: string;
  'aria-current'?: 'page';
  className?: string;
};

const tones = {
  accent: 'text-accent-text underline decoration-current/35 hover:decoration-current',
  text: 'text-ink no-underline hover:underline',
  muted: 'text-muted no-underline hover:text-ink hover:underline',
};

export function Link({ href, children, tone = 'accent', isExternal = false, className, ...rest }: LinkProps) {
  return (
    <AriaLink
      {...rest}
      href={href}
      target={isExternal ? '_blank' : undefined}
      rel={isExternal ? 'noreferrer' : undefined}
      className={cx('rounded-inner underline-offset-2', tones[tone], className)}
    >
      {children}
      {isExternal && <span className="sr-only"> (opens in a new tab)</span>}
    </AriaLink>
  );
}
