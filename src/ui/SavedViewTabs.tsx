// Saved ways to look at a list, as tabs; a changed view offers to be saved or set back.
import { ChevronDown, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { Dialog } from './Dialog.tsx';
import { IconButton } from './IconButton.tsx';
import { Menu, type MenuEntry } from './Menu.tsx';
import { TextField } from './TextField.tsx';

export type SavedView = {
  id: string;
  name: string;
  href?: string;
  count?: number;
  isShared?: boolean;
  isBuiltIn?: boolean;
};

export type SavedViewTabsProps = {
  views: readonly SavedView[];
  selected: string;
  onSelect: (id: string) => void;
  /** The list differs from the stored view. */
  isChanged?: boolean;
  onSave?: () => void;
  onSaveAs?: (name: string) => void;
  onReset?: () => void;
  onRename?: (id: string, name: string) => void;
  onDelete?: (id: string) => void;
  className?: string;
};

export function SavedViewTabs({
  views,
  selected,
  onSelect,
  isChanged = false,
  onSave,
  onSaveAs,
  onReset,
  onRename,
  onDelete,
  className,
}: SavedViewTabsProps) {
  const [naming, setNaming] = useState<'create' | 'rename' | null>(null);
  const current = views.find((view) => view.id === selected);
  const isOwn = current !== undefined && !current.isBuiltIn;
  const items: MenuEntry[] = [
    ...(onSaveAs ? [{ id: 'saveAs', label: 'Save as a new view', onAction: () => setNaming('create') }] : []),
    ...(isOwn && onRename ? [{ id: 'rename', label: 'Rename', onAction: () => setNaming('rename') }] : []),
    ...(isOwn && onDelete
      ? [
          { id: 'line', separator: true as const },
          { id: 'delete', label: 'Delete view', tone: 'danger' as const, onAction: () => onDelete(current.id) },
        ]
      : []),
  ];
  return (
    <div className={cx('flex min-w-0 items-end gap-2 border-b border-line max-sm:flex-wrap', className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex box in every browser. */}
      <div
        role="group"
        aria-label="Views"
        className="-mb-px flex min-w-0 flex-1 gap-1 overflow-x-auto max-sm:basis-full [scrollbar-width:none]"
      >
        {views.map((view) => (
          <ViewTab
            key={view.id}
            view={view}
            isSelected={view.id === selected}
            isChanged={isChanged && view.id === selected}
            onSelect={onSelect}
          />
        ))}
        {onSaveAs && (
          <IconButton
            label="Save as a new view"
            icon={<Plus />}
            size="sm"
            className="my-auto"
            onPress={() => setNaming('create')}
          />
        )}
      </div>
      {(isChanged || items.length > 0) && (
        <div className="flex shrink-0 items-center gap-1 pb-1">
          {isChanged && onReset && (
            <Button size="sm" variant="quiet" onPress={onReset}>
              Reset
            </Button>
          )}
          {isChanged && isOwn && onSave && (
            <Button size="sm" variant="secondary" onPress={onSave}>
              Save view
            </Button>
          )}
          {items.length > 0 && (
            <Menu
              label="View"
              placement="bottom end"
              trigger={<IconButton label="View options" icon={<ChevronDown />} size="sm" />}
              items={items}
            />
          )}
        </div>
      )}
      <NameDialog
        key={naming}
        title={naming === 'rename' ? 'Rename the view' : 'Save as a new view'}
        initial={naming === 'rename' ? (current?.name ?? '') : ''}
        isOpen={naming !== null}
        onClose={() => setNaming(null)}
        onDone={(name) => {
          if (naming === 'rename' && current) onRename?.(current.id, name);
          else onSaveAs?.(name);
          setNaming(null);
        }}
      />
    </div>
  );
}

function ViewTab({
  view,
  isSelected,
  isChanged,
  onSelect,
}: {
  view: SavedView;
  isSelected: boolean;
  isChanged: boolean;
  onSelect: (id: string) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      onClick={() => onSelect(view.id)}
      className={cx(
        'relative flex h-10 shrink-0 items-center gap-1.5 rounded-inner px-2.5 text-base font-medium whitespace-nowrap outline-offset-[-2px] transition-colors',
        'after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-full',
        isSelected ? 'text-ink after:bg-accent' : 'text-muted hover:text-ink',
      )}
    >
      {view.isShared && <Users aria-label="Shared" className="size-3.5 text-faint" />}
      {view.name}
      {isChanged && <span className="text-accent-text"> · changed</span>}
      {view.count !== undefined && (
        <span
          className={cx(
            'tabular rounded-full px-1.5 text-xs',
            isSelected ? 'bg-accent-soft text-accent-text' : 'bg-sunken text-muted',
          )}
        >
          {view.count}
        </span>
      )}
    </button>
  );
}

function NameDialog({
  title,
  initial,
  isOpen,
  onClose,
  onDone,
}: {
  title: string;
  initial: string;
  isOpen: boolean;
  onClose: () => void;
  onDone: (name: string) => void;
}) {
  const [name, setName] = useState(initial);
  const isReady = name.trim() !== '';
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="view-name" isDisabled={!isReady}>
            Save
          </Button>
        </>
      }
    >
      <form
        id="view-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onDone(name.trim());
        }}
      >
        <TextField label="Name" value={name} onChange={setName} autoFocus maxLength={60} />
      </form>
    </Dialog>
  );
}
