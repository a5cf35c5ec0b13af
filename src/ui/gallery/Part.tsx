// One named block of the gallery.
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export function Part({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={cx('min-w-0', wide && 'col-span-full')} aria-label={name}>
      <h2 className="mb-2 text-sm font-semibold text-muted">{name}</h2>
      <div className="flex flex-col gap-4 rounded-ui border border-line bg-surface p-pad">{children}</div>
    </section>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
