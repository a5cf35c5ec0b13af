// A small panel beside its trigger, for a form or an explanation.
import type { ReactNode } from 'react';
import { DialogTrigger } from 'react-aria-components';
import { cx } from './cx.ts';
import { PopoverPanel, type PopoverPlacement } from './PopoverPanel.tsx';

export type PopoverProps = {
  /** A Button or IconButton. */
  trigger: ReactNode;
  /** Name of the panel for screen readers. */
  label: string;
  placement?: PopoverPlacement;
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
      <PopoverPanel label={label} placement={placement} className={cx(padding === 'normal' && 'p-4', className)}>
        {children}
      </PopoverPanel>
    </DialogTrigger>
  );
}
