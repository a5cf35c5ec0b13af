// Several lines of text; grows with what is typed.
import type { Ref } from 'react';
import { TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';

export type TextAreaProps = FieldProps & {
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** Lines at least; it grows up to `maxRows`, then scrolls. */
  rows?: number;
  maxRows?: number;
  /** Shows how many characters are left once four fifths are used. */
  maxLength?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
};

export function TextArea({
  label,
  hideLabel,
  description,
  error,
  className,
  placeholder,
  rows = 3,
  maxRows = 16,
  inputRef,
  size: _size,
  ...rest
}: TextAreaProps) {
  const used = rest.value?.length ?? 0;
  const showCount = rest.maxLength !== undefined && used > rest.maxLength * 0.8;
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior="aria" className={fieldClass(className)}>
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <AriaTextArea
        ref={inputRef}
        placeholder={placeholder}
        rows={rows}
        // 1.25rem a line plus the padding.
        style={{ minHeight: `calc(${rows} * 1.25rem + 1.125rem)`, maxHeight: `calc(${maxRows} * 1.25rem + 1.125rem)` }}
        className={cx(
          'field-sizing-content w-full resize-none rounded-ui border border-line-strong bg-surface px-3 py-2 text-base text-ink transition-colors',
          'focus:outline-2 focus:outline-offset-0 focus:outline-focus disabled:border-line disabled:bg-sunken disabled:text-faint invalid:border-poor',
        )}
      />
      {showCount && (
        <span className="tabular self-end text-xs text-muted" aria-live="polite">
          {rest.maxLength! - used} characters left
        </span>
      )}
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  );
}
