// Makes words comparable: case, accents, camelCase, underscores and punctuation do not count.

const special: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Lower case without accents; ß, æ, ø, ł and their like as plain letters. Other scripts stay as they are. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (char) => special[char]!)
    .normalize('NFC');
}

/** "BillingPostalCode", "billing_postal_code" and "Billing Postal Code *" all become "billing postal code". */
export function headerKey(name: string): string {
  const bare = name
    // Fields of packages: "SBQQ__StartDate__c".
    .replace(/^[A-Za-z]\w{1,14}?__(?=\w+__[cr]$)/, '')
    .replace(/__(c|r|pc|pr)$/i, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2');
  return foldText(bare)
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

/** German and Nordic words are also written without their dots: Straße, Strasse; Größe, Groesse. */
export function keyVariants(name: string): string[] {
  const spelled = name.replace(/[äöüÄÖÜ]/g, (char) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char.toLowerCase()]!);
  const plain = headerKey(name);
  const long = headerKey(spelled);
  return plain === long ? [plain] : [plain, long];
}

/** 0–1: how alike two short texts are, by the pairs of letters that they share (Dice). */
export function pairSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i < a.length - 1; i++) {
    const pair = a.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 0; i < b.length - 1; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left > 0) {
      shared++;
      pairs.set(pair, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length - 2);
}

/** True when one text becomes the other by one slip: a letter left out, added, changed or swapped with its neighbour. */
export function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const shorter = Math.min(a.length, b.length);
  let same = 0;
  while (same < shorter && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  if (a.length !== b.length) {
    const [long, short] = a.length > b.length ? [a, b] : [b, a];
    return long.slice(same + 1) === short.slice(same);
  }
  if (a.slice(same + 1) === b.slice(same + 1)) return true;
  return a[same] === b[same + 1] && a[same + 1] === b[same] && a.slice(same + 2) === b.slice(same + 2);
}

/** "Subscription id", "Kd.-Nr.", "contract number": the name of a key, as `headerKey` gives it. */
export const isKeyName = (key: string): boolean =>
  /(^|\s)(id|nr|no|number|nummer|key|code|numero|numer|codigo|codice)$|nummer$/.test(key);

/** "Id", "record id": the key of whatever the list is of, whether or not it repeats. */
export const isPlainKey = (key: string): boolean =>
  /^((record|internal|external|ext|unique|legacy|row|own) )?(id|key|uid|uuid|guid|nr|no|number|nummer|identifier)$/.test(
    key,
  );
