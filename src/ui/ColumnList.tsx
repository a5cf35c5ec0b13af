// The list inside ColumnChooser: which columns, in which order. Works by drag and by keyboard. Loaded when it is opened.
import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react';
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { Button } from './Button.tsx';
import { Checkbox } from './Checkbox.tsx';
import { type ColumnChooserProps, orderColumns } from './gridTypes.ts';
import { IconButton } from './IconButton.tsx';

export default function ColumnList<Row>({ columns, layout, onChange }: ColumnChooserProps<Row>) {
  const movable = orderColumns(columns.slice(1), layout.order);
  const order = movable.map((column) => column.id);
  const step = (id: string, by: 1 | -1) => {
    const at = order.indexOf(id);
    onChange({ ...layout, order: order.toSpliced(at, 1).toSpliced(at + by, 0, id) });
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const moved = order.filter((id) => keys.has(id));
      const rest = order.filter((id) => !keys.has(id));
      const at = rest.indexOf(String(target.key)) + (target.dropPosition === 'after' ? 1 : 0);
      rest.splice(at, 0, ...moved);
      onChange({ ...layout, order: rest });
    },
  });
  const shown = order.filter((id) => !layout.hidden.includes(id));
  return (
    <>
      <div className="flex items-center justify-between py-2 pr-2 pl-4">
        <span className="text-sm font-medium">Columns</span>
        <Button
          size="sm"
          variant="quiet"
          onPress={() =>
            onChange({
              order: columns.slice(1).map((c) => c.id),
              hidden: columns.filter((c) => c.isHidden).map((c) => c.id),
              widths: {},
            })
          }
        >
          Reset
        </Button>
      </div>
      <GridList
        aria-label="Columns shown"
        selectionMode="multiple"
        selectedKeys={shown}
        disabledKeys={movable.filter((column) => column.canHide === false).map((column) => column.id)}
        disabledBehavior="selection"
        onSelectionChange={(keys) => {
          const kept = keys === 'all' ? new Set(order) : keys;
          onChange({ ...layout, order, hidden: order.filter((id) => !kept.has(id)) });
        }}
        dragAndDropHooks={dragAndDropHooks}
        className="scroll-quiet max-h-80 overflow-y-auto px-1.5 pb-2 outline-none [&_.react-aria-DropIndicator]:outline-2 [&_.react-aria-DropIndicator]:outline-accent"
      >
        {movable.map((column, at) => (
          <GridListItem
            key={column.id}
            id={column.id}
            textValue={column.header}
            className="flex h-control-sm items-center gap-1 rounded-inner px-1 text-base outline-offset-[-2px] hover:bg-hover dragging:opacity-50"
          >
            <AriaButton
              slot="drag"
              className="grid size-6 place-items-center text-faint"
              aria-label={`Move ${column.header}`}
            >
              <GripVertical aria-hidden="true" className="size-4" />
            </AriaButton>
            <Checkbox slot="selection" />
            <span className="min-w-0 flex-1 truncate">{column.header}</span>
            {/* The same as dragging, for those who cannot drag. */}
            <IconButton
              label={`Move ${column.header} up`}
              icon={<ChevronUp />}
              size="sm"
              isDisabled={at === 0}
              onPress={() => step(column.id, -1)}
            />
            <IconButton
              label={`Move ${column.header} down`}
              icon={<ChevronDown />}
              size="sm"
              isDisabled={at === movable.length - 1}
              onPress={() => step(column.id, 1)}
            />
          </GridListItem>
        ))}
      </GridList>
    </>
  );
}
