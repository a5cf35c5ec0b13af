// One of many choices, found by typing; the choices may come from the server.
import { ChevronDown, X } from 'lucide-react';
import { useContext, useEffect, useMemo, useState } from 'react';
import { ComboBox as AriaComboBox, Button, ComboBoxStateContext, Group, Input, Popover } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { rank } from './fuzzy.ts';
import { OptionList } from './OptionList.tsx';
import type { Option } from './options.ts';
import { Spinner } from './Spinner.tsx';
import { controlBox, controlHeight, controlHeightSmall, controlInput, floatingPanel } from './styles.ts';
import { type LoadOptions, useAsyncOptions } from './useAsyncOptions.ts';

export type ComboBoxProps = FieldProps & {
  value: Option | null;
  onChange: (value: Option | null) => void;
  /** All choices, when they are few enough to have them. */
  options?: readonly Option[];
  /** Else: asks for choices while typing. Keep the function stable (useCallback). */
  load?: LoadOptions;
  /** Offers "Create …" when nothing has exactly this name. */
  onCreate?: (text: string) => void;
  placeholder?: string;
};

const create = '\u0000create';

export function ComboBox({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  value,
  onChange,
  options,
  load,
  onCreate,
  placeholder,
  ...rest
}: ComboBoxProps) {
  const [text, setText] = useState(value?.label ?? '');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setText(value?.label ?? ''), [value]);
  // Right after opening the whole list is wanted, although the chosen name stands in the box.
  const query = text === value?.label ? '' : text.trim();
  const remote = useAsyncOptions(load, query, isOpen);
  const shown = useMemo(() => {
    const found = load
      ? [...remote.options]
      : rank(options ?? [], query, (option) => [option.label, option.description ?? '']);
    const isKnown = found.some((option) => option.label.toLowerCase() === query.toLowerCase());
    return onCreate && query !== '' && !isKnown ? [...found, { value: create, label: `Create “${query}”` }] : found;
  }, [load, remote.options, options, query, onCreate]);

  const choose = (key: string) => {
    if (key === create) onCreate?.(query);
    else {
      const option = shown.find((candidate) => candidate.value === key);
      if (option) {
        setText(option.label);
        onChange(option);
      }
    }
  };
  return (
    <AriaComboBox
      {...rest}
      inputValue={text}
      onInputChange={setText}
      selectedKey={value?.value ?? null}
      onSelectionChange={(key) => {
        if (key !== null) choose(String(key));
      }}
      onOpenChange={setOpen}
      onBlur={() => {
        if (text.trim() === '' && value) onChange(null);
        else setText(value?.label ?? '');
      }}
      items={shown}
      allowsEmptyCollection
      menuTrigger="input"
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Group className={cx(controlBox, size === 'sm' ? controlHeightSmall : controlHeight)}>
        {value?.icon && query === '' && <span className="flex pl-3 text-muted [&_svg]:size-4">{value.icon}</span>}
        <TextBox
          placeholder={placeholder ?? 'Type to search'}
          className={cx(controlInput, 'pr-1', value?.icon && query === '' && 'pl-2')}
        />
        {value && !rest.isRequired && !rest.isDisabled && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Clear ${label}`}
            onClick={() => {
              setText('');
              onChange(null);
            }}
            className="grid size-6 shrink-0 place-items-center rounded-inner text-muted hover:bg-hover"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
        <Button className="grid size-8 shrink-0 place-items-center text-faint">
          {remote.isLoading ? <Spinner size={14} /> : <ChevronDown aria-hidden="true" className="size-4" />}
        </Button>
      </Group>
      <FieldHelp description={description} error={error} />
      <Popover className={cx(floatingPanel, 'w-(--trigger-width) min-w-56')}>
        <OptionList
          options={shown}
          renderEmptyState={() => (
            <div className="px-2 py-3 text-center text-sm text-muted">
              {remote.error ?? (remote.isLoading ? 'Searching…' : query === '' ? 'Type to search' : 'Nothing found')}
            </div>
          )}
        />
      </Popover>
    </AriaComboBox>
  );
}

/** A click opens the choices, as typing and the arrows do; walking past with Tab does not. */
function TextBox({ placeholder, className }: { placeholder: string; className: string }) {
  const state = useContext(ComboBoxStateContext);
  return <Input placeholder={placeholder} className={className} onClick={() => state?.open(null, 'manual')} />;
}
