// The figures of one row of the forecast table, each of which explains itself, and the rows of an owner's accounts.
import { Fragment, type ReactNode } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { FigureButton } from '../../../kernel/web/Figure.tsx';
import { useCall } from '../../../kernel/web/queries.ts';
import { Link, Money } from '../../../ui/index.ts';
import { type Figures, getForecastAccounts, type OwnerRow } from '../api-forecast.ts';
import { COLUMNS, type Column, type Explained, type Whose } from './forecastFigures.tsx';
import { type ShownKind, STEPS } from './forecastTable.ts';
import { KIND_WORDS } from './words.ts';

export const cell = 'tabular px-2 py-1.5 text-right whitespace-nowrap';
export const sticky = 'sticky left-0 z-10 bg-surface';

type Sums = { kinds: Partial<Record<ShownKind, Figures>>; total: Figures };

/** Opens the explanation of a figure. */
export type Explain = {
  cell: (whose: Whose, column: Column, kind: ShownKind | null) => void;
  said: (explained: Explained) => void;
};
type CellsProps = { kinds: readonly ShownKind[]; of: Sums; whose: Whose; explain: Explain; currency: string };

export function Cells({ kinds, of, whose, explain, currency }: CellsProps) {
  const amount = (column: Column, kind: ShownKind | null) => {
    const value = (kind ? of.kinds[kind]?.[column] : of.total[column]) ?? 0;
    const money = (
      <Money value={{ amount: value, currency }} style="compact" className={value === 0 ? 'text-faint' : ''} />
    );
    // Nothing stands behind a zero.
    if (value === 0) return money;
    return (
      <FigureButton
        label={[COLUMNS[column].label, ...(kind ? [KIND_WORDS[kind]] : []), whose.name].join(', ')}
        onPress={() => explain.cell(whose, column, kind)}
      >
        {money}
      </FigureButton>
    );
  };
  return (
    <>
      <td className={`${cell} border-l border-line font-medium text-ink`}>{amount('upToCommit', null)}</td>
      <td className={cell}>{amount('upToBest', null)}</td>
      <td className={cell}>{amount('weighted', null)}</td>
      {kinds.map((kind) => (
        <Fragment key={kind}>
          {STEPS.map((step, i) => (
            <td key={step.key} className={`${cell} ${i === 0 ? 'border-l border-line' : ''}`}>
              {amount(step.key, kind)}
            </td>
          ))}
        </Fragment>
      ))}
    </>
  );
}

type AccountProps = {
  owner: OwnerRow;
  periodId: string;
  kinds: readonly ShownKind[];
  restated: boolean;
  explain: Explain;
};

/** The accounts of an owner, below their row. */
export function AccountRows({ owner, periodId, kinds, restated, explain }: AccountProps) {
  const found = useCall(getForecastAccounts, {
    query: {
      period: periodId,
      ...(owner.ownerId ? { ownerId: [owner.ownerId] } : { unowned: 'true' }),
      ...(restated ? { restated: 'true' } : {}),
    },
  } as CallInput<typeof getForecastAccounts>);
  const wide = kinds.length * STEPS.length + 6;
  const line = (children: ReactNode) => (
    <tr className="border-b border-line">
      <td colSpan={wide} className="py-1.5 pl-10 text-sm text-muted">
        {children}
      </td>
    </tr>
  );
  if (found.error) return line(found.error.message);
  if (!found.data) return line('Loading…');
  const { items, currency } = found.data;
  if (items.length === 0) return line('Nothing stands in this quarter.');
  return (
    <>
      {items.map((a) => (
        <tr key={a.accountId} className="border-b border-line text-muted">
          <th scope="row" className={`${sticky} py-1 pr-2 pl-10 text-left font-normal`}>
            <Link href={`/accounts/${a.accountId}?tab=pipeline`} tone="text">
              {a.accountName}
            </Link>
          </th>
          <td colSpan={2} className="border-l border-line" />
          <Cells
            kinds={kinds}
            of={a}
            whose={{ name: `${a.accountName}, ${owner.ownerName}`, account: a }}
            explain={explain}
            currency={currency}
          />
        </tr>
      ))}
    </>
  );
}
