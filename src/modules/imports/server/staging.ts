// Turns the rows of a table into lines for the staging table, with everything that is to be said of rows that cannot be taken.
import type { EntityShape, FieldShape, FieldType } from '../../../kernel/server/importing.ts';
import type { CustomField } from '../../settings/server/index.ts';
import type { Cell, SourceTable } from './read/table.ts';
import type { ConvertedRow, Converter, Money, Value } from './recognise/convert.ts';

export type Note = {
  row: number;
  weight: 'reject' | 'warn';
  column: string;
  code: string;
  message: string;
  value: string;
};
/** More than these are counted, not kept. */
export const NOTES_KEPT = { reject: 100_000, warn: 5_000 } as const;

export type Tally = {
  rows: number;
  staged: number;
  rejected: number;
  warned: number;
  notes: Note[];
  kept: { reject: number; warn: number };
  reasons: Map<string, Note & { count: number }>;
};
export const newTally = (): Tally => ({
  rows: 0,
  staged: 0,
  rejected: 0,
  warned: 0,
  notes: [],
  kept: { reject: 0, warn: 0 },
  reasons: new Map(),
});

export function addNote(tally: Tally, note: Note): void {
  const key = `${note.weight} ${note.code} ${note.column}`;
  const known = tally.reasons.get(key);
  if (known) known.count++;
  else tally.reasons.set(key, { ...note, count: 1 });
  if (tally.kept[note.weight] >= NOTES_KEPT[note.weight]) return;
  tally.kept[note.weight]++;
  tally.notes.push(note);
}

export const columnName = (field: string): string => field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** Fields that have a column in the staging table; the others only say how to read a row. */
export const stagedFields = (shape: EntityShape): FieldShape[] =>
  shape.fields.filter((f) => f.role !== 'deleted' && f.role !== 'row-currency');

/** Keys that are no field of a shape: our own id, and ids of systems in a file that we exported. */
export const OWN_ID = 'ownId';
export const OTHER_ID = 'externalId:';

type Encoder = { columns: string[]; line: (row: ConvertedRow) => string };
export type CustomTarget = Pick<CustomField, 'key' | 'type'>;

/** How a converted row becomes a line of COPY text, for the columns that the file has. */
export function encoderFor(
  shape: EntityShape,
  mapped: ReadonlySet<string>,
  custom: ReadonlyMap<string, CustomTarget>,
): Encoder {
  const columns = ['n'];
  const parts: ((row: ConvertedRow) => string)[] = [(row) => String(row.row)];
  for (const field of stagedFields(shape)) {
    if (!mapped.has(field.key) && field.role !== 'name') continue;
    const column = columnName(field.key);
    if (field.type === 'money') {
      columns.push(`${column}_minor`, `${column}_currency`);
      parts.push((row) => {
        const value = row.values[field.key] as Money | null | undefined;
        return value ? `${value.amountMinor}\t${value.currency}` : '\\N\t\\N';
      });
    } else {
      columns.push(column);
      parts.push((row) => encode(row.values[field.key]));
    }
  }
  if (mapped.has(OWN_ID)) {
    columns.push('own_id');
    parts.push((row) => (isUuid(row.values[OWN_ID]) ? (row.values[OWN_ID] as string) : '\\N'));
  }
  const others = [...mapped].filter((key) => key.startsWith(OTHER_ID));
  if (others.length) {
    columns.push('more_ids');
    parts.push((row) => {
      const ids = others.flatMap((key) => (row.values[key] ? [[key.slice(OTHER_ID.length), row.values[key]]] : []));
      return ids.length ? escaped(JSON.stringify(Object.fromEntries(ids))) : '\\N';
    });
  }
  if (custom.size) {
    columns.push('custom');
    parts.push((row) => {
      const values: Record<string, unknown> = {};
      let any = false;
      for (const [name, target] of custom) {
        const value = row.custom[name];
        if (value === null || value === undefined) continue;
        const stored = customValue(target.type, value);
        if (stored === null) continue;
        values[target.key] = stored;
        any = true;
      }
      return any ? escaped(JSON.stringify(values)) : '\\N';
    });
  }
  return { columns, line: (row) => `${parts.map((part) => part(row)).join('\t')}\n` };
}

