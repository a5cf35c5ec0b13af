// What the steps share: back and onward, and what is under way.
import type { ReactNode } from 'react';
import { Button, ProgressBar } from '../../../ui/index.ts';
import type { Import } from '../api.ts';
import { type ImportControl, useSecondsLeft } from './useImport.ts';

/** Back and onward, always in reach. */
export function Foot({
  onBack,
  says,
  children,
}: {
  onBack?: () => void;
  says?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 -mb-4 flex flex-wrap items-center gap-3 border-t border-line bg-canvas px-4 py-3 md:-mx-6 md:-mb-6 md:px-6">
      {onBack && <Button onPress={onBack}>Back</Button>}
      <span aria-live="polite" className="min-w-0 flex-1 text-right text-sm text-muted">
        {says}
      </span>
      {children}
    </div>
  );
}

/** What is under way: phase, count, time left. */
export function AtWork({
  one,
  control,
  text,
  canCancel = false,
}: {
  one: Import;
  control: ImportControl;
  text: string;
  canCancel?: boolean;
}) {
  const secondsLeft = useSecondsLeft(one);
  const { done, total } = one.progress;
  const isRows = one.phase.startsWith('Writing');
  return (
    <div className="flex w-full max-w-3xl flex-col gap-3 rounded-ui border border-line bg-surface p-4 shadow-card">
      <ProgressBar
        label={one.state === 'cancelling' ? 'Stopping' : one.phase || 'Waiting for its turn'}
        value={done}
        max={total || 1}
        isIndeterminate={total === 0}
        secondsLeft={secondsLeft}
        {...(isRows ? { unit: 'rows' } : {})}
        {...(canCancel && one.state !== 'cancelling' ? { onCancel: () => void control.run('cancel') } : {})}
      />
      <p className="text-sm text-muted">{text}</p>
    </div>
  );
}
