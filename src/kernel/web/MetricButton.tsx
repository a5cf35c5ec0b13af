// A figure within a sentence, a list or a table that is a button: it opens its definition, what it is made of, and the rows behind it.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ExplainProps } from './Explain.tsx';

const Explain = lazy(() => import('./Explain.tsx'));

type Props = Omit<ExplainProps, 'onClose'> & {
  /** What the figure is called here, for who hears the page: "Value of a year of Platform". */
  label: string;
  /** The figure as it is shown. */
  children: ReactNode;
};

/** The page has the figure already; the drawer asks for it again with all that belongs to it. */
export function MetricButton({ label, children, ...explained }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        onPress={() => setOpen(true)}
        className="rounded-inner text-left underline decoration-line-strong decoration-dotted underline-offset-4 hover:text-ink"
      >
        {children}
        <span className="sr-only">, {label}: explain this number</span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Explain {...explained} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
