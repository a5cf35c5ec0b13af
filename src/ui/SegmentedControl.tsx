// Two to five ways to look at the same thing, side by side.
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { cx } from './cx.ts';

export type SegmentedControlProps<V extends string> = {
  label: string;
  options: readonly { value: V; label: string; icon?: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
  /** Icons only; the labels stay for screen readers. */
  hideText?: boolean;
  size?: 'sm' | 'md';
  className?: string;
};

export function SegmentedControl<V extends string>({
  label,
  options,
  value,
  onChange,
  hideText = false,
  size = 'md',
  className,
}: SegmentedControlProps<V>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [next] = keys;
        if (next !== undefined) onChange(String(next) as V);
      }}
      className={cx(
        'inline-flex items-center gap-0.5 rounded-ui bg-sunken p-0.5',
        size === 'md' ? 'h-control' : 'h-control-sm',
        className,
      )}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          aria-label={hideText ? option.label : undefined}
          className={({ isSelected }) =>
            cx(
              'flex h-full items-center justify-center gap-1.5 rounded-inner px-2.5 text-sm font-medium whitespace-nowrap transition-colors [&_svg]:size-4',
              isSelected ? 'bg-surface text-ink shadow-card' : 'text-muted hover:text-ink',
            )
          }
        >
          {option.icon}
          {!hideText && option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
