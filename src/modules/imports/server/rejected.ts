// The rejected rows of a file as a CSV of their own: row number, reasons, then every cell as it came, to be put right and brought again.
import { Readable } from 'node:stream';
import { escapeFormula } from '../../../kernel/contract/csv-safety.ts';
import type { Services } from '../../../kernel/server/module.ts';
import { cellText, openTable } from './read/table.ts';
import { readingOf } from './reading.ts';
import type { FileRow } from './store.ts';

export async function rejectedCsv(
  services: Services,
  file: FileRow,
  reasons: ReadonlyMap<number, string>,
): Promise<Readable> {
  if (file.problem !== null) return Readable.from([line(['Row', 'Reason']), line(['', file.problem])]);
  const table = await openTable(services.files.pathOf(file.file_key), file.file_name, readingOf(file));
  async function* lines() {
    yield `\ufeff${line(['Row', 'Reason', ...table.header])}`;
    let left = reasons.size;
    for await (const batch of table.rows()) {
      const some: string[] = [];
      batch.rowNumbers.forEach((row, i) => {
        const reason = reasons.get(row);
        if (reason === undefined) return;
        left--;
        some.push(line([String(row), reason, ...batch.rows[i]!.map(cellText)]));
      });
      if (some.length) yield some.join('');
      if (left === 0) return;
    }
  }
  return Readable.from(lines());
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
function cell(text: string): string {
  const safe = escapeFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
