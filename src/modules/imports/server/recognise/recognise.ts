// What a file is: tries the shape of every room on the columns and takes the one that fits, or none, with reasons.

import type { EntityShape, FieldRole } from '../../../../kernel/server/importing.ts';
import type { ColumnMapping } from './mapping.ts';
import { mapColumns } from './mapping.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';
import { salesforceKinds } from './salesforce-ids.ts';
import type { EntityNames } from './synonyms.ts';
import { namesOf } from './synonyms.ts';
import { headerKey, isKeyName, isPlainKey } from './words.ts';

export type EntityGuess = {
  entity: string;
  score: number;
  /** A column or the file is called after the entity: "customer since", "accounts.csv". */
  told: boolean;
  mapping: ColumnMapping[];
  reason: string;
};

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

/** What a list must score to be taken for something; less is enough when its columns name what it lists. */
const enough = 3;
const enoughWhenTold = 2;

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
  if (!best || best.score < (best.told ? enoughWhenTold : enough)) {
    const what = kind ? `The ids in “${id!.header}” say that these are ${kind}. ` : '';
    return {
      entity: null,
      confidence: 0,
      reason: `${what}The columns do not look like ${oneOf(shapes.map((shape) => shape.label.toLowerCase()))}.`,
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
    warnings: warningsFor(shapes.find((shape) => shape.entity === best.entity)!, best, id?.salesforcePrefix ?? null),
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
    // An empty column of the right name says nearly as much as one with values.
    if (found) score += (field.weight ?? 0.3) * found.confidence * (columns[found.column]!.filled > 0 ? 1 : 0.85);
  }
  // Of two readings of a short list, the one that leaves fewer columns over is right.
  score += (1.5 * mapped.size) / Math.max(1, columns.length);
  const taken = new Set([...mapped.values()].map((one) => one.column));
  const against = columns
    .filter((column) => !taken.has(column.index) && entity.against.has(headerKey(column.header)))
    .map((column) => column.header);
  score -= 1.2 * against.length;
  const fileTells = hintsIn([names.file.replace(/\.\w+$/, ''), names.sheet ?? ''].join(' '), entity.files);
  score += 1.5 * fileTells;
  const key = keyOf(shape, 'external-id') ?? '';
  const idColumn = mapped.get(key);
  if (idColumn) {
    if (hintsIn(idColumn.header, entity.files) > 0) score += 1.2;
    const prefix = columns[idColumn.column]!.salesforcePrefix;
    if (prefix && salesforceKinds[prefix])
      score += shape.hints.idPrefixes[prefix] ? 6 * shape.hints.idPrefixes[prefix] : -12;
  }
  if (anotherRecord(columns, entity, taken)) score -= 5;
  score -= repeats(columns, entity, mapped) + impersonal(columns, mapped);
  if (!shape.hints.needs.some((group) => group.every((key) => mapped.has(key)))) score = Math.min(score, 0);
  const telling = [...mapped.values()].sort((a, b) => b.confidence - a.confidence).slice(0, 4);
  const told = fileTells > 0 || [...mapped.values()].some((one) => hintsIn(one.header, entity.files) > 0);
  const reason = `${shape.label}, by the columns ${telling.map((one) => `“${one.header}”`).join(', ')}${against.length > 0 ? `, although “${against[0]}” is unusual there` : ''}.`;
  return { entity: shape.entity, score: Math.round(score * 100) / 100, told, mapping, reason };
}

const keyOf = (shape: EntityShape, role: FieldRole): string | undefined =>
  shape.fields.find((field) => field.role === role)?.key;

const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function hintsIn(name: string, words: Set<string>): number {
  return headerKey(name)
    .split(' ')
    .some((word) => words.has(word))
    ? 1
    : 0;
}

