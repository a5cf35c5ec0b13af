// The frame of every field: label above, help below, error in its place. Used by the field components, seldom by pages.

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { cx } from './cx.ts';

/** Props which all fields share. */
export type FieldProps = {
  label: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  description?: ReactNode;
  /** What is wrong and how to mend it. Its presence marks the field as invalid. */
  error?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  name?: string;
  size?: 'sm' | 'md';
  className?: string;
};

export const fieldClass = (className?: string) => cx('flex min-w-0 flex-col gap-1.5', className);

export function FieldLabel({ label, hideLabel, isRequired }: Pick<FieldProps, 'label' | 'hideLabel' | 'isRequired'>) {
  return (
    <Label className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
      {label}
      {isRequired && (
        <span aria-hidden="true" className="ml-0.5 text-poor-text">
          *
        </span>
      )}
    </Label>
  );
}

export function FieldHelp({ description, error }: Pick<FieldProps, 'description' | 'error'>) {
  return (
    <>
      {description && (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      )}
      <FieldError className="flex items-start gap-1.5 text-sm text-poor-text">
        {({ validationErrors }) => (
          <>
            <CircleAlert aria-hidden="true" className="mt-0.75 size-3.5 shrink-0" />
            <span>{error ?? validationErrors.join(' ')}</span>
          </>
        )}
      </FieldError>
    </>
  );
}
