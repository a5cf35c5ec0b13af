// Pure rules for importing accounts: which links to parents would close a circle, and in what order rows can be written.

export type ParentLink = { row: number; child: string; parent: string };

/**
 * `existing` is the tree as it stands (child → parent); `links` are the parents that the file asks for, `fresh` the accounts it makes.
 * Answers the links that would lead in a circle, and for new accounts below new accounts how deep they are, so that a parent is
 * written before its children. Linear in the size of the tree.
 */
export function orderTree(
  existing: ReadonlyMap<string, string>,
  links: readonly ParentLink[],
  fresh: ReadonlySet<string>,
): { circular: ParentLink[]; depths: Map<string, number> } {
  const wanted = new Map(links.map((link) => [link.child, link]));
  const parentOf = (id: string): string | undefined => wanted.get(id)?.parent ?? existing.get(id);
  const circular: ParentLink[] = [];
  const settled = new Set<string>();
  for (const { child } of links) {
    for (;;) {
      const way: string[] = [];
      const onWay = new Set<string>();
      let at: string | undefined = child;
      while (at !== undefined && !settled.has(at) && !onWay.has(at)) {
        way.push(at);
        onWay.add(at);
        at = parentOf(at);
      }
      if (at === undefined || settled.has(at)) {
        for (const id of way) settled.add(id);
        break;
      }
      // Every wish of the circle falls; what stood before stands again, and the way is walked once more.
      const fallen = way.slice(way.indexOf(at)).flatMap((id) => wanted.get(id) ?? []);
      if (fallen.length === 0) break;
      for (const link of fallen) {
        circular.push(link);
        wanted.delete(link.child);
      }
    }
  }
  const depths = new Map<string, number>();
  for (const start of fresh) {
    const way: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && fresh.has(at) && !depths.has(at)) {
      way.push(at);
      at = parentOf(at);
    }
    let depth = at !== undefined && fresh.has(at) ? depths.get(at)! + 1 : 0;
    for (const id of way.reverse()) depths.set(id, depth++);
  }
  return { circular, depths };
}
