// One of a few choices that should all be seen.
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import type { Option } from './options.ts';

export type RadioGroupProps<V extends string> = Omit<FieldProps, 'size' | 'autoFocus'> & {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  orientation?: 'vertical' | 'horizontal';
  /** `cards` frames each choice: for few choices with a description. */
  variant?: 'list' | 'cards';
};

export function RadioGroup<V extends string>({
  label,
  hideLabel,
  description,
  error,
  className,
  options,
  value,
  onChange,
  orientation = 'vertical',
  variant = 'list',
  ...rest
}: RadioGroupProps<V>) {
  const isCards = variant === 'cards';
  return (
    <AriaRadioGroup
      {...rest}
      value={value}
      onChange={(next) => onChange(next as V)}
      orientation={orientation}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <div
        className={cx(
          'flex',
          orientation === 'vertical' ? 'flex-col' : 'flex-wrap',
          isCards ? 'gap-2' : orientation === 'vertical' ? 'gap-1' : 'gap-x-5 gap-y-1',
        )}
      >
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled}
            className={({ isSelected, isFocusVisible }) =>
              cx(
                'flex min-h-6 items-start gap-2.5 text-base text-ink disabled:text-faint',
                isCards && 'min-w-40 flex-1 rounded-ui border p-3',
                isCards && (isSelected ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover'),
                isFocusVisible && 'rounded-inner outline-2 outline-offset-2 outline-focus',
              )
            }
          >
            {({ isSelected }) => (
              <>
                <span
                  className={cx(
                    'mt-0.25 grid size-4.5 shrink-0 place-items-center rounded-full border bg-surface',
                    isSelected ? 'border-accent' : 'border-line-strong',
                  )}
                >
                  {isSelected && <span className="size-2.5 rounded-full bg-accent" />}
                </span>
                {option.icon && <span className="mt-0.5 flex text-muted [&_svg]:size-4">{option.icon}</span>}
                <span className="min-w-0">
                  {option.label}
                  {option.description && <span className="block text-sm text-muted">{option.description}</span>}
                </span>
              </>
            )}
          </Radio>
        ))}
      </div>
      <FieldHelp description={description} error={error} />
    </AriaRadioGroup>
  );
}
