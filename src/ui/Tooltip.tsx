// A short hint on hover and keyboard focus. Never the only place of something important.
import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './Kbd.tsx';

export type TooltipProps = {
  text: ReactNode;
  /** Shown as key caps behind the text. */
  shortcut?: string;
  placement?: 'top' | 'bottom' | 'left' | 'right';
  delayMs?: number;
  /** One focusable component: Button, IconButton, Link. */
  children: ReactNode;
};

export function Tooltip({ text, shortcut, placement = 'top', delayMs = 400, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={delayMs} closeDelay={80}>
      {children}
      <AriaTooltip
        placement={placement}
        offset={6}
        className="z-60 flex max-w-72 items-center gap-2 rounded-inner bg-inverse px-2 py-1 text-xs text-on-inverse shadow-float entering:animate-fade-in"
      >
        {text}
        {shortcut && <Kbd keys={shortcut} onInverse />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
