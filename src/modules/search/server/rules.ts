// Pure rules of the search room: when a question is read once more, and what then counts.

export type Reading = 'typed' | 'corrected' | 'fewer';

type Ranked = { type: string; id: string; rank: number };

/** What is tried after these readings gave these hits; null: enough is found. A name that begins with what was typed is enough. */
export function nextReading(tried: Reading, hits: readonly Ranked[]): Reading | null {
  if (tried === 'typed') return hits.length < 3 && !hits.some((h) => h.rank >= 2) ? 'corrected' : null;
  return tried === 'corrected' && hits.length === 0 ? 'fewer' : null;
}

/** What an earlier reading found comes first; nothing comes twice. */
export function add<H extends Ranked>(hits: readonly H[], more: readonly H[], limit: number): H[] {
  const known = new Set(hits.map((h) => h.type + h.id));
  return [...hits, ...more.filter((h) => !known.has(h.type + h.id))].slice(0, limit);
}
