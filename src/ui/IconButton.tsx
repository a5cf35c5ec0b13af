// A square button with only an icon: always with a label, which is also its tooltip.
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link as AriaLink } from 'react-aria-components';
import { cx } from './cx.ts';
import { Spinner } from './Spinner.tsx';
import { Tooltip } from './Tooltip.tsx';

export type IconButtonProps = {
  label: string;
  icon: ReactNode;
  shortcut?: string;
  variant?: 'quiet' | 'secondary' | 'primary' | 'danger';
  size?: 'sm' | 'md';
  isDisabled?: boolean;
  isLoading?: boolean;
  onPress?: AriaButtonProps['onPress'];
  href?: string;
  slot?: string | null;
  tooltipPlacement?: 'top' | 'bottom' | 'left' | 'right';
  /** Leaves the tooltip out where the icon explains itself, as a dialog's close cross. */
  hideTooltip?: boolean;
  'aria-pressed'?: boolean;
  'aria-haspopup'?: AriaButtonProps['aria-haspopup'];
  excludeFromTabOrder?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

const variants = {
  quiet:
    'text-muted hover:bg-hover hover:text-ink pressed:bg-pressed aria-expanded:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
  secondary:
    'border border-line bg-surface text-muted shadow-card hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  danger: 'text-poor-text hover:bg-poor-soft',
};

export function IconButton({
  label,
  icon,
  shortcut,
  variant = 'quiet',
  size = 'md',
  isLoading = false,
  href,
  tooltipPlacement,
  hideTooltip = false,
  className,
  ref,
  ...rest
}: IconButtonProps) {
  const look = cx(
    'inline-grid shrink-0 place-items-center rounded-ui transition-colors disabled:opacity-50',
    size === 'sm' ? 'size-control-sm [&_svg]:size-3.5' : 'size-control [&_svg]:size-4',
    variants[variant],
    className,
  );
  const trigger =
    href === undefined ? (
      <AriaButton {...rest} ref={ref} aria-label={label} isPending={isLoading} className={look}>
        {isLoading ? <Spinner /> : icon}
      </AriaButton>
    ) : (
      <AriaLink href={href} aria-label={label} className={look} isDisabled={rest.isDisabled}>
        {icon}
      </AriaLink>
    );
  if (hideTooltip) return trigger;
  return (
    <Tooltip text={label} shortcut={shortcut} placement={tooltipPlacement}>
      {trigger}
    </Tooltip>
  );
}
