// A short list whose order people choose: by drag, and by keyboard (Enter on the handle, arrows, Enter). Import by path.
import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';

export type SortableItem = { id: string; label: string; content: ReactNode; actions?: ReactNode };

export type SortableListProps = {
  label: string;
  items: readonly SortableItem[];
  /** All ids in their new order. Without it the order is fixed. */
  onReorder?: (ids: string[]) => void;
  /** Enter or click on a row. */
  onOpen?: (id: string) => void;
};

/** The ids after moving some of them before or after another. */
export function moved(ids: readonly string[], keys: ReadonlySet<unknown>, target: string, isAfter: boolean): string[] {
  if (keys.has(target)) return [...ids];
  const rest = ids.filter((id) => !keys.has(id));
  rest.splice(rest.indexOf(target) + (isAfter ? 1 : 0), 0, ...ids.filter((id) => keys.has(id)));
  return rest;
}

export function SortableList({ label, items, onReorder, onOpen }: SortableListProps) {
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) =>
      onReorder?.(
        moved(
          items.map((item) => item.id),
          keys,
          String(target.key),
          target.dropPosition === 'after',
        ),
      ),
  });
  return (
    <GridList
      aria-label={label}
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={onReorder ? dragAndDropHooks : undefined}
      onAction={onOpen && ((key) => onOpen(String(key)))}
      className="flex flex-col divide-y divide-line outline-none [&_[data-drop-target]]:outline-2 [&_[data-drop-target]]:outline-accent"
    >
      {items.map((item) => (
        <GridListItem
          key={item.id}
          id={item.id}
          textValue={item.label}
          className="flex min-h-row items-center gap-2 py-1.5 pr-2 pl-1 text-base outline-offset-[-2px] hover:bg-hover dragging:opacity-50"
        >
          {onReorder && (
            <Button
              slot="drag"
              aria-label={`Move ${item.label}`}
              className="grid size-7 shrink-0 place-items-center rounded-inner text-faint hover:text-ink"
            >
              <GripVertical aria-hidden="true" className="size-4" />
            </Button>
          )}
          <div className="min-w-0 flex-1">{item.content}</div>
          {item.actions}
        </GridListItem>
      ))}
    </GridList>
  );
}
