// Pure rules of the people room: the shape of the team tree.

/** True where making `parentId` the parent of `id` would close a circle. */
export function closesCircle(
  parents: ReadonlyMap<string, string | null>,
  id: string,
  parentId: string | null,
): boolean {
  const seen = new Set<string>();
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) {
    if (at === id || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
