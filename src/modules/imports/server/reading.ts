// How a file is opened again the way it was read the first time.
import type { TableChoice } from './read/table.ts';
import type { FileRow } from './store.ts';

export const readingOf = (file: Pick<FileRow, 'chosen' | 'reading'>): TableChoice => {
  const { entity: _, system: __, ...chosen } = file.chosen;
  const { encoding, delimiter, sheet, headerRow } = file.reading;
  return {
    ...(encoding ? { encoding: encoding as NonNullable<TableChoice['encoding']> } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(sheet ? { sheet } : {}),
    ...(typeof headerRow === 'number' ? { headerRow } : {}),
    ...chosen,
  };
};
