// The portfolio's columns that other rooms fill: what they are called, and what they hold for the rows that are loaded. Draws nothing.
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { keyOf, useCall } from '../../../kernel/web/queries.ts';
import { formatDate, formatMoney } from '../../../ui/format.ts';
import { Missing, Money, useFormatSettings } from '../../../ui/index.ts';
import type { Account } from '../api.ts';
import { type AccountColumnInfo, accountColumnValues, type ColumnValue, listAccountColumns } from '../api-columns.ts';
import { type AccountGridColumn, Renewal } from './columns.tsx';
import { useToday } from './days.ts';

const AT_ONCE = 100;

type Props = {
  rows: readonly Account[];
  /** The columns that are shown; the others are not looked up. */
  isShown: (id: string) => boolean;
  onColumns: (columns: readonly AccountGridColumn[]) => void;
};

// Outside, so that the same answers stay the same array and nothing is drawn again for them.
const answersOf = <T,>(results: readonly { data: T | undefined }[]): (T | undefined)[] => results.map((r) => r.data);

export default function OtherColumns({ rows, isShown, onColumns }: Props) {
  const { locale } = useFormatSettings();
  const today = useToday();
  const infos = useCall(listAccountColumns, {}, { staleTime: 600_000 }).data?.items;
  const column = (infos ?? []).map((c) => c.id).filter(isShown);
  const chunks: string[][] = [];
  for (let i = 0; i < rows.length; i += AT_ONCE) chunks.push(rows.slice(i, i + AT_ONCE).map((r) => r.id));
  const answers = useQueries({
    queries: (column.length > 0 ? chunks : []).map((accountId) => {
      const input = { query: { column, accountId } };
      return {
        queryKey: keyOf(accountColumnValues, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(accountColumnValues, input, { signal }),
        staleTime: 30_000,
      };
    }),
    combine: answersOf,
  });
  const values = useMemo(() => {
    const found = new Map<string, Record<string, ColumnValue>>();
    for (const answer of answers) for (const item of answer?.items ?? []) found.set(item.accountId, item.values);
    return found;
  }, [answers]);
  const columns = useMemo(
    () => (infos ?? []).map((info) => columnOf(info, values, locale, today)),
    [infos, values, locale, today],
  );
  useEffect(() => onColumns(columns), [columns, onColumns]);
  return null;
}

function columnOf(
  { id, label, hint, kind }: AccountColumnInfo,
  values: ReadonlyMap<string, Record<string, ColumnValue>>,
  locale: string,
  today: string,
): AccountGridColumn {
  const isMoney = kind === 'money';
  return {
    id,
    header: label,
    hint,
    width: isMoney ? 160 : 190,
    minWidth: isMoney ? 145 : 185,
    card: 'none',
    ...(isMoney ? { align: 'end' as const } : {}),
    text: (a) => {
      const value = values.get(a.id)?.[id];
      if (value === undefined) return '';
      return typeof value === 'string' ? formatDate(value, locale) : formatMoney(value, locale);
    },
    cell: (a) => {
      const known = values.get(a.id);
      if (!known) return null;
      const value = known[id];
      if (value === undefined) return <Missing />;
      return typeof value === 'string' ? <Renewal on={value} today={today} /> : <Money value={value} />;
    },
  };
}
