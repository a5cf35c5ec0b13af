// A tree that opens and closes, by pointer and keyboard; nodes can be moved where allowed. Import by path.
import { ChevronRight, GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Collection, Tree, TreeItem, TreeItemContent, useDragAndDrop } from 'react-aria-components';
import { cx } from './cx.ts';
import { isWithin, placesOf, type TreeNode } from './treePlaces.ts';

export type { TreeNode } from './treePlaces.ts';

export type TreeListProps = {
  label: string;
  nodes: readonly TreeNode[];
  expanded?: Iterable<string>;
  defaultExpanded?: Iterable<string>;
  onExpandedChange?: (ids: Set<string>) => void;
  selected?: string | null;
  onSelect?: (id: string) => void;
  /** Called with the new parent (null = top) and the place among its children. Without it nothing can be moved. */
  onMove?: (id: string, parentId: string | null, index: number) => void;
  empty?: ReactNode;
  className?: string;
};

export function TreeList({
  label,
  nodes,
  expanded,
  defaultExpanded,
  onExpandedChange,
  selected,
  onSelect,
  onMove,
  empty,
  className,
}: TreeListProps) {
  const places = placesOf(nodes);
  const move = (id: string, parent: string | null, index: number) => {
    if (isWithin(places, parent, id)) return;
    const from = places.get(id);
    // Taken out of the same list first, everything behind moves up by one.
    const at = from && from.parent === parent && from.index < index ? index - 1 : index;
    onMove?.(id, parent, at);
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': places.get(String(key))?.node.label ?? String(key) })),
    onMove: ({ keys, target }) => {
      const over = places.get(String(target.key));
      if (!over) return;
      for (const key of keys) {
        if (target.dropPosition === 'on') move(String(key), String(target.key), over.node.children?.length ?? 0);
        else move(String(key), over.parent, over.index + (target.dropPosition === 'after' ? 1 : 0));
      }
    },
  });
  const item = (node: TreeNode): ReactNode => (
    <TreeItem
      key={node.id}
      id={node.id}
      textValue={node.label}
      href={node.href}
      className={({ isSelected, isDropTarget }) =>
        cx(
          'group rounded-inner text-base outline-offset-[-2px]',
          isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
          isDropTarget && 'outline-2 outline-accent',
        )
      }
    >
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <div
            className="flex min-h-control-sm items-center gap-1.5 py-0.5 pr-2"
            style={{ paddingInlineStart: `${(level - 1) * 1.25 + 0.25}rem` }}
          >
            {hasChildItems ? (
              <Button
                slot="chevron"
                className="grid size-6 shrink-0 place-items-center rounded-inner text-muted hover:bg-pressed"
              >
                <ChevronRight
                  aria-hidden="true"
                  className={cx('size-4 transition-transform', isExpanded && 'rotate-90')}
                />
              </Button>
            ) : (
              <span className="size-6 shrink-0" />
            )}
            {node.icon && <span className="flex shrink-0 text-muted [&_svg]:size-4">{node.icon}</span>}
            <span className="min-w-0 flex-1 truncate">{node.label}</span>
            {node.detail && <span className="shrink-0 text-sm text-muted">{node.detail}</span>}
            {onMove && (
              <Button
                slot="drag"
                className="grid size-6 shrink-0 place-items-center rounded-inner text-faint opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
              >
                <GripVertical aria-hidden="true" className="size-4" />
              </Button>
            )}
          </div>
        )}
      </TreeItemContent>
      {node.children && node.children.length > 0 && <Collection items={node.children}>{item}</Collection>}
    </TreeItem>
  );
  return (
    <Tree
      aria-label={label}
      items={nodes}
      selectionMode={onSelect ? 'single' : 'none'}
      selectionBehavior="replace"
      selectedKeys={selected ? [selected] : []}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) onSelect?.(String(key));
      }}
      expandedKeys={expanded}
      defaultExpandedKeys={defaultExpanded}
      onExpandedChange={(keys) => onExpandedChange?.(new Set([...keys].map(String)))}
      dragAndDropHooks={onMove ? dragAndDropHooks : undefined}
      renderEmptyState={() => <div className="p-4 text-center text-muted">{empty ?? 'Nothing here yet'}</div>}
      className={cx('flex flex-col gap-0.5 outline-none', className)}
    >
      {item}
    </Tree>
  );
}
