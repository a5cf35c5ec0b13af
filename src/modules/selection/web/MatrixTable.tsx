// The ranked table: cut line and lower line stand between the rows; any column sorts.
import { ArrowDown, ArrowUp, TriangleAlert } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn, GridSort } from '../../../ui/gridTypes.ts';
import { compareValues } from '../../../ui/gridTypes.ts';
import { Badge, cx, EmptyState, Missing, Money, Num, useFormatSettings } from '../../../ui/index.ts';
import type { Decision } from '../rules.ts';
import type { Ranked, Zone } from './whatIf.ts';
import { DECISION_TONE, DECISION_WORD, type Matrix, scoreText } from './words.ts';

type Suggestion = { decision: Decision; reason: string; decidedSince: Decision | null };
type Props = {
  rows: readonly Ranked[];
  matrix: Matrix;
  weights: readonly number[];
  isWhatIf: boolean;
  suggestionOf: ReadonlyMap<string, Suggestion>;
  toolbar: ReactNode;
  onOpen: (id: string) => void;
};

const FIRM_TONE = { firm: 'text-good-text', likely: 'text-muted', close: 'text-watch-text font-medium' } as const;

export function MatrixTable({ rows, matrix, weights, isWhatIf, suggestionOf, toolbar, onOpen }: Props) {
  const { locale } = useFormatSettings();
  const [sort, setSort] = useState<GridSort | null>(null);
  const { criteria } = matrix.model;
  const columns = useMemo(
    () => makeColumns(criteria, weights, isWhatIf, suggestionOf),
    [criteria, weights, isWhatIf, suggestionOf],
  );
  const ordered = useMemo(() => {
    const column = sort && columns.find((c) => c.id === sort.column);
    const value = column && (column.sortValue ?? column.text);
    if (!sort || !value) return rows;
    const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
    return rows.toSorted((a, b) => compareValues(value(a), value(b), sort.direction, collator));
  }, [rows, sort, columns, locale]);
  // A tie that does not fit stays below the line as a whole; at the very top that needs a word.
  const best = rows[0];
  const tied = best?.rank === 1 && best.zone !== 'above' && matrix.capacity > 0 ? best.place : 0;
  const none = `Capacity: ${matrix.capacity} accounts – ${tied} share the first rank, more than fit`;
  const heads: Record<Zone, string> = {
    above: `Above the line: ${matrix.capacity} places`,
    between: `Capacity: ${matrix.capacity} accounts – below the line`,
    below:
      matrix.lines.lower > matrix.lines.upper
        ? `Lower line: place ${matrix.lines.lower} – below it`
        : `Capacity: ${matrix.capacity} accounts – below the line`,
    unranked: `Not ranked: less than ${matrix.leastCoverage} % of the weight is scored`,
  };
  return (
    <DataGrid<Ranked>
      label="Ranking"
      columns={columns}
      rows={ordered}
      rowId={(r) => r.row.id}
      rowLabel={(r) => r.row.name}
      onOpen={(r) => onOpen(r.row.id)}
      sort={sort ?? { column: 'rank', direction: 'asc' }}
      onSortChange={(next) =>
        setSort(next === null || (next.column === 'rank' && next.direction === 'asc') ? null : next)
      }
      groupBy={
        sort === null
          ? (r) => ({ key: r.zone, label: tied > 0 && r.zone === best?.zone ? none : heads[r.zone] })
          : undefined
      }
      toolbar={toolbar}
      height="auto"
      empty={<EmptyState title="No key accounts yet" text="Promote accounts in the review, or show all accounts." />}
    />
  );
}

