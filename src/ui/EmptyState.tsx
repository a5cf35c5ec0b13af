// What a list says when it is empty: what will be here, and the next step.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  /** Buttons: the main step first. */
  actions?: ReactNode;
  size?: 'sm' | 'md';
  className?: string;
};

export function EmptyState({ icon, title, text, actions, size = 'md', className }: EmptyStateProps) {
  return (
    <div
      className={cx(
        'flex flex-col items-center justify-center px-6 text-center',
        size === 'md' ? 'py-14' : 'py-8',
        className,
      )}
    >
      {icon && (
        <div
          aria-hidden="true"
          className="mb-4 grid size-11 place-items-center rounded-ui bg-sunken text-muted [&_svg]:size-5.5"
        >
          {icon}
        </div>
      )}
      <p className="text-base font-semibold text-ink">{title}</p>
      {text && <div className="mt-1 max-w-md text-base text-pretty text-muted">{text}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
