// A small panel beside its trigger, for a form or an explanation.
import type { ReactNode } from 'react';
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components';
import { cx } from './cx.ts';
import { floatingPanel } from './styles.ts';

export type PopoverProps = {
  /** A Button or IconButton. */
  trigger: ReactNode;
  /** Name of the panel for screen readers. */
  label: string;
  placement?: 'bottom start' | 'bottom end' | 'bottom' | 'top' | 'right' | 'left';
  padding?: 'normal' | 'none';
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
};

export function Popover({
  trigger,
  label,
  placement = 'bottom start',
  padding = 'normal',
  isOpen,
  onOpenChange,
  className,
  children,
}: PopoverProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover
        placement={placement}
        offset={6}
        className={cx(floatingPanel, 'max-w-[calc(100vw-2rem)]', className)}
      >
        <Dialog aria-label={label} className={cx('outline-none', padding === 'normal' && 'p-4')}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
