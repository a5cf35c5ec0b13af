// A button that saves what a page shows as a CSV file: a whole list, or the rows of a table.
import { Download } from 'lucide-react';
import { useState } from 'react';
import { saveBlob, toCsv } from '../../ui/chartFiles.ts';
import { minorDigits } from '../../ui/format.ts';
import { IconButton, toast } from '../../ui/index.ts';
import { listMetrics } from '../contract/metrics.ts';
import { call } from './call.ts';

type Money = { amount: number; currency: string };
export type CsvCell = string | number | Money | null;

/** Money takes two columns, its amount in whole units and its currency. */
function spread(head: readonly string[], rows: readonly (readonly CsvCell[])[]) {
  const isMoney = head.map((_, i) => rows.some((r) => typeof r[i] === 'object' && r[i] !== null));
  return {
    head: head.flatMap((h, i) => (isMoney[i] ? [h, `${h} currency`] : [h])),
    rows: rows.map((r) =>
      r.flatMap((cell, i): (string | number | null)[] => {
        if (typeof cell === 'object' && cell !== null)
          return [cell.amount / 10 ** minorDigits(cell.currency), cell.currency];
        return isMoney[i] ? [cell, null] : [cell];
      }),
    ),
  };
}

/** The same with two columns more: which definitions in which version, and as of when. */
async function defined(
  head: readonly string[],
  rows: readonly (readonly CsvCell[])[],
  { metrics, asOf }: NonNullable<Props['figures']>,
) {
  const { items } = await call(listMetrics, {});
  const names = metrics
    .flatMap((id) => items.filter((d) => d.id === id).map((d) => `${d.id} v${d.version}`))
    .join(', ');
  return spread(
    [...head, 'Definition', 'As of'],
    rows.map((r) => [...r, names, asOf]),
  );
}

type Props = {
  /** Without ending. */
  fileName: string;
  head: readonly string[];
  rows: () => Promise<readonly (readonly CsvCell[])[]> | readonly (readonly CsvCell[])[];
  /** The definitions that the columns follow, and the day that they are as of: both travel in every row. */
  figures?: { metrics: readonly string[]; asOf: string };
  label?: string;
  size?: 'sm' | 'md';
};

export function TakeCsv({ fileName, head, rows, figures, label = 'Export this list as CSV', size = 'md' }: Props) {
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const table = figures ? await defined(head, await rows(), figures) : spread(head, await rows());
      saveBlob(
        new Blob(['\uFEFF', toCsv(table.head, table.rows)], { type: 'text/csv;charset=utf-8' }),
        `${fileName}.csv`,
      );
    } catch (error) {
      toast.show({ title: 'The list could not be exported', text: (error as Error).message, tone: 'poor' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <IconButton
      label={label}
      icon={<Download />}
      variant={size === 'sm' ? 'quiet' : 'secondary'}
      size={size}
      isDisabled={isBusy}
      onPress={() => void take()}
    />
  );
}
