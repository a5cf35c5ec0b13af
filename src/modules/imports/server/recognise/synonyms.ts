// The names of a room's fields as an index for comparing; also tells which words lists use as column names at all.
import type { EntityShape, FieldShape } from '../../../../kernel/server/importing.ts';
import { headerKey, isSlip, keyVariants } from './words.ts';

export type FieldNames = {
  field: FieldShape;
  /** Comparable names with their place in the list; earlier ones are likelier. */
  names: Map<string, number>;
  not: Set<string>;
};

export type EntityNames = {
  shape: EntityShape;
  fields: FieldNames[];
  noise: Set<string>;
  files: Set<string>;
  against: Set<string>;
};

/** No names at all is no name, not one without letters. */
const split = (text: string): string[] => (text === '' ? [] : text.split('|').flatMap(keyVariants));

const known = new WeakMap<EntityShape, EntityNames>();

/** Made once for each shape, as it has thousands of names. */
export function namesOf(shape: EntityShape): EntityNames {
  let names = known.get(shape);
  if (!names) {
    names = index(shape);
    known.set(shape, names);
  }
  return names;
}

function index(shape: EntityShape): EntityNames {
  return {
    shape,
    fields: shape.fields.map((field) => {
      const names = new Map<string, number>();
      for (const name of [...keyVariants(field.label), ...keyVariants(field.key), ...split(field.synonyms)]) {
        if (!names.has(name)) names.set(name, names.size);
      }
      return { field, names, not: new Set(split(field.not ?? '')) };
    }),
    noise: new Set(split(shape.hints.noise)),
    files: new Set(split(shape.hints.files)),
    against: new Set(split(shape.hints.against)),
  };
}

export type NameMatch = { score: number; how: 'name' | 'synonym' | 'similar' | 'contains' };

/** A column's name in the forms in which it is compared. */
export type NameForms = {
  key: string;
  bare: string;
  stripped: string;
  numbered: string;
  both: string;
  second: boolean;
  /** A little more for a later year, so that of "Revenue 2024" and "Revenue 2025" the latter is taken. */
  recent: number;
};

export function nameForms(header: string, noise: Set<string>): NameForms {
  const key = headerKey(header);
  const bare = headerKey(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  const numbered = bare.replace(/ (?:1|01|2|20\d\d)$/, '');
  return {
    key,
    bare,
    stripped: withoutNoise(bare, noise),
    numbered,
    both: withoutNoise(numbered, noise),
    second: bare.endsWith(' 2'),
    recent: Math.max(0, Number(/ (20\d\d)$/.exec(bare)?.[1] ?? 2000) - 2000) * 0.0005,
  };
}

/** How well a column's name fits a field: 1 for its own name, above 0.55 worth proposing. Null when it does not. */
export function matchName(forms: NameForms, names: FieldNames): NameMatch | null {
  const { key, bare, stripped, numbered, both } = forms;
  if (names.not.has(key) || names.not.has(bare) || names.not.has(stripped)) return null;
  const rank = names.names.get(key) ?? names.names.get(bare);
  if (rank !== undefined) return { score: Math.max(0.9, 1 - rank * 0.0007), how: rank === 0 ? 'name' : 'synonym' };
  for (const form of [stripped, numbered, both]) {
    if (form !== '' && names.names.has(form))
      return { score: forms.second ? 0.7 : 0.87 + forms.recent, how: 'synonym' };
  }
  return similar(bare, names) ?? contained(bare, names);
}

function withoutNoise(key: string, noise: Set<string>): string {
  return key
    .split(' ')
    .filter((word) => !noise.has(word))
    .join(' ');
}

/** A slip of the pen: "Acount Name". Short names differ too easily ("stage", "state"). */
function similar(key: string, names: FieldNames): NameMatch | null {
  if (key.length < 6 || key.length > 60 || /\d/.test(key)) return null;
  for (const name of names.names.keys())
    if (name.length >= 6 && isSlip(name, key)) return { score: 0.7, how: 'similar' };
  return null;
}

/** "Shipping city", "HQ country name": the field's name with a word or two around it. */
function contained(key: string, names: FieldNames): NameMatch | null {
  if (names.field.exact) return null;
  const words = key.split(' ');
  let best = 0;
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      const extra = words.length - (to - from);
      if (extra === 0 || extra > 2 || (from > 0 && to < words.length)) continue;
      const part = words.slice(from, to).join(' ');
      if (part.length >= 4 && names.names.has(part))
        best = Math.max(best, 0.68 - 0.06 * extra - (from === 0 ? 0.04 : 0));
    }
  }
  return best > 0 ? { score: best, how: 'contains' } : null;
}

const otherWords = split(
  'amount|betrag|montant|importe|date|datum|fecha|data|total|count|anzahl|quantity|menge|rating|bewertung|source|quelle|latitude|longitude|fax|stage|phase|probability|score|segment|plan|product|produkt|price|preis|category|kategorie|modified|created by|active|aktiv|size|größe|value|wert|contact|kontakt|vat number|vat id|ust id|tax id|umsatzsteuer id|siret|siren|nif|cif|duns|sic code|naics|linkedin|twitter|facebook|seats|users|contract|vertrag|gender|geschlecht|birthday|geburtstag',
);

/** A test for "lists use this as a column name", made of all the names that the given shapes know. */
export function headerWords(shapes: readonly EntityShape[]): (text: string) => boolean {
  const known = new Set(otherWords);
  for (const shape of shapes)
    for (const { names } of namesOf(shape).fields) for (const name of names.keys()) known.add(name);
  return (text) => {
    if (text.length > 60) return false;
    const key = headerKey(text);
    if (known.has(key)) return true;
    const bare = headerKey(text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
    if (known.has(bare)) return true;
    const words = bare.split(' ');
    // "BillingCity", "Owner Email", "Umsatz 2024": ends or begins with a known word, and is short.
    return words.length > 1 && words.length <= 4 && (known.has(words.at(-1)!) || known.has(words[0]!));
  };
}
