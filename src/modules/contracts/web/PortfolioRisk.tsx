// What renewals at risk are worth over the portfolio; where there is room for one more number.
import { useMemo } from 'react';
import { askOfFilter } from '../../../kernel/web/askOfFilter.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { useMedia } from '../../../ui/index.ts';

export default function PortfolioRisk({ filter, className }: { filter: Record<string, unknown>; className: string }) {
  const query = useMemo(() => askOfFilter(filter), [filter]);
  const hasRoom = useMedia('(min-width: 1400px)');
  if (!hasRoom) return null;
  return (
    <MetricStat metric="renewals-at-risk" label="At risk" hint="ARR of renewals" query={query} className={className} />
  );
}
