// The portfolio as bubbles: the accounts that the filters leave, where the selection puts them.
import { useMemo } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { Button, EmptyState, ErrorState, SkeletonRows } from '../../../ui/index.ts';
import { listAccounts } from '../../accounts/api.ts';
import { getMatrix } from '../api.ts';
import { packScores, rankAll } from '../rules.ts';
import MatrixChart from './MatrixChart.tsx';
import { rankedRows } from './whatIf.ts';

/** The list's largest page: more bubbles than that no picture shows. */
const MOST = 200;

export default function PortfolioBubbles({ filter }: { filter: Record<string, unknown> }) {
  const go = useGo();
  const isFiltered = Object.keys(filter).length > 0;
  const matrix = useCall(getMatrix, {}, { keepPrevious: true });
  const found = useCall(listAccounts, { query: { ...filter, sort: '-arr', limit: MOST } } as never, {
    enabled: isFiltered,
    keepPrevious: true,
  });
  const rows = useMemo(() => {
    if (!matrix.data) return [];
    const { rows: all, model, leastCoverage, lines } = matrix.data;
    const ranking = rankAll(
      packScores(
        all.map((r) => r.scores),
        model.criteria.length,
      ),
      model.criteria.map((c) => c.weight),
      leastCoverage,
    );
    const ranked = rankedRows(all, ranking, ranking, lines, null);
    if (!isFiltered) return ranked;
    const kept = new Set((found.data?.items ?? []).map((a) => a.id));
    return ranked.filter((r) => kept.has(r.row.id));
  }, [matrix.data, found.data, isFiltered]);
  const weights = useMemo(() => matrix.data?.model.criteria.map((c) => c.weight) ?? [], [matrix.data]);
  const failed = matrix.error ?? (isFiltered ? found.error : null);
  if (failed && !matrix.data)
    return (
      <ErrorState
        text={failed.message}
        onRetry={() => {
          void matrix.refetch();
          if (isFiltered) void found.refetch();
        }}
      />
    );
  if (!matrix.data || (isFiltered && found.isPending)) return <SkeletonRows rows={8} columns={3} />;
  if (rows.length === 0)
    return (
      <EmptyState
        title="No account to show"
        text="The filters leave no account that the selection knows."
        actions={<Button href="/selection">Go to the selection</Button>}
      />
    );
  return (
    <MatrixChart
      rows={rows}
      criteria={matrix.data.model.criteria}
      weights={weights}
      onOpen={(id) => go(`/accounts/${id}?tab=selection`)}
    />
  );
}