function makeColumns(
  criteria: Matrix['model']['criteria'],
  weights: readonly number[],
  isWhatIf: boolean,
  suggestionOf: Props['suggestionOf'],
): GridColumn<Ranked>[] {
  return [
    {
      id: 'name',
      header: 'Account',
      width: 200,
      minWidth: 160,
      text: (r) => r.row.name,
      cell: (r) => <span className={cx('truncate', r.row.isKey && 'font-semibold')}>{r.row.name}</span>,
      card: 'title',
    },
    {
      id: 'rank',
      header: 'Rank',
      align: 'end',
      width: 72,
      minWidth: 72,
      sortValue: (r) => (r.rank > 0 ? r.rank : null),
      cell: (r) => (
        <span className="flex items-center justify-end gap-1.5">
          {isWhatIf && r.moved !== null && r.moved !== 0 && <Move by={r.moved} />}
          {r.rank > 0 ? r.rank : <Missing label="Not ranked" />}
        </span>
      ),
      text: (r) => (r.rank > 0 ? String(r.rank) : ''),
      card: 'side',
    },
    {
      id: 'tier',
      header: 'Tier',
      width: 92,
      minWidth: 84,
      text: (r) => r.row.tier ?? '',
      cell: (r) => (r.row.tier ? <Badge tone={r.row.isKey ? 'accent' : 'outline'}>{r.row.tier}</Badge> : <Missing />),
    },
    {
      id: 'score',
      header: 'Score',
      align: 'end',
      width: 72,
      minWidth: 72,
      hint: 'Mean of the scores, weighted; 1 to 10',
      sortValue: (r) => r.score,
      text: (r) => (r.score === null ? '' : r.score.toFixed(2)),
      cell: (r) => (r.score === null ? <Missing /> : <span className="font-semibold">{r.score.toFixed(2)}</span>),
    },
    {
      id: 'coverage',
      card: 'none',
      header: 'Coverage',
      align: 'end',
      width: 92,
      minWidth: 92,
      hint: 'How much of the weight is scored; from 60 % on an account is ranked',
      sortValue: (r) => r.coverage,
      text: (r) => `${r.coverage} %`,
      cell: (r) => <span className={r.coverage < 100 ? 'text-watch-text' : 'text-muted'}>{r.coverage} %</span>,
    },
    ...criteria.map(
      (c, at): GridColumn<Ranked> => ({
        id: `c:${c.key}`,
        card: 'none',
        header: c.name,
        align: 'end',
        width: 112,
        minWidth: 96,
        hint: `${c.name}, weight ${weights[at] ?? c.weight} %. ${c.why}`,
        sortValue: (r) => r.row.scores[at] ?? null,
        text: (r) => (r.row.scores[at] === null || r.row.scores[at] === undefined ? '' : scoreText(r.row.scores[at])),
        cell: (r) => {
          const score = r.row.scores[at] ?? null;
          const isDisputed = r.row.disputed.includes(c.key);
          if (score === null) return <Missing label="Not scored" />;
          return (
            <span className="flex items-center justify-end gap-1">
              {isDisputed && (
                <TriangleAlert role="img" aria-label="Raters disagree" className="size-3.5 text-watch-text" />
              )}
              {scoreText(score)}
            </span>
          );
        },
      }),
    ),
    {
      id: 'stability',
      header: 'Stability',
      align: 'end',
      width: 122,
      minWidth: 116,
      hint: 'In how many percent of all combinations of weights 10 % lower, same or higher it stays on its side of the line',
      sortValue: (r) => r.stays,
      text: (r) => (r.stays === null || r.firm === null ? '' : `${Math.floor(r.stays)} % ${r.firm}`),
      cell: (r) =>
        r.stays === null || r.firm === null ? (
          <Missing />
        ) : (
          <span className="whitespace-nowrap">
            {Math.floor(r.stays)} % <span className={FIRM_TONE[r.firm]}>{r.firm}</span>
          </span>
        ),
    },
    {
      id: 'suggestion',
      header: 'Suggestion',
      width: 120,
      minWidth: 110,
      hint: 'What the latest reviews suggest; two in a row must agree before a change',
      text: (r) => {
        const s = suggestionOf.get(r.row.id);
        return s ? DECISION_WORD[s.decision] : '';
      },
      cell: (r) => {
        const s = suggestionOf.get(r.row.id);
        if (!s) return <Missing label="Not reviewed" />;
        return <Badge tone={DECISION_TONE[s.decision]}>{DECISION_WORD[s.decision]}</Badge>;
      },
    },
    {
      id: 'potential',
      header: 'Potential',
      align: 'end',
      width: 92,
      minWidth: 88,
      hint: 'What the account could still buy, in money',
      sortValue: (r) => r.row.potential?.amount ?? null,
      cell: (r) => <Money value={r.row.potential} style="compact" />,
    },
    {
      id: 'arr',
      header: 'ARR',
      align: 'end',
      width: 84,
      minWidth: 80,
      sortValue: (r) => r.row.arr?.amount ?? null,
      cell: (r) => <Money value={r.row.arr} style="compact" />,
    },
    {
      id: 'growth',
      header: 'Growth',
      align: 'end',
      width: 90,
      minWidth: 84,
      hint: 'ARR against a year ago',
      sortValue: (r) => r.row.growthPercent,
      cell: (r) => <Num value={r.row.growthPercent} sign unit="%" />,
    },
    {
      id: 'owner',
      header: 'Manager',
      width: 130,
      isHidden: true,
      text: (r) => r.row.ownerName ?? '',
      cell: (r) => r.row.ownerName ?? <Missing />,
    },
  ];
}

/** Places won or lost against the saved model. */
function Move({ by }: { by: number }) {
  const Icon = by > 0 ? ArrowUp : ArrowDown;
  return (
    <span className={cx('tabular flex items-center text-xs font-medium', by > 0 ? 'text-good-text' : 'text-poor-text')}>
      <Icon aria-hidden="true" className="size-3" />
      <span className="sr-only">{by > 0 ? 'up' : 'down'} </span>
      {Math.abs(by)}
    </span>
  );
}
