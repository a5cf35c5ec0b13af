// The steps of a wizard: where one is, what is done, what comes.
import { Check } from 'lucide-react';
import { Button } from 'react-aria-components';
import { cx } from './cx.ts';

export type Step = { id: string; label: string; description?: string };

export type StepperProps = {
  label: string;
  steps: readonly Step[];
  current: string;
  /** Ids of finished steps. */
  completed?: readonly string[];
  /** With it finished steps can be opened again. */
  onSelect?: (id: string) => void;
  orientation?: 'horizontal' | 'vertical';
  className?: string;
};

export function Stepper({
  label,
  steps,
  current,
  completed = [],
  onSelect,
  orientation = 'horizontal',
  className,
}: StepperProps) {
  const isVertical = orientation === 'vertical';
  return (
    <ol
      aria-label={label}
      className={cx(
        'flex',
        isVertical ? 'flex-col gap-1' : 'items-center gap-2 overflow-x-auto max-sm:gap-1',
        className,
      )}
    >
      {steps.map((step, index) => {
        const isCurrent = step.id === current;
        const isDone = completed.includes(step.id);
        const content = (
          <>
            <span
              aria-hidden="true"
              className={cx(
                'tabular grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
                isCurrent
                  ? 'bg-accent text-on-accent'
                  : isDone
                    ? 'bg-good-soft text-good-text'
                    : 'bg-pressed text-muted',
              )}
            >
              {isDone && !isCurrent ? <Check className="size-3.5" strokeWidth={3} /> : index + 1}
            </span>
            <span className={cx('min-w-0 text-left', !isVertical && !isCurrent && 'max-sm:sr-only')}>
              <span
                className={cx('block text-base whitespace-nowrap', isCurrent ? 'font-semibold text-ink' : 'text-muted')}
              >
                {step.label}
              </span>
              {isVertical && step.description && <span className="block text-sm text-muted">{step.description}</span>}
              {isDone && <span className="sr-only"> (done)</span>}
            </span>
          </>
        );
        const look = cx('flex gap-2.5 rounded-ui p-1', isVertical && step.description ? 'items-start' : 'items-center');
        return (
          <li
            key={step.id}
            aria-current={isCurrent ? 'step' : undefined}
            className={cx(
              'flex shrink-0 items-center gap-2 max-sm:gap-1',
              !isVertical && index > 0 && 'before:h-px before:w-6 before:bg-line-strong max-sm:before:w-2',
            )}
          >
            {onSelect && isDone && !isCurrent ? (
              <Button onPress={() => onSelect(step.id)} className={cx(look, 'hover:bg-hover')}>
                {content}
              </Button>
            ) : (
              <span className={look}>{content}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
