// What a file is: tries the shape of every room on the columns and takes the one that fits, or none, with reasons.

import type { EntityShape } from '../../../../kernel/server/importing.ts';
import type { ColumnMapping } from './mapping.ts';
import { mapColumns } from './mapping.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';
import { salesforceKinds } from './salesforce-ids.ts';
import type { EntityNames } from './synonyms.ts';
import { namesOf } from './synonyms.ts';
import { headerKey } from './words.ts';

export type EntityGuess = { entity: string; score: number; mapping: ColumnMapping[]; reason: string };

export type Recognition = {
  /** Null when the file fits no shape. */
  entity: string | null;
  /** 0–1; below 0.6 a person should confirm. */
  confidence: number;
  reason: string;
  mapping: ColumnMapping[];
  /** All shapes, best first, so that a person can choose another. */
  guesses: EntityGuess[];
  /** Questions of sense rather than of form, such as "accounts without names". */
  warnings: string[];
};

const enough = 3;

/** `names` are the file and, of a workbook, the sheet. */
export function recognise(
  profile: TableProfile,
  names: { file: string; sheet?: string | null },
  shapes: readonly EntityShape[],
): Recognition {
  const guesses = shapes
    .map((shape) => guess(profile.columns, names, namesOf(shape)))
    .sort((a, b) => b.score - a.score);
  const best = guesses[0];
  const id = profile.columns.find((column) => headerKey(column.header) === 'id') ?? profile.columns[0];
  const kind = id?.salesforcePrefix ? salesforceKinds[id.salesforcePrefix] : undefined;
  if (!best || best.score < enough) {
    const what = kind ? `The ids in “${id!.header}” say that these are ${kind}. ` : '';
    return {
      entity: null,
      confidence: 0,
      reason: `${what}The columns do not look like ${shapes.map((shape) => shape.label.toLowerCase()).join(' or ')}.`,
      mapping: [],
      guesses,
      warnings: [],
    };
  }
  const margin = best.score - Math.max(0, guesses[1]?.score ?? 0);
  const confidence = Math.max(0.4, Math.min(0.99, 0.45 + 0.05 * best.score + 0.06 * Math.min(margin, 4)));
  return {
    entity: best.entity,
    confidence: Math.round(confidence * 100) / 100,
    reason: best.reason,
    mapping: best.mapping,
    guesses,
    warnings: warningsFor(best, kind),
  };
}

function guess(
  columns: readonly ColumnProfile[],
  names: { file: string; sheet?: string | null },
  entity: EntityNames,
): EntityGuess {
  const { shape } = entity;
  const mapping = mapColumns(columns, entity);
  const mapped = new Map<string, ColumnMapping>();
  for (const one of mapping) if (one.target.kind === 'field') mapped.set(one.target.field, one);
  let score = 0;
  for (const field of shape.fields) {
    const found = mapped.get(field.key);
    // An empty column of the right name says less than one with values.
    if (found) score += (field.weight ?? 0.3) * found.confidence * (columns[found.column]!.filled > 0 ? 1 : 0.4);
  }
  const against = columns
    .filter((column) => entity.against.has(headerKey(column.header)))
    .map((column) => column.header);
  score -= 1.2 * against.length;
  score += 1.5 * hintsIn([names.file.replace(/\.\w+$/, ''), names.sheet ?? ''].join(' '), entity.files);
  const idColumn = mapped.get('externalId');
  if (idColumn) {
    if (hintsIn(idColumn.header, entity.files) > 0) score += 1.2;
    const prefix = columns[idColumn.column]!.salesforcePrefix;
    if (prefix && salesforceKinds[prefix])
      score += shape.hints.idPrefixes[prefix] ? 6 * shape.hints.idPrefixes[prefix] : -12;
  } else if (foreignKey(columns, entity)) score -= 5;
  if (!shape.hints.needs.some((group) => group.every((key) => mapped.has(key)))) score = Math.min(score, 0);
  const telling = [...mapped.values()].sort((a, b) => b.confidence - a.confidence).slice(0, 4);
  const reason = `${shape.label}, by the columns ${telling.map((one) => `“${one.header}”`).join(', ')}${against.length > 0 ? `, although “${against[0]}” is unusual there` : ''}.`;
  return { entity: shape.entity, score: Math.round(score * 100) / 100, mapping, reason };
}

function hintsIn(name: string, words: Set<string>): number {
  return headerKey(name)
    .split(' ')
    .some((word) => words.has(word))
    ? 1
    : 0;
}

/** Another record's list: a unique "subscription id" beside an "account id" that repeats. */
function foreignKey(columns: readonly ColumnProfile[], entity: EntityNames): boolean {
  const idNames = entity.fields.find(({ field }) => field.role === 'external-id')?.names;
  if (!idNames) return false;
  const repeated = columns.some(
    (column) => column.filled > 1 && column.uniqueShare < 0.9 && idNames.has(headerKey(column.header)),
  );
  const other = columns.some(
    (column) =>
      column.uniqueShare >= 0.97 &&
      /\b(id|nr|no|number|nummer|key)$/.test(headerKey(column.header)) &&
      !idNames.has(headerKey(column.header)),
  );
  return repeated && other;
}

function warningsFor(best: EntityGuess, kind: string | undefined): string[] {
  const mapped = new Set(best.mapping.flatMap((one) => (one.target.kind === 'field' ? [one.target.field] : [])));
  const warnings: string[] = [];
  if (best.entity === 'accounts' && !mapped.has('name')) {
    warnings.push(
      'No column holds names of accounts, so each account is named by its id. Choose a column for the name if there is one.',
    );
  }
  if (kind === 'leads')
    warnings.push(
      'These are leads, not yet people at accounts. Who works for a company that is no account yet comes without one.',
    );
  if (!mapped.has('externalId'))
    warnings.push('There is no id column, so records are recognised by their name when you import again.');
  return warnings;
}
