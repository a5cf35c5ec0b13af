// What all lists of a plan share: add, move, remove with undo, and the cap of the one page with the depth behind it.
import { ArrowDown, ArrowUp, EllipsisVertical, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, cx, IconButton, Menu, toast } from '../../../ui/index.ts';

type Item = { id: string };

/** The list with one item changed. */
export const changed = <T extends Item>(items: readonly T[], id: string, change: Partial<T>): T[] =>
  items.map((item) => (item.id === id ? { ...item, ...change } : item));

/** The list with an item moved beside its neighbour among those `shown`. */
export function movedBeside<T extends Item>(items: readonly T[], id: string, by: -1 | 1, shown: readonly Item[]): T[] {
  const neighbour = shown[shown.findIndex((item) => item.id === id) + by];
  const item = items.find((one) => one.id === id);
  if (!neighbour || !item) return [...items];
  const rest = items.filter((one) => one.id !== id);
  rest.splice(rest.findIndex((one) => one.id === neighbour.id) + (by === 1 ? 1 : 0), 0, item);
  return rest;
}

/** Puts an item back where it stood. */
export function putBack<T extends Item>(items: readonly T[], item: T, at: number): T[] {
  if (items.some(({ id }) => id === item.id)) return [...items];
  const next = [...items];
  next.splice(Math.min(at, next.length), 0, item);
  return next;
}

export function saidRemoved(what: string, undo: () => void): void {
  toast.show({ title: `${what} removed`, action: { label: 'Undo', onAction: undo } });
}

export function ItemMenu({
  label,
  onMove,
  canMove,
  onRemove,
  isInside = false,
}: {
  label: string;
  onMove?: (by: -1 | 1) => void;
  canMove?: { up: boolean; down: boolean };
  onRemove: () => void;
  /** Stands in the line; else in the margin beside it, where there is one. */
  isInside?: boolean;
}) {
  return (
    <span
      data-print="hide"
      className={cx(
        'opacity-0 transition-opacity group-focus-within/item:opacity-100 group-hover/item:opacity-100 has-aria-expanded:opacity-100 pointer-coarse:opacity-100',
        !isInside && 'md:absolute md:-right-4',
      )}
    >
      <Menu
        label={label}
        placement="bottom end"
        trigger={<IconButton label={label} hideTooltip size="sm" icon={<EllipsisVertical />} />}
        items={[
          ...(onMove
            ? [
                {
                  id: 'up',
                  label: 'Move up',
                  icon: <ArrowUp />,
                  isDisabled: !canMove?.up,
                  onAction: () => onMove(-1),
                },
                {
                  id: 'down',
                  label: 'Move down',
                  icon: <ArrowDown />,
                  isDisabled: !canMove?.down,
                  onAction: () => onMove(1),
                },
              ]
            : []),
          { id: 'remove', label: 'Remove', icon: <Trash2 />, tone: 'danger' as const, onAction: onRemove },
        ]}
      />
    </span>
  );
}

export function AddItem({ children, onPress, id }: { children: string; onPress: () => void; id?: string }) {
  return (
    <span data-print="hide" id={id} tabIndex={-1} className="outline-none">
      <Button size="sm" variant="quiet" icon={<Plus />} onPress={onPress} className="-ml-2">
        {children}
      </Button>
    </span>
  );
}

/**
 * The order of the rule, held still while somebody works inside the list: nothing moves away under the fingers. Returns
 * the items and what to spread on the list's element.
 */
export function useSettled<T extends Item>(items: readonly T[], sort: (items: readonly T[]) => readonly T[]) {
  const [isInside, setInside] = useState(false);
  const order = useRef<string[]>([]);
  const sorted = sort(items);
  let shown = sorted;
  if (isInside) {
    const place = new Map(order.current.map((id, at) => [id, at]));
    shown = [...sorted].sort(
      (a, b) => (place.get(a.id) ?? Number.POSITIVE_INFINITY) - (place.get(b.id) ?? Number.POSITIVE_INFINITY) || 0,
    );
  }
  const ids = shown.map(({ id }) => id).join(' ');
  useEffect(() => {
    order.current = ids === '' ? [] : ids.split(' ');
  }, [ids]);
  return {
    shown,
    inside: {
      onFocus: () => setInside(true),
      onBlur: (event: React.FocusEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setInside(false);
      },
    },
  };
}

/** "and 3 more": the depth behind the one page. */
export function More({ count, isOpen, onToggle }: { count: number; isOpen: boolean; onToggle: () => void }): ReactNode {
  if (count <= 0) return null;
  return (
    <Button size="sm" variant="quiet" onPress={onToggle} className="-ml-2">
      {isOpen ? 'Show the one page only' : `and ${count} more`}
    </Button>
  );
}

/** Remembers which new item should take the focus once it is on the page. */
export function useFocusNew(): [
  (id: string) => void,
  (id: string) => ((element: HTMLTextAreaElement | null) => void) | undefined,
] {
  const wanted = useRef<string | null>(null);
  return [
    (id) => {
      wanted.current = id;
    },
    (id) => (element) => {
      if (element && wanted.current === id) {
        wanted.current = null;
        element.focus();
      }
    },
  ];
}
