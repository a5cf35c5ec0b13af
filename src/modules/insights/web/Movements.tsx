// Where the change comes from: from one balance to the other, and month by month; each bar leads to the accounts behind it.
import { lazy, Suspense, useMemo, useState } from 'react';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { BarChart } from '../../../ui/BarChart.tsx';
import { formatDate } from '../../../ui/format.ts';
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Skeleton,
  useFormatSettings,
  useIsPhone,
  useMedia,
} from '../../../ui/index.ts';
import { WaterfallChart, type WaterfallStep } from '../../../ui/WaterfallChart.tsx';
import { drawn, moneyTexts, shortText } from './money.ts';
import type { Asked } from './useAsk.ts';

const Explain = lazy(() => import('../../../kernel/web/Explain.tsx'));

const MOVES = [
  { key: 'new', label: 'New', short: 'New', sign: 1, tone: 'info' },
  { key: 'reactivation', label: 'Reactivation', short: 'Back', sign: 1, tone: 'neutral' },
  { key: 'expansion', label: 'Expansion', short: 'More', sign: 1, tone: 'good' },
  { key: 'contraction', label: 'Contraction', short: 'Less', sign: -1, tone: 'watch' },
  { key: 'churn', label: 'Churn', short: 'Lost', sign: -1, tone: 'poor' },
] as const;

type Props = {
  asked: Asked;
  /** The first day of the latest line that there is. */
  latest: string | undefined;
  onShow: (day: string) => void;
};

export default function Movements({ asked, latest, onShow }: Props) {
  const { locale } = useFormatSettings();
  const isPhone = useIsPhone();
  const isTight = useMedia('(max-width: 1439px)');
  const query = useMemo(() => ({ ...asked.over, groupBy: 'month' }), [asked.over]);
  const answer = useCall(getMetric, { params: { id: 'mrr-movements' }, query }, { keepPrevious: true });
  const [open, setOpen] = useState<{ part?: string; group?: string } | null>(null);
  const parts = answer.data?.parts;
  const groups = answer.data?.groups;
  // What did not happen needs no bar.
  const moves = useMemo(() => MOVES.filter((m) => drawn(parts?.[m.key]) !== 0), [parts]);
  const steps = useMemo(
    (): WaterfallStep[] =>
      parts
        ? [
            { label: 'Start', kind: 'total', value: drawn(parts.start) },
            ...moves.map(
              (m): WaterfallStep => ({
                label: isTight ? m.short : m.label,
                kind: 'change',
                value: m.sign * drawn(parts[m.key]),
              }),
            ),
            { label: 'End', kind: 'total', value: drawn(parts.end) },
          ]
        : [],
    [parts, moves, isTight],
  );
  const series = useMemo(
    () =>
      MOVES.filter((m) => groups?.some((g) => drawn(g.parts[m.key]) !== 0)).map((m) => ({
        name: isPhone ? m.short : m.label,
        tone: m.tone,
        values: (groups ?? []).map((g) => m.sign * drawn(g.parts[m.key]) || 0),
      })),
    [groups, isPhone],
  );
  const months = useMemo(() => (groups ?? []).map((g) => monthName(g.key, locale)), [groups, locale]);
  const texts = useMemo(() => moneyTexts(asked.currency, locale), [asked.currency, locale]);

  if (answer.error) return <ErrorState text={answer.error.message} onRetry={() => void answer.refetch()} />;
  if (!parts || !groups) return <Skeleton className="h-80 w-full" />;
  const net = drawn(parts.net);
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Card>
        <WaterfallChart
          title={
            isPhone
              ? `MRR, start to end (${asked.currency})`
              : `Monthly recurring revenue, from start to end${isTight ? ` (${asked.currency})` : ''}`
          }
          summary={`From ${texts.formatValue(drawn(parts.start))} to ${texts.formatValue(drawn(parts.end))}: ${net >= 0 ? 'up' : 'down'} by ${texts.formatValue(Math.abs(net))}.`}
          steps={steps}
          stepLabel="Movement"
          fileName="mrr-waterfall"
          onSelect={(index) => setOpen(moves[index - 1] ? { part: moves[index - 1]!.key } : {})}
          {...texts}
          {...(isTight ? { formatAxis: shortText(locale) } : {})}
        />
      </Card>
      <Card>
        {series.length === 0 ? (
          <EmptyState
            title="Nothing changed in these months"
            text={
              latest && latest <= asked.from
                ? `The latest line began on ${formatDate(latest, locale)}.`
                : 'No account came, went, grew or shrank.'
            }
            {...(latest && latest <= asked.from
              ? { actions: <Button onPress={() => onShow(latest)}>Look at that year</Button> }
              : {})}
          />
        ) : (
          <BarChart
            title="Movements by month"
            summary={`${months.length} months; what came is above the line, what went below it.`}
            categories={months}
            series={series}
            categoryLabel="Month"
            isStacked
            fileName="mrr-movements"
            onSelect={({ index }) => setOpen({ group: groups[index]!.key })}
            {...texts}
          />
        )}
      </Card>
      {open && (
        <Suspense fallback={null}>
          <Explain
            metric="mrr-movements"
            query={open.group ? query : asked.over}
            {...open}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

const monthName = (key: string, locale: string): string => formatDate(`${key}-01`, locale, 'month');
