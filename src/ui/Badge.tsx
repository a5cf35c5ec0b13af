// A small word in a box: a kind, a tag, a count. With `onRemove` it can be taken away.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './cx.ts';

export type BadgeTone = 'neutral' | 'accent' | 'good' | 'watch' | 'poor' | 'info' | 'outline';

export type BadgeProps = {
  children: ReactNode;
  tone?: BadgeTone;
  icon?: ReactNode;
  onRemove?: () => void;
  /** For the remove button, when the content is not plain text. */
  textValue?: string;
  className?: string;
};

export const badgeTones: Record<BadgeTone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-text',
  good: 'bg-good-soft text-good-text',
  watch: 'bg-watch-soft text-watch-text',
  poor: 'bg-poor-soft text-poor-text',
  info: 'bg-info-soft text-info-text',
  outline: 'border border-line text-muted',
};

export function Badge({ children, tone = 'neutral', icon, onRemove, textValue, className }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5.5 max-w-full items-center gap-1 rounded-inner px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
        badgeTones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
      {onRemove && (
        <Button
          aria-label={`Remove ${textValue ?? (typeof children === 'string' ? children : '')}`.trim()}
          onPress={onRemove}
          className="-mr-1 grid size-4.5 place-items-center rounded-inner hover:bg-pressed"
        >
          <X aria-hidden="true" />
        </Button>
      )}
    </span>
  );
}
