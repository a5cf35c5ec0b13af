// Grey shapes that hold the place of content on its way, so that nothing jumps when it comes.
import { cx } from './cx.ts';

export type SkeletonProps = { className?: string };

/** Size it with classes: `<Skeleton className="h-4 w-32" />`. */
export function Skeleton({ className }: SkeletonProps) {
  return <span aria-hidden="true" className={cx('block animate-shimmer rounded-inner bg-sunken', className)} />;
}

export type SkeletonRowsProps = { rows?: number; columns?: number; label?: string };

/** A table on its way. */
export function SkeletonRows({ rows = 8, columns = 4, label = 'Loading' }: SkeletonRowsProps) {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={`row-${row + 1}`} className="flex h-row items-center gap-6 border-b border-line px-3 last:border-0">
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton key={`cell-${column + 1}`} className={cx('h-3', column === 0 ? 'w-2/5' : 'flex-1')} />
          ))}
        </div>
      ))}
    </div>
  );
}
