// A number as text: tabular, with an optional unit.
import { cx } from './cx.ts';
import { formatNumber, type NumberStyle } from './format.ts';
import { Missing } from './Money.tsx';
import { useFormatSettings } from './uiContext.ts';

export type NumProps = NumberStyle & { value: number | null | undefined; className?: string };

export function Num({ value, className, unit, ...style }: NumProps) {
  const { locale } = useFormatSettings();
  if (value === null || value === undefined || Number.isNaN(value)) return <Missing />;
  return (
    <span className={cx('tabular whitespace-nowrap', className)}>
      {formatNumber(value, locale, style)}
      {unit && <span className="text-muted"> {unit}</span>}
    </span>
  );
}
