// What a few changed rows become, field by field. A trial writes them one by one and takes each back at once, so what is shown is what
// the rooms really do; a real run looks at what it has just written.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { EntityShape, ImportChange, Importer, ImportRun } from '../../../kernel/server/importing.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import { customFields, namesOf } from '../../settings/server/index.ts';
import type { ImportSample } from '../api.ts';
import { columnName } from './staging.ts';

export const SAMPLES = 10;
/** A row that leans on one which is not there yet cannot be tried alone; so many are tried at most. */
const TRIED = 30;

type Row = Record<string, unknown>;
export type Image = { row: number; table: string; id: string; before: Row | null; after: Row };

/** Images of changed rows, of at most `count` rows of the file, from what was just written in this transaction. */
export async function imagesOf(tx: Tx, changes: readonly ImportChange[], count: number): Promise<Image[]> {
  // Rows that are new all through have nothing to compare.
  const rows = [...new Set(changes.flatMap((c) => (c.before ? c.rows : [])))].sort((a, b) => a - b).slice(0, count);
  const images: Image[] = [];
  for (const change of changes) {
    const at = change.rows.flatMap((row, i) => (rows.includes(row) ? [{ row, id: change.ids[i]!, i }] : []));
    if (!at.length) continue;
    const { rows: now } = await sql<{ id: string; after: Row }>`
      select x.id, to_jsonb(x) as after from ${sql.table(change.table)} x where x.workspace_id = kernel.ws() and x.id = any (${at.map((a) => a.id)}::uuid[])`.execute(
      tx,
    );
    const after = new Map(now.map((n) => [n.id, n.after]));
    for (const { row, id, i } of at)
      if (after.has(id))
        images.push({ row, table: change.table, id, before: change.before?.[i] ?? null, after: after.get(id)! });
  }
  return images;
}

/** The same for a plan: each row is written and taken back. Nothing of it stays. */
export async function rehearse(tx: Tx, importer: Importer, run: ImportRun): Promise<Image[]> {
  const { rows: planned } = await sql<{ pos: number }>`
    select pos from pg_temp.import_plan where action = 'changed' order by pos limit ${sql.lit(TRIED)}`.execute(tx);
  // Nobody is kept waiting for a trial.
  await sql`select set_config('lock_timeout', '1s', true)`.execute(tx);
  const images: Image[] = [];
  for (const { pos } of planned) {
    await sql`savepoint rehearsal`.execute(tx);
    try {
      images.push(...(await imagesOf(tx, await importer.write(tx, run, pos, pos + 1), 1)));
    } catch {
      // It leans on a row that is not there yet, or somebody is changing it right now.
    }
    await sql`rollback to savepoint rehearsal`.execute(tx);
    if (new Set(images.map((i) => i.row)).size >= SAMPLES) break;
  }
  return images;
}

/** Images in words: labels in the place of columns, names in the place of ids. */
export async function samplesOf(
  tx: Tx,
  modules: readonly ServerModule[],
  importer: Importer,
  images: readonly Image[],
): Promise<ImportSample[]> {
  if (!images.length) return [];
  const found = images.map((image) => ({ ...image, differences: differences(image.before, image.after) }));
  const ids = found.flatMap((f) => [f.id, ...f.differences.flatMap((d) => [d.before, d.after].filter(isId))]);
  const names = await namesOf(tx, modules, ids, { inTurn: true });
  const labels = new Map<string, string>();
  if (importer.custom) for (const field of await customFields(tx, importer.custom)) labels.set(field.key, field.label);
  const named = (value: Value): Value => (isId(value) ? (names.get(value) ?? value) : value);
  const samples = new Map<number, ImportSample>();
  for (const { row, id, after, differences: all } of found) {
    const sample = samples.get(row) ?? { row, name: '', fields: [] };
    samples.set(row, sample);
    sample.name ||= names.get(id) ?? text(after.name) ?? text(after.title) ?? '';
    for (const d of all)
      sample.fields.push({
        label: labelOf(importer.shape, labels, d.column),
        before: named(d.before),
        after: named(d.after),
      });
  }
  return [...samples.values()].filter((s) => s.fields.length > 0).sort((a, b) => a.row - b.row);
}

// Two rows beside each other ------------------------------------------------

type Value = ImportSample['fields'][number]['before'];
type Difference = { column: string; before: Value; after: Value };

// What the machinery keeps for itself.
const OWN = /^(id|workspace_id|import_id|created_by|updated_by|version|created_at|updated_at|custom)$|_key$/;
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;

/** The columns that differ; an amount with its currency is one, a field of the workspace's own is `custom.key`. */
export function differences(before: Row | null, after: Row): Difference[] {
  const all: Difference[] = [];
  const add = (column: string, one: unknown, other: unknown) => {
    const [from, to] = [plainValue(one), plainValue(other)];
    if (JSON.stringify(from) !== JSON.stringify(to)) all.push({ column, before: from, after: to });
  };
  // Without a row before, what stands in the new one; else the columns that were kept.
  for (const column of Object.keys(before ?? after)) {
    if (OWN.test(column)) continue;
    const name = column.replace(/_(minor|currency)$/, '');
    const isAmount = `${name}_minor` in after && `${name}_currency` in after;
    if (isAmount && column.endsWith('_currency')) continue;
    if (isAmount && column.endsWith('_minor')) add(name, amountOf(before, name), amountOf(after, name));
    else add(column, before?.[column], after[column]);
  }
  const [old, now] = [before?.custom, after.custom].map((v) => (v && typeof v === 'object' ? (v as Row) : {}));
  if (!before || 'custom' in before)
    for (const key of Object.keys({ ...old, ...now })) add(`custom.${key}`, old![key], now![key]);
  return all;
}

const amountOf = (row: Row | null, name: string) =>
  typeof row?.[`${name}_minor`] === 'number'
    ? { amount: row[`${name}_minor`], currency: row[`${name}_currency`] }
    : null;

/** As the contract knows values: nothing is null, whatever way it was stored. */
function plainValue(value: unknown): Value {
  if (value === null || value === undefined || value === '' || value === false) return null;
  if (typeof value === 'string') return value.slice(0, 300);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.length ? value.map((v) => String(v).slice(0, 300)).slice(0, 50) : null;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  if (typeof amount === 'number' && typeof currency === 'string') return { amount, currency };
  return JSON.stringify(value).slice(0, 300);
}

function labelOf(shape: EntityShape, custom: ReadonlyMap<string, string>, column: string): string {
  if (column.startsWith('custom.')) {
    const key = column.slice(7);
    // A field that a trial would make has its label for a key.
    return custom.get(key) ?? key.replace(/^new:/, '');
  }
  const field = shape.fields.find((f) => columnName(f.key) === column);
  if (field && !column.endsWith('_id')) return field.label;
  const words = column.replace(/_(id|on|at)$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
