// One of a few fixed choices. For many or searched choices take ComboBox.
import { ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, Popover, SelectValue } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { OptionList } from './OptionList.tsx';
import type { Option } from './options.ts';
import { controlHeight, controlHeightSmall, floatingPanel } from './styles.ts';

export type SelectProps<V extends string> = Omit<FieldProps, 'isReadOnly'> & {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  /** With it a first entry "None" (or `clearLabel`) appears that empties the field. */
  onClear?: () => void;
  clearLabel?: string;
  placeholder?: string;
  /** `quiet` has no border: for toolbars. */
  variant?: 'box' | 'quiet';
  onBlur?: () => void;
  defaultOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

const none = '\u0000none';

export function Select<V extends string>({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  options,
  value,
  onChange,
  onClear,
  clearLabel = 'None',
  placeholder = 'Choose…',
  variant = 'box',
  ...rest
}: SelectProps<V>) {
  const all: Option[] = onClear ? [{ value: none, label: clearLabel }, ...options] : [...options];
  return (
    <AriaSelect
      {...rest}
      selectedKey={value}
      onSelectionChange={(key) => {
        if (key === none) onClear?.();
        else if (key !== null) onChange(key as V);
      }}
      placeholder={placeholder}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Button
        className={cx(
          'flex w-full min-w-0 items-center gap-2 rounded-ui text-left text-base text-ink transition-colors disabled:text-faint [&_svg]:size-4',
          size === 'sm' ? cx(controlHeightSmall, 'px-2.5 text-sm') : cx(controlHeight, 'px-3'),
          variant === 'box'
            ? 'border border-line-strong bg-surface hover:bg-hover disabled:border-line disabled:bg-sunken'
            : 'hover:bg-hover',
          error && 'border-poor',
        )}
      >
        <SelectValue className="flex min-w-0 flex-1 items-center gap-2 truncate placeholder-shown:text-faint [&_[slot=description]]:hidden">
          {({ isPlaceholder, defaultChildren }) => {
            const chosen = options.find((option) => option.value === value);
            if (isPlaceholder || !chosen)
              return <span className="truncate text-faint">{isPlaceholder ? placeholder : defaultChildren}</span>;
            return (
              <>
                {chosen.icon && <span className="flex text-muted">{chosen.icon}</span>}
                <span className="truncate">{chosen.label}</span>
              </>
            );
          }}
        </SelectValue>
        <ChevronDown aria-hidden="true" className="shrink-0 text-faint" />
      </Button>
      <FieldHelp description={description} error={error} />
      <Popover className={cx(floatingPanel, 'min-w-(--trigger-width)')}>
        <OptionList options={all} />
      </Popover>
    </AriaSelect>
  );
}
