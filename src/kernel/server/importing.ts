// What a room says and does so that files with its records can be imported. The imports room reads files, keeps the state and asks
// the questions; a room brings an Importer through its module object and is asked, set by set, what rows mean and to write them.
import type { Actor } from '../contract/access.ts';
import type { Tx } from './database.ts';
import { type Ctx, contributions, type ServerModule, type Services } from './module.ts';

declare module './module.ts' {
  interface Contributions {
    importers?: Importer[];
  }
}

export type FieldType =
  | 'text'
  | 'longtext'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'money'
  | 'date'
  /** A day with its time; without a zone in the file it is UTC. */
  | 'instant'
  | 'boolean'
  | 'email'
  | 'phone'
  | 'url'
  | 'country'
  | 'currency'
  | 'choice'
  | 'tags'
  | 'id';

/** What a field does for a record beyond being shown. */
export type FieldRole =
  | 'external-id'
  | 'name'
  | 'first-name'
  | 'last-name'
  | 'parent'
  /** Names a member who answers for the record; unknown ones can be made members. */
  | 'owner'
  /** Names a member in another part. */
  | 'member'
  | 'account'
  | 'reports-to'
  /** The currency of the amounts in the same row. */
  | 'row-currency'
  /** True: the record is deleted at its source and is passed over. */
  | 'deleted';

export type FieldShape = {
  key: string;
  label: string;
  type: FieldType;
  role?: FieldRole;
  /** Names of the column in the world's files, in any language; separated by `|`. */
  synonyms: string;
  /** Names that look alike and mean something else. */
  not?: string;
  /** The column must be called exactly so; a word more makes it something else ("deal name"). */
  exact?: boolean;
  /** How much it says about the kind of the file; 0.3 when left out. */
  weight?: number;
  /** For `choice`: what may be stored, and the words of files for it. Other words are left out with a warning. */
  options?: { value: string; words: string }[];
  maxLength?: number;
  /** A row without it is rejected; so is one with a choice that is no option. */
  required?: boolean;
  /** Whole numbers below zero are taken. */
  signed?: boolean;
  /** One of a few words: a column with hundreds of different ones is something else. */
  few?: boolean;
  /** One more column of this field, in another currency: taken where the column's name says which ("Price EUR", "Price USD"). */
  another?: string;
  /** Left alone where a column goes to this other field, which says the same better. */
  unless?: string;
  /** For `integer`: a length of time in this unit; "3 months" and a column called "Notice (months)" are understood. */
  duration?: 'days' | 'months';
};

export type FieldValue = string | number | boolean | { amountMinor: number; currency: string } | string[] | null;
/** What a room has to say of a row that was just read. `field` is the key of the field it is about. */
export type RowRemark = {
  weight: 'reject' | 'warn';
  field: string;
  code: string;
  message: string;
  value?: string;
};

/** How lists of an entity look in the world: what files are recognised and mapped by. */
export type EntityShape = {
  entity: string;
  label: string;
  fields: FieldShape[];
  hints: {
    /** Words in the name of the file or sheet. */
    files: string;
    /** First characters of Salesforce ids in the id column, with the weight they have. */
    idPrefixes: Record<string, number>;
    /** Words around the field's name that say nothing new: "billing city", "company phone". */
    noise: string;
    /** Column names that speak against this entity. */
    against: string;
    /** One of these groups of fields has to be mapped: `name`, or `firstName` with `lastName` … */
    needs: string[][];
  };
  /** Said of a whole file before it is taken: when no column goes to the field, or ids begin with the prefix. */
  tells?: { without?: string; idPrefix?: string; text: string }[];
  /** Completes a row once its cells are read, in place: a name from its parts. Pure, and fast: it runs for every row. */
  complete?: (values: Record<string, FieldValue>, mapped: ReadonlySet<string>) => RowRemark[] | null;
};

