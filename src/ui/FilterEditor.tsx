// The panel behind a filter chip: operator and value. Part of FilterBar.
import { Search } from 'lucide-react';
import { Button } from './Button.tsx';
import { DateField } from './DateField.tsx';
import {
  type Filter,
  type FilterField,
  type FilterOperator,
  operatorLabels,
  operatorsFor,
  valueCount,
  withOperator,
} from './filters.ts';
import { NumberField } from './NumberField.tsx';
import { OptionPicker } from './OptionPicker.tsx';
import { Select } from './Select.tsx';
import { TextField } from './TextField.tsx';

export type FilterEditorProps = {
  filter: Filter;
  field: FilterField;
  onChange: (filter: Filter) => void;
  onDone: () => void;
};

export function FilterEditor({ filter, field, onChange, onDone }: FilterEditorProps) {
  const operators = operatorsFor(field).map((operator) => ({ value: operator, label: operatorLabels[operator] }));
  const isList = valueCount(filter.operator) === Number.POSITIVE_INFINITY;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <div className="flex items-center gap-2 border-b border-line py-1.5 pr-1.5 pl-3">
        <span className="min-w-0 flex-1 truncate text-sm font-medium">{field.label}</span>
        {operators.length > 1 && (
          <Select<FilterOperator>
            label="Operator"
            hideLabel
            size="sm"
            variant="quiet"
            className="w-40"
            options={operators}
            value={filter.operator}
            onChange={(operator) => onChange(withOperator(filter, operator))}
          />
        )}
      </div>
      {isList ? (
        <OptionPicker
          label={field.label}
          options={field.options ?? []}
          load={field.load}
          value={filter.values}
          onChange={(values) => onChange({ ...filter, values })}
          icon={<Search />}
        />
      ) : (
        <div className="flex flex-col gap-3 p-3">
          <Values filter={filter} field={field} onChange={(values) => onChange({ ...filter, values })} />
          <Button type="submit" size="sm" variant="primary" className="self-end">
            Done
          </Button>
        </div>
      )}
    </form>
  );
}

function Values({
  filter,
  field,
  onChange,
}: {
  filter: Filter;
  field: FilterField;
  onChange: (values: string[]) => void;
}) {
  const count = valueCount(filter.operator);
  const at = (index: number) => filter.values[index] ?? '';
  const put = (index: number, value: string) => {
    const next = [at(0), ...(count === 2 ? [at(1)] : [])];
    next[index] = value;
    onChange(next);
  };
  if (count === 0) return <p className="text-sm text-muted">No value is needed.</p>;
  if (field.type === 'boolean') {
    return (
      <Select
        label="Value"
        hideLabel
        options={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={at(0)}
        onChange={(value) => onChange([value])}
      />
    );
  }
  const isDays = filter.operator === 'inNextDays' || filter.operator === 'inLastDays';
  const labels = count === 2 ? ['From', 'To'] : [isDays ? 'Days' : 'Value'];
  return labels.map((label, index) => {
    if (field.type === 'text') {
      return (
        <TextField key={label} label={label} hideLabel autoFocus value={at(0)} onChange={(value) => put(0, value)} />
      );
    }
    if (field.type === 'date' && !isDays) {
      return (
        <DateField
          key={label}
          label={label}
          hideLabel={count === 1}
          autoFocus={index === 0}
          value={at(index) || null}
          onChange={(value) => put(index, value ?? '')}
        />
      );
    }
    return (
      <NumberField
        key={label}
        label={label}
        hideLabel={count === 1}
        autoFocus={index === 0}
        minValue={isDays ? 0 : undefined}
        unit={isDays ? 'days' : field.unit}
        value={at(index) === '' ? null : Number(at(index))}
        onChange={(value) => put(index, value === null ? '' : String(value))}
      />
    );
  });
}
