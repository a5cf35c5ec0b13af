// Pure rules of the search room: one order over the hits of all rooms.

export type Ranked = { type: string; id: string; title: string; rank: number };

const tie = (type: string): number => (type === 'account' ? 0 : type === 'person' ? 1 : 2);

/** Best first; equals by kind, then by title, then by id, so that the same question has the same answer. Repeats go. */
export function merge<H extends Ranked>(hits: readonly H[], limit: number): H[] {
  const best = new Map<string, H>();
  for (const hit of hits) {
    const key = `${hit.type} ${hit.id}`;
    const known = best.get(key);
    if (!known || known.rank < hit.rank) best.set(key, hit);
  }
  return [...best.values()]
    .sort(
      (a, b) =>
        b.rank - a.rank || tie(a.type) - tie(b.type) || a.title.localeCompare(b.title, 'en') || (a.id < b.id ? -1 : 1),
    )
    .slice(0, limit);
}
