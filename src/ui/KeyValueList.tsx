// Facts as pairs of name and value.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type KeyValueItem = { label: string; value: ReactNode; hint?: ReactNode };

export type KeyValueListProps = {
  items: readonly KeyValueItem[];
  columns?: 1 | 2 | 3;
  /** `inline` has name and value on one line. */
  layout?: 'stacked' | 'inline';
  className?: string;
};

const columnClass = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3' };

export function KeyValueList({ items, columns = 1, layout = 'inline', className }: KeyValueListProps) {
  return (
    <dl
      className={cx(
        'grid grid-cols-1 gap-x-8',
        layout === 'inline' ? 'gap-y-1' : 'gap-y-4',
        columnClass[columns],
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.label}
          className={
            layout === 'inline' ? 'grid min-h-8 grid-cols-[minmax(6rem,2fr)_3fr] items-center gap-3' : 'min-w-0'
          }
        >
          <dt className={cx('text-sm text-muted', layout === 'inline' && 'truncate')}>{item.label}</dt>
          <dd className={cx('min-w-0 text-base break-words text-ink', layout === 'stacked' && 'mt-0.5')}>
            {item.value}
            {item.hint && <div className="text-sm text-muted">{item.hint}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
