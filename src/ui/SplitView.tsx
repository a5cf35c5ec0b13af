// A list and the chosen thing beside it; a phone shows one at a time.
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';

export type SplitViewProps = {
  list: ReactNode;
  detail: ReactNode;
  listLabel: string;
  detailLabel: string;
  /** On a phone: show the detail instead of the list. */
  isDetailOpen: boolean;
  onBack: () => void;
  backLabel?: string;
  listWidth?: 'sm' | 'md' | 'lg';
  className?: string;
};

const widths = { sm: 'md:w-72', md: 'md:w-96', lg: 'md:w-[28rem]' };

export function SplitView({
  list,
  detail,
  listLabel,
  detailLabel,
  isDetailOpen,
  onBack,
  backLabel = 'Back to the list',
  listWidth = 'md',
  className,
}: SplitViewProps) {
  return (
    <div className={cx('flex min-h-0 min-w-0', className)}>
      <section
        aria-label={listLabel}
        className={cx(
          'min-w-0 shrink-0 overflow-y-auto border-line md:block md:border-r',
          widths[listWidth],
          isDetailOpen ? 'hidden' : 'w-full',
        )}
      >
        {list}
      </section>
      <section
        aria-label={detailLabel}
        className={cx('min-w-0 flex-1 overflow-y-auto md:block', !isDetailOpen && 'hidden')}
      >
        <div className="p-2 md:hidden">
          <Button variant="quiet" size="sm" icon={<ChevronLeft />} onPress={onBack}>
            {backLabel}
          </Button>
        </div>
        {detail}
      </section>
    </div>
  );
}
