// A sum that a page reckons under its own filters, as a tile or within a sentence; asked, it explains itself.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { Stat } from '../../ui/index.ts';
import type { RouteSpec } from '../contract/route.ts';
import type { SumProps } from './ExplainSum.tsx';
import { FigureText } from './Figure.tsx';

const ExplainSum = lazy(() => import('./ExplainSum.tsx')) as unknown as <S extends RouteSpec>(
  props: SumProps<S> & { onClose: () => void },
) => ReactNode;

type Known<S extends RouteSpec> = SumProps<S> | null | undefined;

/** The explanation alone, for tables in which one drawer serves all figures; null: closed. */
export function SumDrawer<S extends RouteSpec>({ sum, onClose }: { sum: SumProps<S> | null; onClose: () => void }) {
  return (
    sum && (
      <Suspense fallback={null}>
        <ExplainSum {...sum} onClose={onClose} />
      </Suspense>
    )
  );
}

/** A tile; `sum` is null while it loads. `value` shows something else than the sum itself, as a count. */
export function SumStat<S extends RouteSpec>({
  label,
  hint,
  value,
  sum,
  className,
}: {
  label: string;
  hint?: ReactNode;
  value?: ReactNode;
  sum: Known<S>;
  className?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Stat
        label={label}
        value={value ?? <FigureText value={sum?.value} unit="money" style="compact" />}
        isLoading={!sum}
        hint={hint}
        onExplain={() => setOpen(true)}
        {...(className ? { className } : {})}
      />
      <SumDrawer sum={(isOpen && sum) || null} onClose={() => setOpen(false)} />
    </>
  );
}

/** The same within a sentence: the figure is a button. */
export function SumButton<S extends RouteSpec>({
  label,
  value,
  sum,
}: {
  label: string;
  value?: ReactNode;
  sum: SumProps<S>;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        onPress={() => setOpen(true)}
        className="rounded-inner underline decoration-line-strong decoration-dotted underline-offset-4 hover:text-ink"
      >
        {value ?? <FigureText value={sum.value} unit="money" style="compact" />}
        <span className="sr-only">, {label}: explain this number</span>
      </Button>
      <SumDrawer sum={isOpen ? sum : null} onClose={() => setOpen(false)} />
    </>
  );
}
