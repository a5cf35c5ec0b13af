// A line as big as a word: the course of a number, without axes.
import { cx } from './cx.ts';
import { sparkPath } from './sparkPath.ts';

export type SparklineProps = {
  /** Oldest first; null is a gap. */
  values: readonly (number | null)[];
  /** What it shows, for screen readers: "Score over six months, from 71 to 64". */
  label: string;
  tone?: 'accent' | 'good' | 'watch' | 'poor' | 'neutral';
  width?: number;
  height?: number;
  className?: string;
};

const strokes = {
  accent: 'stroke-accent',
  good: 'stroke-good',
  watch: 'stroke-watch',
  poor: 'stroke-poor',
  neutral: 'stroke-line-strong',
};
const fills = {
  accent: 'fill-accent',
  good: 'fill-good',
  watch: 'fill-watch',
  poor: 'fill-poor',
  neutral: 'fill-line-strong',
};

export function Sparkline({ values, label, tone = 'accent', width = 72, height = 20, className }: SparklineProps) {
  const path = sparkPath(values, width, height);
  const end = /[ML]([\d.]+) ([\d.]+)$/.exec(path);
  return (
    <svg
      role="img"
      aria-label={label}
      width={width + 6}
      height={height + 6}
      viewBox={`-3 -3 ${width + 6} ${height + 6}`}
      className={cx('shrink-0', className)}
    >
      <path
        d={path}
        fill="none"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={strokes[tone]}
      />
      {end && <circle cx={end[1]} cy={end[2]} r="2.25" className={fills[tone]} />}
    </svg>
  );
}
