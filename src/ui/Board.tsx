// Columns of cards which are moved from one to the next: by drag, and by keyboard (Enter on the handle, Tab to a column, Enter). Import by path.
import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { cx } from './cx.ts';

export type BoardCard = {
  id: string;
  /** Its name for screen readers. */
  label: string;
  content: ReactNode;
  isFixed?: boolean;
};
export type BoardColumn = {
  id: string;
  label: string;
  /** Under the name: count, sum. */
  detail?: ReactNode;
  cards: readonly BoardCard[];
  /** Cards that are there but not shown. */
  more?: ReactNode;
  tone?: 'neutral' | 'good' | 'poor';
};
export type BoardProps = {
  label: string;
  columns: readonly BoardColumn[];
  /** Without it nothing moves. */
  onMove?: (cardId: string, columnId: string) => void;
  onOpen?: (cardId: string) => void;
};

const TYPE = 'application/x-board-card';
const edges = { neutral: 'border-line', good: 'border-good', poor: 'border-poor' };

export function Board({ label, columns, onMove, onOpen }: BoardProps) {
  return (
    <section aria-label={label} className="flex h-full min-h-0 gap-3 overflow-x-auto pb-2">
      {columns.map((column) => (
        <Column key={column.id} column={column} {...(onMove ? { onMove } : {})} {...(onOpen ? { onOpen } : {})} />
      ))}
    </section>
  );
}

type ColumnProps = { column: BoardColumn } & Pick<BoardProps, 'onMove' | 'onOpen'>;

function Column({ column, onMove, onOpen }: ColumnProps) {
  const take = async (items: readonly { kind: string }[]) => {
    for (const item of items) {
      if (item.kind !== 'text') continue;
      const id = await (item as unknown as { getText: (type: string) => Promise<string> }).getText(TYPE);
      if (id && !column.cards.some((c) => c.id === id)) onMove?.(id, column.id);
    }
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [TYPE]: String(key), 'text/plain': String(key) })),
    acceptedDragTypes: [TYPE],
    getDropOperation: () => 'move',
    onRootDrop: (event) => void take(event.items),
    onInsert: (event) => void take(event.items),
  });
  return (
    <div
      className={cx(
        'flex shrink-0 flex-col rounded-ui border-t-2 bg-sunken',
        // Room goes to what has cards.
        column.cards.length > 0 || column.more ? 'w-72' : 'w-44',
        edges[column.tone ?? 'neutral'],
      )}
    >
      <div className="px-3 pt-2 pb-1">
        <h2 className="truncate text-base font-semibold text-ink">{column.label}</h2>
        {column.detail && <div className="tabular text-sm text-muted">{column.detail}</div>}
      </div>
      <GridList
        aria-label={column.label}
        items={column.cards}
        keyboardNavigationBehavior="tab"
        {...(onMove ? { dragAndDropHooks } : {})}
        {...(onOpen ? { onAction: (key) => onOpen(String(key)) } : {})}
        renderEmptyState={() => <p className="px-1 py-4 text-center text-sm text-muted">Nothing here</p>}
        className="flex min-h-24 flex-1 flex-col gap-2 overflow-y-auto px-2 pt-1 pb-2 outline-none data-[drop-target]:bg-accent-soft [&_[data-drop-target]]:outline-2 [&_[data-drop-target]]:outline-accent"
      >
        {(card) => (
          <GridListItem
            id={card.id}
            textValue={card.label}
            className={cx(
              'flex items-start gap-1 rounded-ui border border-line bg-surface p-2 text-base shadow-card outline-offset-[-2px] dragging:opacity-50',
              onOpen && 'cursor-pointer hover:border-line-strong',
            )}
          >
            {onMove && !card.isFixed && (
              <Button
                slot="drag"
                aria-label={`Move ${card.label}`}
                className="-ml-1 grid size-6 shrink-0 cursor-grab place-items-center rounded-inner text-faint hover:text-ink"
              >
                <GripVertical aria-hidden="true" className="size-4" />
              </Button>
            )}
            <div className="min-w-0 flex-1">{card.content}</div>
          </GridListItem>
        )}
      </GridList>
      {column.more && <div className="px-3 pb-2 text-sm text-muted">{column.more}</div>}
    </div>
  );
}
