// Keyset cursors: opaque to callers, bound to the sort they were made for, checked when they come back.
import { createHash } from 'node:crypto';
import { invalid } from '../contract/problem.ts';

export type CursorValue = string | number | null;

/** A cursor is the sort key of the last row; `scope` names the sort, so that a cursor of another sort is refused. */
export function encodeCursor(scope: string, values: CursorValue[]): string {
  return Buffer.from(JSON.stringify([mark(scope), ...values])).toString('base64url');
}

export function decodeCursor(scope: string, cursor: string | undefined, length: number): CursorValue[] | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(parsed) &&
      parsed[0] === mark(scope) &&
      parsed.length === length + 1 &&
      parsed.slice(1).every((v) => v === null || typeof v === 'string' || typeof v === 'number')
    ) {
      return parsed.slice(1) as CursorValue[];
    }
  } catch {
    // falls through to the answer below
  }
  throw invalid({
    field: 'cursor',
    message: 'This cursor does not belong to this list and sort. Start again without it.',
  });
}

const mark = (scope: string) => createHash('sha256').update(scope).digest('base64url').slice(0, 6);

/** Of limit+1 rows: the page, and the cursor after it. */
export function page<R>(
  rows: R[],
  limit: number,
  cursorOf: (row: R) => string,
): { items: R[]; nextCursor: string | null } {
  if (rows.length <= limit) return { items: rows, nextCursor: null };
  const items = rows.slice(0, limit);
  return { items, nextCursor: cursorOf(items[items.length - 1]!) };
}
