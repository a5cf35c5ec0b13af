import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from './table.ts';

const data = path.resolve(import.meta.dirname, '../../../../../../shared/data');

describe.skipIf(!existsSync(data))('the real files (needs ../shared/data beside the project)', () => {
  it.each([
    ['salesforce-export/Account.csv', 18, 17],
    ['salesforce-export/Contact.csv', 25, 17],
    ['salesforce-export/Lead.csv', 22, 28],
    ['ravenstack-saas/ravenstack_accounts.csv', 500, 10],
    ['ravenstack-saas/ravenstack_feature_usage.csv', 25_000, 8],
    ['telco-churn-ibm/Telco-Customer-Churn.csv', 7_043, 21],
    ['fx-ecb/eurofxref-hist.csv', 6_983, 42],
    ['fx-ecb/eurofxref-daily-sample.csv', 1, 30],
  ])('%s has %d rows of %d columns below a header in row 1', async (file, rows, columns) => {
    const table = await openTable(path.join(data, file));
    let count = 0;
    const notes = [];
    for await (const batch of table.rows()) {
      count += batch.rows.length;
      notes.push(...batch.notes);
    }
    expect({
      rows: count,
      columns: table.header.length,
      header: table.headerRows,
      notes,
      warnings: table.warnings,
    }).toEqual({
      rows,
      columns,
      header: [1],
      notes: [],
      warnings: [],
    });
  });
});