/** One import of one file, as an importer sees it. */
export type ImportRun = {
  services: Services;
  actor: Actor;
  importId: string;
  /** Number of the file within its import. */
  file: number;
  /** The system whose ids the column of external ids holds: `salesforce`, or named after the file. */
  system: string;
  /** Keys of the fields that have a column. */
  mapped: ReadonlySet<string>;
  /** Files come after this one, which may refer to what it makes. */
  followed: boolean;
};

/** Writes of one chunk to one table, for the report and for undo. `rows`, `ids`, `versions` and `before` go together. */
export type ImportChange = {
  table: string;
  action: 'insert' | 'update';
  /** Row numbers of the file. */
  rows: number[];
  ids: string[];
  /** The version that the row has after the import; undo leaves alone what was changed since. */
  versions: number[];
  /** For updates: the columns as they were. */
  before: Record<string, unknown>[] | null;
};

export type UndoOutcome = {
  removed: number;
  restored: number;
  /** Kept because somebody changed or used them since. */
  kept: { row: number; reason: string }[];
};

/**
 * A room's part in an import; `tableImporter` makes one for a plain table. All functions work set by set on temporary tables of the session:
 *  - `import_stage`: one line a row of the file: `n` (row number), `new_id`, `own_id` (our id, when the file is our export), `done_id`
 *    (when an interrupted run has written the row already), `decision` (a person said: this one; the zero id: a new one), `custom` and a
 *    column for each field of the shape (snake_case; money as `…_minor` and `…_currency`).
 *  - `import_plan`, made by `plan`: `pos` (order of writing), `n`, `id`, `action` (`new`, `changed`, `same`, `done`) and what the room needs.
 *  - `import_remark`: what the room has to say of rows: rejected, or taken with something left out.
 *  - `import_made`: what the files before this one would make, in a dry run, where nothing is written.
 */
export type Importer = {
  shape: EntityShape;
  /** Smaller goes first: accounts before people. */
  order: number;
  /** Whose custom fields take columns without a field; null: such columns are left out, and the report says so. */
  custom: 'accounts' | 'people' | null;
  /** Columns of our own export, by their header: a field, or our id. */
  ownColumns: Record<string, string>;
  /** What it writes to: tidied after an import. */
  tables: string[];
  /** Decides for every staged row whether it is new, changed, the same, or cannot be. Writes nothing but temporary tables. */
  plan(tx: Tx, run: ImportRun): Promise<void>;
  /** Rows that may be the same as one we have; a person decides. */
  candidates?(tx: Tx, run: ImportRun, limit: number): Promise<ImportCandidate[]>;
  /** Writes the planned rows with `from <= pos < to`, all or none. */
  write(tx: Tx, run: ImportRun, from: number, to: number): Promise<ImportChange[]>;
  /**
   * When chunks may be written at the same time on a second connection: the temporary tables that its `write` reads of a chunk,
   * `import_plan` by position and the others by row number. Rows that need rows written before have a higher `level` in `import_plan`;
   * without that column no row needs another.
   */
  beside?: { tables: readonly string[]; write: Importer['write'] };
  /** Whether a value of this custom field is still kept somewhere. */
  fieldInUse?(tx: Tx, key: string): Promise<boolean>;
  /** Takes back one chunk of one of the room's tables; the last chunk comes first. */
  undo(tx: Tx, run: Pick<ImportRun, 'services' | 'actor' | 'importId'>, change: ImportChange): Promise<UndoOutcome>;
  /** Once after an import, or its undo, that wrote to the room's tables: events, figures kept beside them. */
  afterwards?(ctx: Ctx): Promise<void>;
};

export type ImportCandidate = {
  row: number;
  name: string;
  detail: string;
  options: { id: string; name: string; detail: string; similarity: number }[];
};

/** Every room's importers, in the order in which files are written. */
export const importersOf = (modules: readonly ServerModule[]): Importer[] =>
  contributions(modules, 'importers')
    .flat()
    .sort((a, b) => a.order - b.order);