/** A value as the settings room keeps it for a custom field of this type; null where it cannot be one. */
export function customValue(type: CustomField['type'], value: Value): unknown {
  switch (type) {
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'money':
      return isMoney(value) ? { amount: value.amountMinor, currency: value.currency } : null;
    case 'date':
      return typeof value === 'string' ? value : null;
    case 'url': {
      if (typeof value !== 'string') return null;
      const url = /^https?:\/\//i.test(value) ? value : `https://${value}`;
      return /^https?:\/\/\S{1,500}$/.test(url) ? url : null;
    }
    default: {
      if (value === null) return null;
      const text = Array.isArray(value)
        ? value.join(', ')
        : isMoney(value)
          ? `${value.amountMinor} ${value.currency}`
          : String(value);
      return text === '' ? null : text.slice(0, 5000);
    }
  }
}

const isMoney = (value: Value): value is Money =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'amountMinor' in value;
const isUuid = (value: Value | undefined): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);

const special = /[\\\t\n\r]/;
function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function encode(value: Value | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Array.isArray(value))
    return escaped(`{${value.map((v) => `"${v.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`);
  return '\\N';
}

/** The SQL type of a field's column. */
export function sqlType(type: FieldType): string {
  switch (type) {
    case 'integer':
      return 'bigint';
    case 'decimal':
    case 'percent':
      return 'numeric';
    case 'date':
      return 'date';
    case 'instant':
      return 'timestamptz';
    case 'boolean':
      return 'boolean';
    case 'tags':
      return 'text[]';
    default:
      return 'text';
  }
}

/** Reads, converts and encodes; what cannot be taken goes into the tally. `before` may put cells together before they are read. */
export async function* stageLines(
  table: SourceTable,
  convert: Converter,
  encoder: Encoder,
  tally: Tally,
  options: {
    signal?: AbortSignal | undefined;
    before?: ((cells: Cell[]) => Cell[]) | undefined;
    onBatch?: (bytesRead: number) => Promise<void>;
  } = {},
): AsyncGenerator<string> {
  for await (const batch of table.rows(options.signal ? { signal: options.signal } : {})) {
    const broken = new Set<number>();
    for (const note of batch.notes) {
      if (note.weight === 'skip') continue;
      if (note.weight === 'reject') broken.add(note.row);
      addNote(tally, {
        row: note.row,
        weight: note.weight === 'reject' ? 'reject' : 'warn',
        column: '',
        code: note.code,
        message: note.message,
        value: '',
      });
    }
    const lines: string[] = [];
    for (let i = 0; i < batch.rows.length; i++) {
      const number = batch.rowNumbers[i]!;
      tally.rows++;
      if (broken.has(number)) {
        tally.rejected++;
        continue;
      }
      const cells = options.before ? options.before(batch.rows[i]!) : batch.rows[i]!;
      const row = convert(cells, number);
      if (row.skip !== null) {
        addNote(tally, { row: number, weight: 'reject', column: '', code: 'deleted', message: row.skip, value: '' });
        tally.rejected++;
        continue;
      }
      if (row.problems.length) {
        for (const p of row.problems) addNote(tally, { ...p, weight: 'reject' });
        tally.rejected++;
        continue;
      }
      if (row.warnings.length) {
        for (const w of row.warnings) addNote(tally, { ...w, weight: 'warn' });
        tally.warned++;
      }
      lines.push(encoder.line(row));
    }
    tally.staged += lines.length;
    await options.onBatch?.(batch.bytesRead);
    if (lines.length) yield lines.join('');
  }
}
