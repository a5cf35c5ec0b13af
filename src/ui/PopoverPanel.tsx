// The floating panel of popovers, filters and pickers: itself the dialog, named, with a way to close it. Not for pages.
import { type ReactNode, useContext, useId } from 'react';
import { OverlayTriggerStateContext, Popover } from 'react-aria-components';
import { cx } from './cx.ts';
import { floatingPanel } from './styles.ts';

export type PopoverPlacement = 'bottom start' | 'bottom end' | 'bottom' | 'top' | 'right' | 'left';

export type PopoverPanelProps = {
  label: string;
  placement?: PopoverPlacement;
  className?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
};

export function PopoverPanel({ label, placement = 'bottom start', className, children }: PopoverPanelProps) {
  const id = useId();
  return (
    <Popover
      aria-labelledby={id}
      placement={placement}
      offset={6}
      className={cx(floatingPanel, 'max-w-[calc(100vw-2rem)]', className)}
    >
      <span id={id} className="sr-only">
        {label}
      </span>
      <Content>{children}</Content>
    </Popover>
  );
}

function Content({ children }: Pick<PopoverPanelProps, 'children'>) {
  const state = useContext(OverlayTriggerStateContext);
  return typeof children === 'function' ? children(() => state?.close()) : children;
}
