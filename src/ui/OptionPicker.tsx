// A search box over a list of options of which several can be ticked: inside MultiSelect and FilterBar. Not for pages.
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Autocomplete, Input, SearchField } from 'react-aria-components';
import { rank } from './fuzzy.ts';
import { OptionList } from './OptionList.tsx';
import type { Option } from './options.ts';
import { Spinner } from './Spinner.tsx';
import { type LoadOptions, useAsyncOptions } from './useAsyncOptions.ts';

export type OptionPickerProps = {
  label: string;
  options: readonly Option[];
  load?: LoadOptions;
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Options that were seen, so that their names are known after they left the list. */
  onSeen?: (options: readonly Option[]) => void;
  icon?: ReactNode;
};

export function OptionPicker({ label, options, load, value, onChange, onSeen, icon }: OptionPickerProps) {
  const [query, setQuery] = useState('');
  const remote = useAsyncOptions(load, query, true);
  const shown = useMemo(
    () => (load ? [...remote.options] : rank(options, query, (option) => [option.label, option.description ?? ''])),
    [load, remote.options, options, query],
  );
  useEffect(() => {
    if (remote.options.length > 0) onSeen?.(remote.options);
  }, [remote.options, onSeen]);
  const hasSearch = load !== undefined || options.length > 7;
  const visible = new Set(shown.map((option) => option.value));
  const list = (
    <OptionList
      aria-label={label}
      options={shown}
      selectionMode="multiple"
      autoFocus={hasSearch ? undefined : 'first'}
      selectedKeys={value.filter((chosen) => visible.has(chosen))}
      onSelectionChange={(keys) => {
        if (keys === 'all') return;
        const kept = value.filter((chosen) => !visible.has(chosen) || keys.has(chosen));
        const added = [...keys].map(String).filter((key) => !value.includes(key));
        onChange([...kept, ...added]);
      }}
      renderEmptyState={() => (
        <div className="px-2 py-3 text-center text-sm text-muted">
          {remote.error ?? (remote.isLoading ? 'Searching…' : 'Nothing found')}
        </div>
      )}
    />
  );
  if (!hasSearch) return list;
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField
        aria-label={`Search: ${label}`}
        autoFocus
        className="flex h-control items-center gap-2 border-b border-line px-3"
      >
        {icon && <span className="flex text-faint [&_svg]:size-4">{icon}</span>}
        <Input
          role="combobox"
          aria-expanded="true"
          placeholder="Search"
          className="min-w-0 flex-1 bg-transparent text-base outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        {remote.isLoading && <Spinner size={14} className="text-faint" />}
      </SearchField>
      {list}
    </Autocomplete>
  );
}