const recordWords = new Set(
  'subscription|invoice|order|ticket|case|deal|opportunity|contract|product|article|item|event|usage|payment|expense|quote|offer|task|activity|campaign|project|transaction|booking|shipment|call|meeting|bill|receipt|asset|abo|rechnung|rechnungs|auftrag|auftrags|vertrag|vertrags|artikel|produkt|angebot|angebots|zahlung|zahlungs|beleg|commande|contrat|facture|produit|paiement|pedido|contrato|factura|producto|pago|ordine|contratto|fattura|prodotto|bestelling|factuur'.split(
    '|',
  ),
);

/**
 * Another record's list: a unique "subscription id" beside an "account id" that repeats, or a "contract number" with no place here
 * in front of everything else.
 */
function anotherRecord(columns: readonly ColumnProfile[], entity: EntityNames, taken: ReadonlySet<number>): boolean {
  const idNames = entity.fields.find(({ field }) => field.role === 'external-id')?.names;
  if (!idNames) return false;
  const repeated = columns.some(
    (column) => column.filled > 1 && column.uniqueShare < 0.9 && idNames.has(headerKey(column.header)),
  );
  return columns.some((column, place) => {
    const key = headerKey(column.header);
    if (column.uniqueShare < 0.97 || !isKeyName(key) || idNames.has(key)) return false;
    if (repeated) return true;
    return place === 0 && !taken.has(column.index) && key.split(' ').some((word) => recordWords.has(word));
  });
}

/** Names or ids of accounts that come again and again belong to a list of something at accounts. */
function repeats(
  columns: readonly ColumnProfile[],
  entity: EntityNames,
  mapped: ReadonlyMap<string, ColumnMapping>,
): number {
  const key = keyOf(entity.shape, 'external-id') ?? '';
  const name = keyOf(entity.shape, 'name') ?? '';
  const again = (key: string): ColumnProfile | undefined => {
    const column = columns[mapped.get(key)?.column ?? -1];
    return column && column.filled >= 4 && column.uniqueShare <= 0.6 ? column : undefined;
  };
  const id = columns[mapped.get(key)?.column ?? -1];
  if (id && !isPlainKey(headerKey(id.header))) {
    if (again(key)) return 5;
    // Different names, one id: what is listed belongs to what the id says.
    const named = columns[mapped.get(name)?.column ?? -1];
    const apart = named !== undefined && named.uniqueShare >= 0.97 && hintsIn(named.header, entity.files) === 0;
    if (apart && id.filled > 1 && id.uniqueShare < 0.9) return 5;
  }
  const named = mapped.has(key) ? undefined : again(name);
  return named && hintsIn(named.header, entity.files) > 0 ? 2.5 : 0;
}

const mailboxes =
  /^(info|sales|contact|office|mail|hello|kontakt|service|support|admin|team|post|accounts?|billing|buero|contacto|ventas|vertrieb|einkauf|zentrale|accueil|commercial|administration)\b/i;

/** "info@…" in every row is the address of a company: it says nothing of a person. */
function impersonal(columns: readonly ColumnProfile[], mapped: ReadonlyMap<string, ColumnMapping>): number {
  const email = columns[mapped.get('email')?.column ?? -1];
  return email && email.examples.length > 0 && email.examples.every((value) => mailboxes.test(value.trim())) ? 3 : 0;
}

function warningsFor(shape: EntityShape, best: EntityGuess, idPrefix: string | null): string[] {
  const mapped = new Set(best.mapping.flatMap((one) => (one.target.kind === 'field' ? [one.target.field] : [])));
  const warnings = (shape.tells ?? [])
    .filter(({ without, idPrefix: prefix }) =>
      without !== undefined ? !mapped.has(without) : prefix !== undefined && prefix === idPrefix,
    )
    .map(({ text }) => text);
  for (const field of shape.fields)
    if (field.required && !mapped.has(field.key))
      warnings.push(`No column holds “${field.label}”, and no row can do without. Choose the column that has it.`);
  const id = keyOf(shape, 'external-id');
  if (id && !mapped.has(id))
    warnings.push('There is no id column, so records are recognised by what they say when you import again.');
  return warnings;
}
