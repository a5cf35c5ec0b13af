// Looks at a file as a whole before anything is written: opens it, learns its columns, says what it is and what must be asked.

import type { EntityShape } from '../../../kernel/server/importing.ts';
import type { SourceTable, TableChoice } from './read/table.ts';
import { openTable } from './read/table.ts';
import type { ColumnMapping } from './recognise/mapping.ts';
import type { Answers, Planned } from './recognise/plan.ts';
import { planImport, readingNotes } from './recognise/plan.ts';
import type { TableProfile } from './recognise/profile.ts';
import { profileTable } from './recognise/profile.ts';
import { withRatesOfPairs } from './recognise/rate-pairs.ts';
import type { Recognition } from './recognise/recognise.ts';
import { recognise } from './recognise/recognise.ts';
import { headerWords } from './recognise/synonyms.ts';

export type InspectOptions = {
  shapes: readonly EntityShape[];
  answers?: Answers;
  /** What a person chose instead of what was recognised. */
  entity?: string;
  mapping?: readonly ColumnMapping[];
  workspaceCurrency: string;
  choice?: Omit<TableChoice, 'isHeaderWord'>;
  signal?: AbortSignal;
  onProgress?: (bytesRead: number, bytesTotal: number) => void;
};

export type Inspection = {
  table: SourceTable;
  profile: TableProfile;
  recognition: Recognition;
  /** The shape that is taken, chosen or recognised; null when the file fits none. */
  shape: EntityShape | null;
  mapping: readonly ColumnMapping[];
  /** Null without a shape. */
  planned: Planned | null;
  /** Everything worth telling before the import, in words. */
  warnings: string[];
};

/** Throws UnreadableFile. Reads the file twice at most: a scan of its bytes, and one pass over its rows. */
export async function inspect(
  file: string | Uint8Array,
  fileName: string,
  options: InspectOptions,
): Promise<Inspection> {
  const { shapes, signal } = options;
  const table = withRatesOfPairs(
    await openTable(file, fileName, { ...options.choice, isHeaderWord: headerWords(shapes) }),
  );
  const profile = await profileTable(table, {
    signal,
    onProgress: (bytesRead) => options.onProgress?.(bytesRead, table.bytesTotal),
  });
  const recognition = recognise(profile, { file: table.fileName, sheet: table.sheet }, shapes);
  const entity = options.entity ?? recognition.entity;
  const shape = shapes.find((one) => one.entity === entity) ?? null;
  const mapping = options.mapping ?? recognition.guesses.find((guess) => guess.entity === entity)?.mapping ?? [];
  const planned = shape ? planImport(shape, profile, mapping, options.answers) : null;
  const warnings = [
    ...table.warnings,
    ...recognition.warnings,
    ...(planned?.unusedAnswers ?? []),
    ...(planned ? readingNotes(planned.plan, profile, options.workspaceCurrency) : []),
  ];
  return { table, profile, recognition, shape, mapping, planned, warnings };
}
