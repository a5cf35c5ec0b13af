// How alike two names are, for the warning about possible duplicates while typing. Pure.

const FORMS =
  /\b(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|gmbh|ag|kg|sa|sas|sarl|bv|nv|oy|ab|as|plc|pty|srl|spa|group|holding|holdings)\b/g;

/** Lower case, without accents, punctuation and legal forms: what makes a name the same name. */
export function nameKey(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain.replace(FORMS, ' ').replace(/\s+/g, ' ').trim() || plain;
}

function pairs(text: string): Map<string, number> {
  const padded = ` ${text} `;
  const found = new Map<string, number>();
  for (let i = 0; i < padded.length - 1; i++) {
    const pair = padded.slice(i, i + 2);
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

const numbers = (key: string): string => (key.match(/\p{N}+/gu) ?? []).join(' ');

/** 0 for nothing in common, 1 for the same name. Names with other numbers are two names. */
export function likeness(a: string, b: string): number {
  const [first, second] = [nameKey(a), nameKey(b)];
  if (first === '' || second === '') return 0;
  if (first === second) return 1;
  const [some, others] = [numbers(first), numbers(second)];
  if (some !== '' && others !== '' && some !== others) return 0;
  const [left, right] = [pairs(first), pairs(second)];
  let common = 0;
  for (const [pair, count] of left) common += Math.min(count, right.get(pair) ?? 0);
  return (2 * common) / (first.length + second.length + 2);
}

/** The word by which the server is asked for names like this one. */
export function searchWord(name: string): string | null {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => nameKey(word).length >= 3);
  return words.toSorted((a, b) => b.length - a.length)[0] ?? null;
}
