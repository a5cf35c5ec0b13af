// Accounts on two axes: how attractive they are, how strong we stand there; the area is their potential, the colour the tier.
import { useMemo } from 'react';
import { useSession } from '../../../kernel/web/session.ts';
import { BubbleChart } from '../../../ui/BubbleChart.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { Card, EmptyState, useFormatSettings, useIsPhone } from '../../../ui/index.ts';
import { axisPosition, QUADRANT_TEXT, quadrant } from '../rules.ts';
import type { Ranked } from './whatIf.ts';
import { counted, type Matrix } from './words.ts';

/** More bubbles than this are a cloud; the table has all. */
const MOST_BUBBLES = 100;
/** The scale, with a margin for bubbles at its ends. */
const RANGE = [0, 11] as const;
const MIDDLE = 5.5;
const onScale = (value: number) => (value < 1 || value > 10 ? '' : String(Math.round(value * 100) / 100));
const brief = (text: string) => text.split(':')[0] ?? text;

type Props = {
  rows: readonly Ranked[];
  criteria: Matrix['model']['criteria'];
  weights: readonly number[];
  onOpen: (id: string) => void;
};

export default function MatrixChart({ rows, criteria, weights, onOpen }: Props) {
  const { workspace } = useSession();
  const { locale } = useFormatSettings();
  const isPhone = useIsPhone();
  const placed = useMemo(() => {
    const axes = criteria.map((c, at) => ({ axis: c.axis, weight: weights[at] ?? c.weight }));
    // Where some are ranked, those with too few scores would only hide them.
    const ranked = rows.filter((r) => r.rank > 0);
    return (ranked.length > 0 ? ranked : rows).flatMap(({ row, rank }) => {
      const position = axisPosition(row.scores, axes);
      const { attractiveness, strength } = position;
      if (attractiveness === null || strength === null) return [];
      // Amounts of different currencies cannot be compared by area.
      const size = row.potential?.currency === workspace.currency ? row.potential.amount : 0;
      return [{ row, rank, attractiveness, strength, size, quadrant: quadrant(position)! }];
    });
  }, [rows, criteria, weights, workspace.currency]);
  const shown = useMemo(() => placed.slice(0, MOST_BUBBLES), [placed]);
  const points = useMemo(
    () =>
      shown.map((p) => ({
        id: p.row.id,
        name: p.row.name,
        x: p.strength,
        y: p.attractiveness,
        size: p.size,
        group: p.row.tier ?? 'No tier',
        details: p.rank > 0 ? [{ label: 'Rank', value: String(p.rank) }] : [],
      })),
    [shown],
  );
  const quadrants = useMemo(
    () => ({
      x: MIDDLE,
      y: MIDDLE,
      topLeft: isPhone ? brief(QUADRANT_TEXT.build) : QUADRANT_TEXT.build,
      topRight: isPhone ? brief(QUADRANT_TEXT.invest) : QUADRANT_TEXT.invest,
      bottomLeft: isPhone ? brief(QUADRANT_TEXT.serve) : QUADRANT_TEXT.serve,
      bottomRight: isPhone ? brief(QUADRANT_TEXT.maintain) : QUADRANT_TEXT.maintain,
    }),
    [isPhone],
  );
  const formatSize = useMemo(
    () => (value: number) =>
      value > 0 ? formatMoney({ amount: value, currency: workspace.currency }, locale, 'compact') : 'not known',
    [workspace.currency, locale],
  );
  if (points.length === 0)
    return (
      <Card>
        <EmptyState
          title="No account has a place on both axes yet"
          text="A bubble needs a score for attractiveness and one for our strength. Score accounts in the table, or let data do it."
        />
      </Card>
    );
  const count = (q: string) => shown.filter((p) => p.quadrant === q).length;
  const missing = rows.length - placed.length;
  const notes = [
    `Area: potential in ${workspace.currency}. Colour: tier.`,
    shown.length < placed.length ? `Shown are the best ${shown.length} of ${placed.length}.` : '',
    missing > 0 ? `${counted(missing, 'account')} not shown: too few scores.` : '',
  ];
  return (
    <Card>
      <BubbleChart
        title="Attractiveness and our strength"
        subtitle={notes.join(' ').trim()}
        summary={`${shown.length} accounts: ${count('invest')} to invest in, ${count('build')} to build, ${count('maintain')} to maintain, ${count('serve')} to serve lightly.`}
        points={points}
        xLabel="Our strength"
        yLabel="Attractiveness"
        sizeLabel="Potential"
        nameLabel="Account"
        xRange={RANGE}
        yRange={RANGE}
        quadrants={quadrants}
        formatX={onScale}
        formatY={onScale}
        formatSize={formatSize}
        height={isPhone ? 380 : 560}
        fileName="selection-matrix"
        onSelect={onOpen}
      />
    </Card>
  );
}
