// The button; with `href` the same look on a real link.
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link as AriaLink } from 'react-aria-components';
import { cx } from './cx.ts';
import { Spinner } from './Spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

export type ButtonProps = {
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  iconEnd?: ReactNode;
  /** Shows a spinner, keeps the width, ignores presses. */
  isLoading?: boolean;
  isDisabled?: boolean;
  onPress?: AriaButtonProps['onPress'];
  type?: 'button' | 'submit' | 'reset';
  /** Id of the form to submit when the button stands outside it (dialog footers). */
  form?: string;
  href?: string;
  target?: string;
  download?: boolean | string;
  autoFocus?: boolean;
  fullWidth?: boolean;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-pressed'?: boolean;
  'aria-haspopup'?: AriaButtonProps['aria-haspopup'];
  slot?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

const base =
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-ui font-medium whitespace-nowrap no-underline transition-colors ' +
  'disabled:opacity-50 [&_svg]:shrink-0';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover',
  secondary: 'border border-line bg-surface text-ink shadow-card hover:bg-hover pressed:bg-pressed',
  quiet: 'text-muted hover:bg-hover hover:text-ink pressed:bg-pressed aria-expanded:bg-hover',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover pressed:bg-danger-hover',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-control-sm px-2.5 text-sm [&_svg]:size-3.5',
  md: 'h-control px-3.5 text-base [&_svg]:size-4',
  lg: 'h-11 px-5 text-lg [&_svg]:size-5',
};

export function buttonClass(variant: ButtonVariant, size: ButtonSize, extra?: string): string {
  return cx(base, variants[variant], sizes[size], extra);
}

export function Button({
  children,
  variant = 'secondary',
  size = 'md',
  icon,
  iconEnd,
  isLoading = false,
  fullWidth = false,
  href,
  target,
  download,
  className,
  ref,
  type,
  form,
  ...rest
}: ButtonProps) {
  const look = buttonClass(variant, size, cx(fullWidth && 'w-full', className));
  const content = (
    <>
      {icon}
      <span className="truncate">{children}</span>
      {iconEnd}
    </>
  );
  if (href !== undefined) {
    return (
      <AriaLink
        href={href}
        target={target}
        download={download}
        className={look}
        isDisabled={rest.isDisabled}
        aria-label={rest['aria-label']}
        onPress={rest.onPress}
      >
        {content}
      </AriaLink>
    );
  }
  return (
    <AriaButton {...rest} ref={ref} type={type} form={form} isPending={isLoading} className={look}>
      <span className={cx('inline-flex min-w-0 items-center gap-1.5', isLoading && 'invisible')}>{content}</span>
      {isLoading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
          <span className="sr-only">Working…</span>
        </span>
      )}
    </AriaButton>
  );
}
