// The first rows of a file as they stand there, under names of the caller's choice.
import type { ImportColumn, ImportFile } from '../api.ts';

export function FirstRows({
  file,
  columns,
  count,
  headOf,
}: {
  file: ImportFile;
  columns: readonly ImportColumn[];
  count: number;
  headOf: (column: ImportColumn) => string;
}) {
  const rows = file.preview.slice(0, count);
  if (rows.length === 0) return null;
  return (
    <section
      className="overflow-x-auto rounded-ui border border-line"
      aria-label={`First rows of ${file.name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table className="w-max min-w-full text-sm">
        <thead>
          <tr className="border-b border-line bg-sunken text-left">
            {columns.map((c) => (
              <th key={c.column} scope="col" className="max-w-48 truncate px-3 py-1.5 font-medium text-ink">
                {headOf(c)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place
            <tr key={at} className="border-b border-line last:border-0">
              {columns.map((c) => (
                <td key={c.column} className="max-w-48 truncate px-3 py-1.5 text-muted">
                  {row[c.column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
