// The numbers of a chart as a table: the same content for those who do not see the picture. Part of Chart.
/* biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */
import { cx } from './cx.ts';

export type ChartTableData = {
  columns: readonly { id: string; label: string; align?: 'start' | 'end' }[];
  /** Numbers are shown through `format`; null is unknown. */
  rows: readonly Readonly<Record<string, string | number | null>>[];
  format?: (value: number, columnId: string) => string;
  /** Makes the first cell a button: what a click in the picture does. */
  onSelectRow?: (index: number) => void;
};

/** Rows as plain lists, for CSV. */
export function tableRows(table: ChartTableData): (string | number | null)[][] {
  return table.rows.map((row) => table.columns.map((column) => row[column.id] ?? null));
}

export function ChartTable({ title, table, maxHeight }: { title: string; table: ChartTableData; maxHeight: number }) {
  const { columns, rows, format = String, onSelectRow } = table;
  const text = (value: string | number | null | undefined, columnId: string) => {
    if (value === null || value === undefined) return '–';
    return typeof value === 'number' ? format(value, columnId) : value;
  };
  return (
    <section
      aria-label={`${title}, as a table`}
      tabIndex={0}
      className="scroll-quiet overflow-auto rounded-ui border border-line"
      style={{ maxHeight }}
    >
      <table className="w-full border-collapse text-base">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cx(
                  'sticky top-0 border-b border-line bg-surface px-3 py-2 text-sm font-medium whitespace-nowrap text-muted',
                  column.align === 'end' ? 'text-right' : 'text-left',
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no identity but their place.
            <tr key={index} className="border-b border-line last:border-0">
              {columns.map((column, at) => (
                <td
                  key={column.id}
                  className={cx('px-3 py-1.5', column.align === 'end' ? 'tabular text-right' : 'text-left')}
                >
                  {at === 0 && onSelectRow ? (
                    <button
                      type="button"
                      onClick={() => onSelectRow(index)}
                      className="rounded-inner text-left text-accent-text underline underline-offset-2"
                    >
                      {text(row[column.id], column.id)}
                    </button>
                  ) : (
                    text(row[column.id], column.id)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
