// The filters of a list as chips: add, change, take away. Data in, data out; the page does the filtering. Import by path.
import { ListFilter, Plus, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton, DialogTrigger } from 'react-aria-components';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { describeFilter, type Filter, type FilterField, filterReducer, isComplete, newFilter } from './filters.ts';
import { PopoverPanel } from './PopoverPanel.tsx';
import { SkeletonRows } from './Skeleton.tsx';

import { useFormatSettings } from './uiContext.ts';

// Editors of numbers, dates and choices are heavy; they come when a filter is opened.
const loadEditor = async () => ({ default: (await import('./FilterEditor.tsx')).FilterEditor });
const FilterEditor = lazy(loadEditor);
const FilterFields = lazy(() => import('./FilterFields.tsx'));

export type FilterBarProps = {
  fields: readonly FilterField[];
  value: readonly Filter[];
  onChange: (filters: Filter[]) => void;
  /** What the filters leave: "128 rows". Announced when it changes. */
  resultText?: string;
  /** Names of chosen values that come from the server: id → name. */
  names?: ReadonlyMap<string, string>;
  className?: string;
};

export function FilterBar({ fields, value, onChange, resultText, names, className }: FilterBarProps) {
  // A new filter without a value is not yet the page's business.
  const [draft, setDraft] = useState<Filter | null>(null);
  const fieldOf = (filter: Filter) => fields.find((field) => field.id === filter.field);
  const change = (index: number, filter: Filter) => onChange(filterReducer(value, { type: 'change', index, filter }));

  return (
    <div role="toolbar" aria-label="Filters" className={cx('flex min-w-0 flex-wrap items-center gap-1.5', className)}>
      {value.map((filter, index) => {
        const field = fieldOf(filter);
        if (!field) return null;
        return (
          <Chip
            key={`${filter.field}-${String(index)}`}
            filter={filter}
            field={field}
            names={names}
            onChange={(next) => isComplete(next) && change(index, next)}
            onRemove={() => onChange(filterReducer(value, { type: 'remove', index }))}
          />
        );
      })}
      {draft && fieldOf(draft) && (
        <Chip
          key={`draft-${draft.field}`}
          filter={draft}
          field={fieldOf(draft) as FilterField}
          names={names}
          isNew
          onChange={setDraft}
          onRemove={() => setDraft(null)}
          onClose={() => {
            if (isComplete(draft)) onChange(filterReducer(value, { type: 'add', filter: draft }));
            setDraft(null);
          }}
        />
      )}
      <AddFilter fields={fields} isFirst={value.length === 0 && !draft} onAdd={(field) => setDraft(newFilter(field))} />
      {value.length > 0 && (
        <Button size="sm" variant="quiet" onPress={() => onChange([])}>
          Clear
        </Button>
      )}
      <span role="status" className={resultText ? 'tabular ml-1 text-sm text-muted' : 'sr-only'}>
        {resultText}
      </span>
    </div>
  );
}

type ChipProps = {
  filter: Filter;
  field: FilterField;
  names?: ReadonlyMap<string, string>;
  isNew?: boolean;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
  onClose?: () => void;
};

function Chip({ filter, field, names, isNew = false, onChange, onRemove, onClose }: ChipProps) {
  const { locale } = useFormatSettings();
  const [isOpen, setOpen] = useState(isNew);
  // While the panel is open the unfinished state lives here.
  const [edited, setEdited] = useState(filter);
  const text = describeFilter(isOpen ? edited : filter, field, locale, names);
  const apply = (next: Filter) => {
    setEdited(next);
    onChange(next);
  };
  const close = (next: boolean) => {
    setOpen(next);
    setEdited(filter);
    if (!next) onClose?.();
  };
  return (
    <span className="inline-flex h-control-sm max-w-full items-center rounded-ui border border-line bg-surface text-sm">
      <DialogTrigger isOpen={isOpen} onOpenChange={close}>
        <AriaButton className="flex h-full min-w-0 items-center gap-1 rounded-l-ui pr-1 pl-2 outline-offset-[-2px] hover:bg-hover">
          <span className="text-muted">{text.field}</span>
          <span className="text-faint">{text.operator}</span>
          <span className="truncate font-medium text-ink">{text.value || '…'}</span>
        </AriaButton>
        <PopoverPanel label={`Filter by ${field.label}`} className="w-72">
          <Suspense fallback={<SkeletonRows rows={3} columns={1} />}>
            <FilterEditor filter={edited} field={field} onChange={apply} onDone={() => close(false)} />
          </Suspense>
        </PopoverPanel>
      </DialogTrigger>
      <AriaButton
        aria-label={`Remove filter: ${text.field} ${text.operator} ${text.value}`}
        onPress={onRemove}
        className="grid h-full w-6 shrink-0 place-items-center rounded-r-ui text-faint outline-offset-[-2px] hover:bg-hover hover:text-ink"
      >
        <X aria-hidden="true" className="size-3.5" />
      </AriaButton>
    </span>
  );
}

function AddFilter({
  fields,
  isFirst,
  onAdd,
}: {
  fields: readonly FilterField[];
  isFirst: boolean;
  onAdd: (field: FilterField) => void;
}) {
  return (
    <DialogTrigger onOpenChange={(isOpen) => isOpen && void loadEditor()}>
      <Button
        size="sm"
        variant={isFirst ? 'secondary' : 'quiet'}
        icon={isFirst ? <ListFilter /> : <Plus />}
        aria-label="Add a filter"
      >
        {isFirst ? 'Filter' : 'Add'}
      </Button>
      <PopoverPanel label="Add a filter" className="w-64">
        {(close) => (
          <Suspense fallback={<SkeletonRows rows={5} columns={1} />}>
            <FilterFields
              fields={fields}
              onChoose={(field) => {
                close();
                onAdd(field);
              }}
            />
          </Suspense>
        )}
      </PopoverPanel>
    </DialogTrigger>
  );
}
