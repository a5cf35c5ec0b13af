// Accounts as trees: children under their parents, own money and everything below it. Pure.
import type { MoneyValue } from '../../../ui/format.ts';

export type Branch<T> = { item: T; children: Branch<T>[] };

/** Children under parents; whose parent is not among them stands at the top. Order is kept. Loops are cut, never followed. */
export function forestOf<T extends { id: string; parentId: string | null }>(items: readonly T[]): Branch<T>[] {
  const branches = new Map(items.map((item) => [item.id, { item, children: [] as Branch<T>[] }]));
  const above = (id: string): Set<string> => {
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at); at = branches.get(at)?.item.parentId ?? null)
      seen.add(at);
    return seen;
  };
  const tops: Branch<T>[] = [];
  for (const item of items) {
    const branch = branches.get(item.id)!;
    const parent = item.parentId === null ? undefined : branches.get(item.parentId);
    if (!parent || (item.parentId !== null && above(item.parentId).has(item.id))) tops.push(branch);
    else parent.children.push(branch);
  }
  return tops;
}

/** Money of a branch, per currency. */
export function sumOf<T extends { arr: MoneyValue | null }>(branch: Branch<T>): Map<string, number> {
  const sum = new Map<string, number>();
  const add = (at: Branch<T>) => {
    if (at.item.arr) sum.set(at.item.arr.currency, (sum.get(at.item.arr.currency) ?? 0) + at.item.arr.amount);
    for (const child of at.children) add(child);
  };
  add(branch);
  return sum;
}

export const countOf = <T>(branch: Branch<T>): number =>
  1 + branch.children.reduce((sum, child) => sum + countOf(child), 0);
