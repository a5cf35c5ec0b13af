// Counts different values: exactly up to a thousand, then by a small field of bits and only for so long as it matters.

export type Distinct = {
  add(value: string): void;
  count(): number;
  /** 0–1: different values among those counted; a few in a hundred too low for long columns. */
  share(): number;
  /** All of them, or null above the limit. */
  values(): string[] | null;
  first(): string[];
};

/** A copy that does not keep the chunk alive from which the text was cut. */
export const detached = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

const exactly = 1_000;
const bits = 1 << 20;
const countedUpTo = 30_000;

export function newDistinct(): Distinct {
  let exact: Set<string> | null = new Set();
  let field: Uint8Array | null = null;
  let counted = 0;
  let looked = 0;
  const examples: string[] = [];

  function mark(value: string): boolean {
    const at = hash(value) & (bits - 1);
    const byte = at >> 3;
    const bit = 1 << (at & 7);
    if ((field![byte]! & bit) !== 0) return false;
    field![byte]! |= bit;
    return true;
  }

  return {
    add(value) {
      if (exact) {
        looked++;
        if (exact.has(value)) return;
        const kept = value.length > 12 ? detached(value.length > 200 ? value.slice(0, 200) : value) : value;
        exact.add(kept);
        if (examples.length < 5) examples.push(kept);
        counted = exact.size;
        if (exact.size <= exactly) return;
        // Few repetitions so far: count on. Else the column is no key, and the exact number does not matter.
        if (exact.size > looked * 0.5) {
          field = new Uint8Array(bits >> 3);
          for (const known of exact) mark(known);
        }
        exact = null;
      } else if (field && looked < countedUpTo) {
        looked++;
        if (mark(value)) counted++;
      }
    },
    count: () => counted,
    share: () => (looked === 0 ? 0 : counted / looked),
    values: () => (exact ? [...exact] : null),
    first: () => examples,
  };
}

function hash(value: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) h = Math.imul(h ^ value.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return h >>> 0;
}
