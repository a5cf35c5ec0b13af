// What a single cell looks like: blank, a word for nothing, a truth value, an address, an id, plain text.
import { foldText } from './words.ts';

/** Error values of spreadsheets; the first means "not available" and is as good as blank. */
export const spreadsheetError =
  /^#(N\/A|NV|REF!|BEZUG!|VALUE!|WERT!|VALOR!|VALEUR!|DIV\/0!|NAME\?|NOM\?|NUM!|ZAHL!|NULL!|SPILL!|CALC!|GETTING_DATA)$/i;

const nothing = new Set([
  'n/a',
  '#n/a',
  '#n/d',
  '#nv',
  '#null!',
  'n.a.',
  'n. a.',
  'n.a',
  'na',
  'null',
  '(null)',
  '<null>',
  'nil',
  'none',
  '(none)',
  '(blank)',
  '(leer)',
  '(empty)',
  'blank',
  'leer',
  'k.a.',
  'k. a.',
  'keine angabe',
  'unbekannt',
  'unknown',
  'not available',
  'not applicable',
  'not specified',
  'not provided',
  'undefined',
  'nan',
  'nat',
  'n.d.',
  'n/d',
  'n.c.',
  'ninguno',
  'ninguna',
  'aucun',
  'aucune',
  'inconnu',
  'vide',
  'vacio',
  'desconocido',
  'sin datos',
  's/d',
  'nessuno',
  'nessuna',
  'vuoto',
  'geen',
  'onbekend',
  'leeg',
  'brak',
  'ingen',
  'okand',
  'sem dados',
  'nenhum',
  'nenhuma',
  'tbd',
  'tba',
  '?',
  '??',
  '???',
  '.',
  '..',
  '...',
  '…',
  '0000-00-00',
  '00.00.0000',
  '00/00/0000',
  '0000-00-00 00:00:00',
  '00000000',
]);
/** Only these stand for nothing where any word may be a name: there are people called Null and Nd, and Namibia is NA. */
const surelyNothing = new Set([
  'n/a',
  '#n/a',
  '#n/d',
  '#nv',
  '#null!',
  'n.a.',
  '(null)',
  '<null>',
  '(none)',
  '(blank)',
  '(leer)',
  '(empty)',
  'k.a.',
  '?',
  '??',
  '???',
  '.',
  '..',
  '...',
  '…',
]);

const isDashes = (text: string): boolean => /^[-–—_]{1,5}$/.test(text);

/** First characters of those words: most cells are told apart by theirs, without folding the text. */
const firstCharacters = new Set([...nothing, ...surelyNothing].flatMap((word) => [word[0]!, word[0]!.toUpperCase()]));

/** Blank, or a word for "no value". With `strict` only signs that are no word, for columns of names. */
export function isNothing(text: string, strict = false): boolean {
  const first = text.charCodeAt(0);
  if (first >= 49 && first <= 57) return false;
  const bare = text.trim();
  if (bare === '') return true;
  if (bare.length > 20) return false;
  if (isDashes(bare)) return true;
  if (!firstCharacters.has(bare[0]!)) return false;
  return (strict ? surelyNothing : nothing).has(foldText(bare));
}

const yes = new Set(
  'true t yes y ja j wahr oui o vrai si verdadero vero sim verdadeiro tak prawda ano da evet dogru hai igen kylla on 1 x ✓ ✔ ☑ ✅ да истина はい 是 예'.split(
    ' ',
  ),
);
const no = new Set(
  'false f no n nein falsch non faux falso nao nie falsz ne hayir nem ei off 0 ✗ ✘ ☐ ❌ нет ложь いいえ 否 아니요 nej nee'.split(
    ' ',
  ),
);

/** Null when the text is no truth value. */
export function readBoolean(text: string): boolean | null {
  const key = foldText(text.trim());
  if (key.length > 10) return null;
  if (yes.has(key)) return true;
  return no.has(key) ? false : null;
}

const emailForm = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/u;

/** The address in "Rose <rose@edge.com>", "mailto:…" or "a@x.com; b@y.com" (the first one); null when there is none. */
export function readEmail(text: string): { email: string; more: boolean } | null {
  const bare = text.trim();
  if (!bare.includes('@') || bare.length > 500) return null;
  const pieces = bare
    .split(/[;,\s|]+/)
    .map((piece) => piece.replace(/^(mailto:|<|\()+|[>).,]+$/gi, ''))
    .filter((piece) => emailForm.test(piece));
  return pieces[0] === undefined || pieces[0].length > 254 ? null : { email: pieces[0], more: pieces.length > 1 };
}

export const isEmail = (text: string): boolean => emailForm.test(text.trim());

const urlForm = /^(https?:\/\/)?([\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,24}(:\d+)?([/?#]\S*)?$/iu;

/** A web address, with or without https://; "Inc." and "acme.pdf" are none. */
export function isUrl(text: string): boolean {
  const bare = text.trim();
  if (bare.length < 4 || bare.length > 2_000 || bare.includes('@') || /\s/.test(bare)) return false;
  return urlForm.test(bare) && !/\.(pdf|docx?|xlsx?|csv|txt|png|jpe?g)$/i.test(bare);
}

export function isPhone(text: string): boolean {
  const bare = text.trim();
  if (bare.length < 6 || bare.length > 40) return false;
  if (!/^(tel\.?:?\s*)?\+?[\d\s()./\-–\u00a0]+(\s*(ext\.?|x|dw|durchwahl|poste|#)\.?\s*\d{1,6})?$/i.test(bare))
    return false;
  const digits = bare.replace(/\D/g, '').length;
  if (digits < 6 || digits > 20) return false;
  // A plain whole number of usual length is rather a number or an id than a telephone.
  return /^\+|^00\d|^\(?0\d|[\s()/\-.]/.test(bare);
}

export const isUuid = (text: string): boolean =>
  /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i.test(text.trim());

/** One word of letters, digits, dashes, with a digit in it: A-2e4581, 7590-VHVEG, 0010-00123. */
export const isCode = (text: string): boolean => /^(?=.*\d)[\p{L}\p{N}][\p{L}\p{N}_\-./:#]{1,49}$/u.test(text);
