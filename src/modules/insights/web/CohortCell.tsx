// One cell of the cohort table: a share with a tint that grows with it; the number says what the colour says.
import { FigureButton } from '../../../kernel/web/Figure.tsx';
import { formatDate, formatMoney, type MoneyValue } from '../../../ui/format.ts';
import { useFormatSettings } from '../../../ui/index.ts';

type CohortCellProps = {
  share: string | null;
  on: string;
  mrr: MoneyValue;
  accounts: number;
  onExplain: () => void;
};

export function CohortCell({ share, on, mrr, accounts, onExplain }: CohortCellProps) {
  const settings = useFormatSettings();
  if (share === null) return <td className="px-2 py-1 text-right text-faint">–</td>;
  const value = Number(share);
  const tint = Math.round(Math.min(1, Math.max(0, value)) * 26);
  return (
    <td className="p-px">
      <div
        className="tabular rounded-inner px-2 py-1 text-right whitespace-nowrap"
        style={{ background: `color-mix(in srgb, var(--ui-accent) ${tint}%, transparent)` }}
        title={`${formatDate(on, settings.locale)}: ${formatMoney(mrr, settings.locale, 'whole')} a month, ${accounts} accounts`}
      >
        <FigureButton label={formatDate(on, settings.locale)} onPress={onExplain}>
          {new Intl.NumberFormat(settings.locale, { style: 'percent', maximumFractionDigits: 0 }).format(value)}
        </FigureButton>
      </div>
    </td>
  );
}
