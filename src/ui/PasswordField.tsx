// A password that can be looked at while typing, with a hint of how strong it is.
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { TextField as AriaTextField, Group, Input, ToggleButton } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { passwordStrength } from './passwordStrength.ts';
import { controlBox, controlHeight, controlInput } from './styles.ts';

export type PasswordFieldProps = Omit<FieldProps, 'size'> & {
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  /** Shows how strong it is: where a new one is chosen. */
  hasStrength?: boolean;
};

const fills = ['bg-pressed', 'bg-poor', 'bg-watch', 'bg-good', 'bg-good'];

export function PasswordField({
  label,
  hideLabel,
  description,
  error,
  className,
  hasStrength = false,
  ...rest
}: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const strength = passwordStrength(rest.value);
  return (
    <AriaTextField
      {...rest}
      type={isShown ? 'text' : 'password'}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Group className={cx(controlBox, controlHeight)}>
        <Input className={controlInput} spellCheck="false" />
        <ToggleButton
          isSelected={isShown}
          onChange={setShown}
          aria-label="Show password"
          className="mr-1 grid size-7 shrink-0 place-items-center rounded-inner text-muted hover:bg-hover hover:text-ink"
        >
          {isShown ? <EyeOff aria-hidden="true" className="size-4" /> : <Eye aria-hidden="true" className="size-4" />}
        </ToggleButton>
      </Group>
      {hasStrength && rest.value !== '' && (
        <div className="flex flex-col gap-1">
          <div aria-hidden="true" className="flex gap-1">
            {[1, 2, 3, 4].map((step) => (
              <span
                key={step}
                className={cx('h-1 flex-1 rounded-full', step <= strength.score ? fills[strength.score] : 'bg-pressed')}
              />
            ))}
          </div>
          <span role="status" className="text-sm text-muted">
            <span className="font-medium text-ink">{strength.word}.</span> {strength.hint}
          </span>
        </div>
      )}
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  );
}
