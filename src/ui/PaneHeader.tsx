// The head of a page inside a frame that has its own list of pages: title (the h1), a line of text, actions.
import type { ReactNode } from 'react';

export type PaneHeaderProps = { title: string; text?: ReactNode; actions?: ReactNode };

export function PaneHeader({ title, text, actions }: PaneHeaderProps) {
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="text-xl font-semibold tracking-tight text-ink">{title}</h1>
        {text && <p className="text-base text-pretty text-muted">{text}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
