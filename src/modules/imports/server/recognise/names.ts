// Tells whether two names of accounts may mean the same company: exactly, or so nearly that a person should be asked.
import { foldText, isSlip, pairSimilarity } from './words.ts';

const legalForms = new Set(
  'inc incorporated corp corporation co company llc llp lp ltd limited plc pllc pc gmbh mbh ggmbh ag kg kgaa ohg ug gbr ev eg se sa sas sarl sasu eurl sl slu srl spa snc sca scs bv nv vof ab aktiebolag as asa aps oy oyj kft zrt nyrt rt doo dd ad ood eood sro spol zoo sp spzoo pte pty pvt ltda eireli me sab cv sapi ооо оао зао ао пао тов kk yk 株式会社 有限会社 公司 有限公司 gesellschaft mit beschrankter haftung aktiengesellschaft'.split(
    ' ',
  ),
);

/**
 * The form in which names are compared: case, accents, punctuation, `&`/"and" in some languages and the legal form do not count.
 * "United Oil & Gas Corp." and "UNITED OIL AND GAS" are the same; so are "Müller GmbH & Co. KG" and "Mueller GmbH".
 */
export function normaliseAccountName(name: string): string {
  const spelled = name.replace(/[äöüÄÖÜ]/g, (char) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char.toLowerCase()]!);
  const plain = foldText(spelled)
    .replace(/['’`´]/g, '')
    .replace(/\bsp\.?\s?z\s?o\.?\s?o\.?(?!\p{L})/gu, ' spzoo ')
    // S.A. → sa, G.m.b.H. → gmbh
    .replace(/\b(?:\p{L}\.\s?){2,}/gu, (letters) => `${letters.replace(/[.\s]/g, '')} `)
    .replace(/[&+]|\b(and|und|et|y|e|en|och|og|i)\b/gu, ' ')
    .replace(/株式会社|有限会社|有限公司|公司/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = plain.split(' ').filter((word) => word !== '');
  if (words[0] === 'the' && words.length > 1) words.shift();
  let end = words.length;
  while (end > 1 && legalForms.has(words[end - 1]!)) end--;
  let start = 0;
  // "ООО Ромашка", "PT Astra": the form stands in front.
  while (start < end - 1 && ['ооо', 'оао', 'зао', 'ао', 'пао', 'pt', 'cv', 'ug'].includes(words[start]!)) start++;
  return words.slice(start, end).join(' ');
}

/** Names that are equal once normalised (similarity 1) are the same without asking; from here on a person is asked; below, they differ. */
export const maybeSameName = 0.84;

/** 0–1; 1 only for names that are equal once normalised. */
export function accountNameSimilarity(a: string, b: string): number {
  return normalisedSimilarity(normaliseAccountName(a), normaliseAccountName(b));
}

/** The same for names that are already normalised, for comparing one with many. */
export function normalisedSimilarity(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const joined = a.replaceAll(' ', '') === b.replaceAll(' ', '') ? 0.97 : 0;
  const whole = pairSimilarity(a, b);
  const left = a.split(' ');
  const right = b.split(' ');
  // Numbers tell plants, shops and funds apart: "Store 12" is not "Store 13".
  if (left.filter(hasDigit).sort().join(' ') !== right.filter(hasDigit).sort().join(' ')) return Math.min(0.6, whole);
  const slip = a.length >= 5 && isSlip(a, b) ? 0.95 : 0;
  return Math.min(0.99, Math.max(joined, slip, whole, wordSimilarity(left, right)));
}

const hasDigit = (word: string): boolean => /\d/.test(word);

/** Words in any order, slips allowed; a word without partner counts against by its length. */
function wordSimilarity(left: string[], right: string[]): number {
  const rest = [...right];
  let matched = 0;
  let total = 0;
  for (const word of left) {
    let best = 0;
    let at = -1;
    rest.forEach((other, i) => {
      // "Coop" and "Cooperative", "Corp" and "Corporation" in the middle of a name.
      const shortened = word.length >= 4 && other.length >= 4 && (word.startsWith(other) || other.startsWith(word));
      const score = Math.max(shortened ? 0.9 : 0, pairSimilarity(word, other));
      if (score > best) {
        best = score;
        at = i;
      }
    });
    total += word.length;
    if (best >= 0.6) {
      matched += best * (word.length + rest[at]!.length);
      rest.splice(at, 1);
    }
  }
  for (const word of right) total += word.length;
  return total === 0 ? 0 : matched / total;
}
