// One line of text.
import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import { TextField as AriaTextField, Group, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { controlBox, controlHeight, controlHeightSmall, controlInput } from './styles.ts';

export type TextFieldProps = FieldProps & {
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: { key: string }) => void;
  placeholder?: string;
  type?: 'text' | 'email' | 'url' | 'tel' | 'search';
  inputMode?: 'text' | 'email' | 'url' | 'tel' | 'numeric' | 'decimal' | 'search';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  maxLength?: number;
  pattern?: string;
  /** Icon or short text before the value. */
  prefix?: ReactNode;
  /** Unit, icon or small button behind the value. */
  suffix?: ReactNode;
  spellCheck?: 'true' | 'false';
  inputRef?: Ref<HTMLInputElement>;
};

export function TextField({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  placeholder,
  prefix,
  suffix,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior="aria" className={fieldClass(className)}>
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Group className={cx(controlBox, size === 'sm' ? controlHeightSmall : controlHeight)}>
        {prefix && <span className="flex pl-3 text-faint [&_svg]:size-4">{prefix}</span>}
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className={cx(controlInput, prefix && 'pl-2', suffix && 'pr-2')}
        />
        {suffix && <span className="flex items-center pr-3 text-muted [&_svg]:size-4">{suffix}</span>}
      </Group>
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  );
}
