// Which columns a grid shows, in which order and how wide: the button and its panel.
import { Columns3 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { ColumnChooserProps } from './gridTypes.ts';
import { IconButton } from './IconButton.tsx';
import { Popover } from './Popover.tsx';
import { SkeletonRows } from './Skeleton.tsx';

// Dragging is heavy, and nobody chooses columns before seeing rows.
const ColumnList = lazy(() => import('./ColumnList.tsx')) as typeof import('./ColumnList.tsx').default;

export function ColumnChooser<Row>(props: ColumnChooserProps<Row>) {
  return (
    <Popover
      label="Columns"
      placement="bottom end"
      padding="none"
      trigger={<IconButton label="Choose columns" icon={<Columns3 />} variant="secondary" />}
      className="w-72"
    >
      <Suspense fallback={<SkeletonRows rows={8} columns={1} />}>
        <ColumnList {...props} />
      </Suspense>
    </Popover>
  );
}
