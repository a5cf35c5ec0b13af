// The products room's part in imports: catalogues and price lists, one row a product and, where the file has prices, one of its prices.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportChange, Importer, ImportRun, UndoOutcome } from '../../../kernel/server/importing.ts';
import { productsShape } from './import-shape.ts';
import * as store from './import-store.ts';
import { relink } from './names.ts';
import { insertSeries, type Written } from './series-refs-store.ts';

/**
 * For importers of other rooms whose rows name a series: new ones are made with the first row that names them, and go with it at an undo.
 * The room joins `pg_temp.import_series (key, id, name, fresh)` by the lower-case name and gives its table a `series_id`.
 */
export const withSeries = (importer: Importer): Importer => ({
  ...importer,
  tables: [...importer.tables, 'product_series'],
  async write(tx, run, from, to) {
    const made = await insertSeries(tx, from, to);
    const changes = await importer.write(tx, run, from, to);
    if (!made.length) return changes;
    const series: ImportChange = {
      table: 'product_series',
      action: 'insert',
      rows: made.map((r) => r.n),
      ids: made.map((r) => r.id),
      versions: made.map(() => 1),
      before: null,
    };
    return [series, ...changes];
  },
  undo: (tx, run, change) =>
    change.table === 'product_series' ? undo(tx, run, change) : importer.undo(tx, run, change),
});

export const productsImporter: Importer = {
  shape: productsShape,
  order: 30,
  custom: null,
  ownColumns: {},
  tables: ['product', 'product_price', 'product_series'],

  async plan(tx, run) {
    await store.matchProducts(tx, run);
    await store.rejectRows(tx, run);
    await store.planPrices(tx, run, run.services.clock().toISOString().slice(0, 10));
    await store.planProducts(tx, run);
  },

  async write(tx, run, from, to) {
    const changes: ImportChange[] = [];
    const made = (table: string, rows: Written[]) => {
      if (rows.length)
        changes.push({
          table,
          action: 'insert',
          rows: rows.map((r) => r.n),
          ids: rows.map((r) => r.id),
          versions: rows.map(() => 1),
          before: null,
        });
    };
    const changed = (table: string, rows: store.Updated[]) => {
      if (rows.length)
        changes.push({
          table,
          action: 'update',
          rows: rows.map((r) => r.n),
          ids: rows.map((r) => r.id),
          versions: rows.map((r) => r.version),
          before: rows.map((r) => r.before),
        });
    };
    made('product_series', await insertSeries(tx, from, to));
    made('product', await store.insertProducts(tx, run, from, to));
    changed('product', await store.updateProducts(tx, run, from, to));
    changed('product_price', await store.updatePrices(tx, from, to));
    made('product_price', await store.insertPrices(tx, run, from, to));
    for (const { name, id } of await store.settleNames(tx, from, to)) await relink(tx, run.services, name, id);
    return changes;
  },

  undo,
};

async function undo(tx: Tx, _run: Pick<ImportRun, 'importId'>, change: ImportChange): Promise<UndoOutcome> {
  const outcome: UndoOutcome = { removed: 0, restored: 0, kept: [] };
  const table =
    change.table === 'product' || change.table === 'product_price' ? change.table : ('product_series' as const);
  // Prices and series are parts of their product: the report counts products.
  const counts = table === 'product';
  const keep = (id: string, reason: string) => {
    if (counts) outcome.kept.push({ row: change.rows[change.ids.indexOf(id)] ?? 0, reason });
  };
  if (change.action === 'update') {
    if (table === 'product_series') return outcome;
    const restored = await store.restore(tx, table, change.ids, change.versions, change.before ?? []);
    if (counts) outcome.restored = restored.size;
    for (const id of change.ids) if (!restored.has(id)) keep(id, 'It was changed since.');
    return outcome;
  }
  const kept = await store.changedSince(tx, table, change.ids, change.versions);
  for (const id of kept) keep(id, 'It was changed since.');
  const rest = change.ids.filter((id) => !kept.has(id));
  for (const id of await store.held(tx, table, rest)) {
    kept.add(id);
    keep(id, 'Something hangs on this product that the import did not bring.');
  }
  const removed = await store.remove(
    tx,
    table,
    change.ids.filter((id) => !kept.has(id)),
  );
  if (counts) outcome.removed = removed;
  return outcome;
}
