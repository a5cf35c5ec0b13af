// A figure that explains itself when asked: as a tile, or as a button within a sentence, a list or a table.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { Stat } from '../../ui/index.ts';
import { getMetric } from '../contract/metrics.ts';
import type { ExplainProps } from './Explain.tsx';
import { FigureText, type FigureTextProps, type MetricAsk, useDefinition } from './Figure.tsx';
import { useCall } from './queries.ts';

const Explain = lazy(() => import('./Explain.tsx'));

export type MetricStatProps = {
  metric: string;
  query?: MetricAsk;
  /** In place of the definition's own name. */
  label?: string;
  hint?: ReactNode;
  aside?: ReactNode;
  style?: FigureTextProps['style'];
  className?: string;
};

/** Warnings in as many words as a tile has room for; the rest tell of amounts without a rate. */
const SHORT: Record<string, string> = {
  cost_unknown: 'Some costs are not known',
  in_both: 'Some may count twice',
};

/** A tile with one figure; its name opens definition, parts and rows. */
export function MetricStat({ metric, query = {}, label, hint, aside, style = 'compact', className }: MetricStatProps) {
  const [isOpen, setOpen] = useState(false);
  const definition = useDefinition(metric);
  const answer = useCall(getMetric, { params: { id: metric }, query }, { keepPrevious: true });
  const warnings = answer.data?.warnings ?? [];
  const warned = warnings.length ? (SHORT[warnings[0]!.code] ?? 'Some amounts are left out') : null;
  return (
    <>
      <Stat
        label={label ?? definition?.label ?? ' '}
        value={
          answer.error ? (
            <span className="text-base font-normal text-muted">Could not be loaded</span>
          ) : (
            <FigureText
              value={answer.data?.value}
              unit={answer.data?.unit ?? definition?.unit ?? 'count'}
              style={style}
            />
          )
        }
        isLoading={answer.isPending}
        hint={warned ?? hint}
        aside={aside}
        onExplain={() => setOpen(true)}
        {...(className ? { className } : {})}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <Explain metric={metric} query={query} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

type ButtonProps = Omit<ExplainProps, 'onClose'> & {
  /** What the figure is called here, for who hears the page: "Value of a year of Platform". */
  label: string;
  /** The figure as it is shown. */
  children: ReactNode;
};

/** A figure in running text; the page has it already, the drawer asks for it again with all that belongs to it. */
export function MetricButton({ label, children, ...explained }: ButtonProps) {
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
