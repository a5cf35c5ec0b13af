// The portfolio as a map of its account trees: own and total beside each other, so that no parent hides which child counts.
import { type ReactNode, useMemo, useState } from 'react';
import { formatMoney, type MoneyValue } from '../../../ui/format.ts';
import { Badge, Banner, Button, ErrorState, SkeletonRows, useFormatSettings } from '../../../ui/index.ts';
import { TreeList, type TreeNode } from '../../../ui/TreeList.tsx';
import type { Account } from '../api.ts';
import { type Branch, countOf, forestOf, sumOf } from './forest.ts';
import type { ApiFilter } from './portfolioState.ts';
import { useWholeList } from './wholeList.ts';

const LIMIT = 2000;

export default function PortfolioTree({ filter, empty }: { filter: ApiFilter; empty: ReactNode }) {
  const { locale } = useFormatSettings();
  const list = useWholeList(filter, '-arr', LIMIT);
  const [onlyTrees, setOnlyTrees] = useState(true);
  const forest = useMemo(() => forestOf(list.data?.items ?? []), [list.data]);
  const trees = useMemo(() => forest.filter((b) => b.children.length > 0), [forest]);
  const shown = onlyTrees && trees.length > 0 ? trees : forest;
  const nodes = useMemo(() => shown.map((b) => nodeOf(b, locale)), [shown, locale]);
  const parents = useMemo(() => new Set(trees.map((b) => b.item.id)), [trees]);
  const [expanded, setExpanded] = useState<Set<string> | null>(null);

  if (list.isPending) return <SkeletonRows rows={10} columns={3} />;
  if (list.isError) return <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return empty;
  return (
    <div className="flex min-h-0 flex-1 flex-col rounded-ui border border-line bg-surface shadow-card">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-sm text-muted">
        <span className="flex-1">
          {trees.length === 0
            ? 'No account has a parent yet. Give one a parent on its page, under Tree.'
            : `${trees.length} ${trees.length === 1 ? 'tree' : 'trees'} with ${trees.reduce((n, b) => n + countOf(b), 0)} accounts`}
        </span>
        {trees.length > 0 && trees.length < forest.length && (
          <Button size="sm" variant="quiet" onPress={() => setOnlyTrees(!onlyTrees)}>
            {onlyTrees ? `Show ${forest.length - trees.length} single accounts too` : 'Only trees'}
          </Button>
        )}
        <Button size="sm" variant="quiet" onPress={() => setExpanded(new Set(list.data.items.map((a) => a.id)))}>
          Open all
        </Button>
        <Button size="sm" variant="quiet" onPress={() => setExpanded(new Set())}>
          Close all
        </Button>
      </div>
      {list.data.isCut && (
        <Banner tone="info" variant="bar">
          The {LIMIT.toLocaleString(locale)} accounts with the highest ARR are shown. Filter to see others.
        </Banner>
      )}
      <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto p-2">
        <TreeList label="Account trees" nodes={nodes} expanded={expanded ?? parents} onExpandedChange={setExpanded} />
      </div>
    </div>
  );
}

const texts = (sum: Map<string, number>, locale: string): string =>
  [...sum]
    .toSorted((a, b) => b[1] - a[1])
    .map(([currency, amount]) => formatMoney({ amount, currency }, locale, 'compact'))
    .join(' + ');

function nodeOf(branch: Branch<Account>, locale: string): TreeNode {
  const { item, children } = branch;
  const own = item.arr ? formatMoney(item.arr as MoneyValue, locale, 'compact') : '–';
  return {
    id: item.id,
    label: item.name,
    href: `/accounts/${item.id}`,
    detail: (
      <span className="flex items-center gap-3">
        {item.tier && <Badge tone="outline">{item.tier}</Badge>}
        <span className="tabular w-28 text-right max-sm:hidden">{children.length > 0 ? `own ${own}` : ''}</span>
        <span className="tabular w-40 text-right font-medium text-ink max-sm:w-auto">
          {texts(sumOf(branch), locale) || '–'}
        </span>
      </span>
    ),
    ...(children.length > 0 ? { children: children.map((child) => nodeOf(child, locale)) } : {}),
  };
}
