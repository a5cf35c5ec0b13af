// NRR and GRR of the last twelve months over the portfolio.
import { useMemo } from 'react';
import { askOfFilter } from '../../../kernel/web/askOfFilter.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';

export default function PortfolioRetention({
  filter,
  className,
}: {
  filter: Record<string, unknown>;
  className: string;
}) {
  const query = useMemo(() => askOfFilter(filter), [filter]);
  return (
    <>
      <MetricStat metric="nrr" label="NRR" hint="12 months" query={query} className={className} />
      <MetricStat metric="grr" label="GRR" hint="12 months" query={query} className={className} />
    </>
  );
}
