// Ranks texts against what someone typed: whole words first, then beginnings, then letters in order.

/** 0 = no match; higher is better. */
export function matchScore(query: string, text: string): number {
  const wanted = fold(query);
  const given = fold(text);
  if (wanted === '') return 1;
  if (given === wanted) return 100;
  if (given.startsWith(wanted)) return 80;
  if (new RegExp(`(^|[^\\p{L}\\p{N}])${escapeText(wanted)}`, 'u').test(given)) return 60;
  if (given.includes(wanted)) return 40;
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length > 1 && words.every((word) => given.includes(word))) return 30;
  return isSubsequence(wanted.replaceAll(' ', ''), given) ? 10 : 0;
}

/** Lower case, without accents: "Gdańsk" is found by "gdansk". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .trim();
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isSubsequence(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return letters.length >= 2;
}

/** Best matches first; equal ones keep their order. */
export function rank<T>(items: readonly T[], query: string, textOf: (item: T) => string[]): T[] {
  return items
    .map((item, index) => ({
      item,
      index,
      score: Math.max(...textOf(item).map((text, at) => matchScore(query, text) - at * 5)),
    }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((entry) => entry.item);
}
