// Where the nodes of a tree stand, and where they may move.
import type { ReactNode } from 'react';

export type TreeNode = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** At the far end of the line: number, state. */
  detail?: ReactNode;
  href?: string;
  children?: readonly TreeNode[];
};

export type TreePlace = { parent: string | null; index: number; node: TreeNode };

/** Where every node stands. */
export function placesOf(
  nodes: readonly TreeNode[],
  parent: string | null = null,
  found: Map<string, TreePlace> = new Map(),
): Map<string, TreePlace> {
  nodes.forEach((node, index) => {
    found.set(node.id, { parent, index, node });
    if (node.children) placesOf(node.children, node.id, found);
  });
  return found;
}

/** True when `id` is `ancestor` or stands somewhere below it: a node cannot move into itself. */
export function isWithin(places: ReadonlyMap<string, TreePlace>, id: string | null, ancestor: string): boolean {
  for (let at = id; at !== null; at = places.get(at)?.parent ?? null) if (at === ancestor) return true;
  return false;
}
