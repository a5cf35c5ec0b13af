// The list of fields behind "Filter"; many are found by typing. Part of FilterBar, loaded when it is opened.
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import type { FilterField } from './filters.ts';
import { matchScore } from './fuzzy.ts';
import { floatingItem } from './styles.ts';

type Props = { fields: readonly FilterField[]; onChoose: (field: FilterField) => void };

export default function FilterFields({ fields, onChoose }: Props) {
  const hasSearch = fields.length > 7;
  const list = (
    <ListBox
      aria-label="Fields"
      items={fields}
      autoFocus={hasSearch ? undefined : 'first'}
      onAction={(key) => {
        const field = fields.find((candidate) => candidate.id === key);
        if (field) onChoose(field);
      }}
      className="scroll-quiet max-h-72 overflow-y-auto p-1 outline-none"
    >
      {(field) => (
        <ListBoxItem id={field.id} textValue={field.label} className={floatingItem}>
          {field.label}
        </ListBoxItem>
      )}
    </ListBox>
  );
  // Autocomplete would keep the focus for its input, so it is only there with one.
  if (!hasSearch) return list;
  return (
    <Autocomplete filter={(text, query) => matchScore(query, text) > 0}>
      <SearchField
        aria-label="Search fields"
        autoFocus
        className="flex h-control items-center border-b border-line px-3"
      >
        <Input
          role="combobox"
          aria-expanded="true"
          placeholder="Filter by…"
          className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      {list}
    </Autocomplete>
  );
}
