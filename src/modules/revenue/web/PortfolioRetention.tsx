// NRR and GRR of the last twelve months over the portfolio, as far as its filters are about accounts as a whole.
import { useMemo } from 'react';
import type { MetricAsk } from '../../../kernel/web/Figure.tsx';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';

type Props = { filter: Record<string, unknown>; className: string };

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

export default function PortfolioRetention({ filter, className }: Props) {
  const query = useMemo((): MetricAsk => {
    const ask: MetricAsk = {};
    // "Without an owner" is no owner that the figures could be asked for.
    const owners = texts(filter.ownerId).filter((o) => o !== 'none');
    if (owners.length) ask.ownerId = owners;
    for (const key of ['tier', 'industry', 'country'] as const) {
      const values = texts(filter[key]).filter((v) => v !== 'none');
      if (values.length) ask[key] = values;
    }
    return ask;
  }, [filter]);
  return (
    <>
      <MetricStat metric="nrr" label="NRR" hint="12 months" query={query} className={className} />
      <MetricStat metric="grr" label="GRR" hint="12 months" query={query} className={className} />
    </>
  );
}
