// Several of many choices: chips in the box, a searchable list below. Import by path.
import { ChevronDown, Search } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { Button as AriaButton, DialogTrigger } from 'react-aria-components';
import { Badge } from './Badge.tsx';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import type { FieldProps } from './Field.tsx';
import { OptionPicker } from './OptionPicker.tsx';
import type { Option } from './options.ts';
import { PopoverPanel } from './PopoverPanel.tsx';
import type { LoadOptions } from './useAsyncOptions.ts';

export type MultiSelectProps = FieldProps & {
  value: readonly string[];
  onChange: (value: string[]) => void;
  options?: readonly Option[];
  load?: LoadOptions;
  /** Names of chosen values which `options` does not hold, as with `load`. */
  selectedOptions?: readonly Option[];
  placeholder?: string;
};

export function MultiSelect(props: MultiSelectProps) {
  const {
    label,
    hideLabel,
    description,
    error,
    value,
    onChange,
    options = [],
    selectedOptions = [],
    placeholder = 'Choose…',
  } = props;
  const id = useId();
  const [seen, setSeen] = useState<readonly Option[]>([]);
  const known = useMemo(
    () => new Map([...selectedOptions, ...seen, ...options].map((option) => [option.value, option])),
    [selectedOptions, seen, options],
  );
  const isLocked = props.isDisabled || props.isReadOnly;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', props.className)}>
      <span id={`${id}-label`} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
        {label}
        {props.isRequired && (
          <span aria-hidden="true" className="ml-0.5 text-poor-text">
            *
          </span>
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex box in every browser. */}
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-help`}
        className={cx(
          'flex min-h-control w-full min-w-0 flex-wrap items-center gap-1.5 rounded-ui border bg-surface py-1 pr-1 pl-2',
          error ? 'border-poor' : 'border-line-strong',
          isLocked && 'border-line bg-sunken',
        )}
      >
        {value.map((chosen) => (
          <Badge
            key={chosen}
            textValue={known.get(chosen)?.label}
            onRemove={isLocked ? undefined : () => onChange(value.filter((other) => other !== chosen))}
          >
            {known.get(chosen)?.label ?? chosen}
          </Badge>
        ))}
        <DialogTrigger>
          <AriaButton
            isDisabled={isLocked}
            aria-label={`${label}: ${value.length === 0 ? placeholder : 'choose'}`}
            className="flex h-6 min-w-8 flex-1 items-center justify-between gap-2 rounded-inner pl-1 text-base text-faint"
          >
            <span>{value.length === 0 ? placeholder : ''}</span>
            <ChevronDown aria-hidden="true" className="mr-1 size-4" />
          </AriaButton>
          <PopoverPanel label={label} placement="bottom end" className="w-72">
            <OptionPicker
              label={label}
              options={options}
              load={props.load}
              value={value}
              onChange={onChange}
              onSeen={setSeen}
              icon={<Search />}
            />
            {value.length > 0 && (
              <div className="border-t border-line p-1">
                <Button size="sm" variant="quiet" onPress={() => onChange([])}>
                  Clear
                </Button>
              </div>
            )}
          </PopoverPanel>
        </DialogTrigger>
      </div>
      <div id={`${id}-help`} className="contents">
        {description && <span className="text-sm text-muted">{description}</span>}
        {error && (
          <span role="alert" className="text-sm text-poor-text">
            {error}
          </span>
        )}
      </div>
    </div>
  );
}
