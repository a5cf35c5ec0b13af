// Grey shapes that hold the place of content on its way, so that nothing jumps when it comes.
import { cx } from './cx.ts';

export type SkeletonProps = { className?: string };

/** Size it with classes: `<Skeleton className="h-4 w-32" />`. */
export function Skeleton({ className }: SkeletonProps) {
  return <span aria-hidden="true" className={cx('block animate-shimmer rounded-inner bg-sunken', className)} />;
}

export type SkeletonRowsProps = { rows?: number; columns?: number; label?: string };

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A table on its way. */
export function SkeletonRows({ rows = 8, columns = 4, label = 'Loading' }: SkeletonRowsProps) {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">{label}</span>
      {numbers(rows).map((row) => (
        <div key={row} className="flex h-row items-center gap-6 border-b border-line px-3 last:border-0">
          {numbers(columns).map((column) => (
            <Skeleton key={column} className={cx('h-3', column === 1 ? 'w-2/5' : 'flex-1')} />
          ))}
        </div>
      ))}
    </div>
  );
}
