// Money as text: tabular, with its currency. In tables align the column `end`.
import { cx } from './cx.ts';
import { formatMoney, type MoneyStyle, type MoneyValue } from './format.ts';
import { useFormatSettings } from './uiContext.ts';

export type MoneyProps = {
  value: MoneyValue | null | undefined;
  /** `auto` drops cents from 1,000 on; `full`, `whole`, `compact` (1.2M). */
  style?: MoneyStyle;
  className?: string;
};

export function Money({ value, style, className }: MoneyProps) {
  const { locale } = useFormatSettings();
  if (!value) return <Missing />;
  const text = formatMoney(value, locale, style);
  const exact = style === 'compact' ? formatMoney(value, locale, 'full') : undefined;
  return (
    <span className={cx('tabular whitespace-nowrap', className)} title={exact}>
      {text}
    </span>
  );
}

/** What stands where a value is unknown: unknown is not zero. */
export function Missing({ label = 'Not known' }: { label?: string }) {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
