import { describe, expect, it } from 'vitest';
import { accountsShape } from '../../../accounts/server/import-shape.ts';
import { peopleShape } from '../../../stakeholders/server/import-shape.ts';
import { inspect } from '../inspect.ts';
import { UnreadableFile } from '../read/problem.ts';
import type { Cell } from '../read/raw.ts';
import { createConverter } from '../recognise/convert.ts';
import { dialects, encodings, notTables } from './kinds.ts';
import { contents, headers, quotes, sizes } from './tables.ts';
import { brokenZips, workbooks } from './workbooks.ts';

const files = [
  ...encodings(),
  ...dialects(),
  ...notTables(),
  ...quotes(),
  ...sizes(),
  ...headers(),
  ...contents(),
  ...workbooks(),
  ...brokenZips(),
];

/** The whole way: look, plan, convert every row, as an import would before it writes. */
async function goThrough(bytes: Uint8Array, fileName: string) {
  const inspection = await inspect(bytes, fileName, { shapes: [accountsShape, peopleShape], workspaceCurrency: 'EUR' });
  const plan = inspection.planned?.plan;
  const converter = plan
    ? createConverter(plan, { workspaceCurrency: 'EUR', unmark: inspection.table.kind === 'csv' })
    : null;
  let rows = 0;
  let firstRow: Cell[] | null = null;
  for await (const batch of inspection.table.rows()) {
    for (const [i, cells] of batch.rows.entries()) {
      if (cells.length !== inspection.table.header.length)
        throw new Error(`Row ${batch.rowNumbers[i]} has ${cells.length} cells.`);
      firstRow ??= cells;
      rows++;
      const converted = converter?.(cells, batch.rowNumbers[i]!);
      // Postgres takes no null character, and JSON no number without end.
      if (converted && /\\u0000|NaN|Infinity/.test(JSON.stringify(converted.values)))
        throw new Error(`Row ${batch.rowNumbers[i]} holds what no database takes.`);
    }
  }
  return { inspection, rows, firstRow };
}

describe('files that nobody should send', () => {
  it('are at least two hundred, each of its own', () => {
    expect(files.length).toBeGreaterThanOrEqual(200);
    expect(new Set(files.map((file) => file.title + file.fileName)).size).toBeGreaterThan(200);
  });

  it.each(files.map((file) => [file.title, file] as const))('%s', { timeout: 20_000 }, async (_, file) => {
    const bytes = file.bytes();
    const before = process.resourceUsage().maxRSS;
    const started = performance.now();
    const { outcome } = file;
    try {
      const { inspection, rows, firstRow } = await goThrough(bytes, file.fileName);
      if (outcome !== 'any') {
        if ('refused' in outcome)
          throw new Error(`It was read as ${rows} rows of ${inspection.table.header.join(' | ').slice(0, 200)}`);
        expect(rows).toBe(outcome.rows);
        if (outcome.header) expect(inspection.table.header).toEqual(outcome.header);
        if (outcome.firstRow) expect(firstRow).toEqual(outcome.firstRow);
        if (outcome.hasWarning) expect(inspection.table.warnings.join(' ')).toContain(outcome.hasWarning);
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      // A message a person can act on: a sentence that names the file, the row or the sheet.
      expect(error.message).toMatch(/^[A-Z\p{L}].{15,}[.]$/su);
      expect(error.message.length).toBeLessThan(500);
      if (outcome !== 'any')
        expect({ refused: 'refused' in outcome ? outcome.refused : outcome, with: error.message }).toEqual({
          refused: expect.arrayContaining([error.code]),
          with: error.message,
        });
    }
    expect(performance.now() - started).toBeLessThan(15_000);
    // In kilobytes; the highest point of the whole process may rise by the file itself and a bounded amount.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(300_000 + (bytes.length / 1_000) * 4);
  });
});
