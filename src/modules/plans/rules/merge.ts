/**
 * Two people edited the same version of a plan: three-way merge, field by field. What only one of them touched is taken
 * from that one; what both changed alike is no conflict; what both changed differently is a conflict that keeps both
 * values. The merged plan then holds what is saved already (`theirs`), and nothing typed is lost: it is in the conflict.
 */
import {
  BLOCKS,
  type BlockCare,
  type BlockKey,
  type FieldValue,
  fieldOf,
  type ListShape,
  listOf,
  type Plan,
  type PlanContent,
  type PlanItem,
  sameValue,
} from './plan.ts';

export type MergeConflict =
  | {
      readonly kind: 'field';
      readonly block: BlockKey;
      /** Null for a field of the block itself. */
      readonly list: string | null;
      readonly itemId: string | null;
      readonly field: string;
      readonly base: FieldValue;
      readonly mine: FieldValue;
      readonly theirs: FieldValue;
    }
  | {
      /** One of the two removed an item that the other one changed; the merged plan keeps it as changed. */
      readonly kind: 'removed';
      readonly block: BlockKey;
      readonly list: string;
      readonly itemId: string;
      readonly removedBy: 'mine' | 'theirs';
    };

export interface PlanMerge {
  readonly merged: Plan;
  readonly conflicts: readonly MergeConflict[];
}

/** Merges my edits and theirs, which both began from `base`. */
export function mergePlans(base: Plan, mine: Plan, theirs: Plan): PlanMerge {
  const conflicts: MergeConflict[] = [];
  const content: Record<string, Record<string, unknown>> = {};
  const care: Partial<Record<BlockKey, BlockCare>> = {};
  for (const { key: block, fields, lists } of BLOCKS) {
    const result: Record<string, unknown> = {};
    const pick = (field: string, b: FieldValue, m: FieldValue, t: FieldValue): FieldValue => {
      const choice = choose(b, m, t);
      if (choice.conflict) {
        conflicts.push({ kind: 'field', block, list: null, itemId: null, field, base: b, mine: m, theirs: t });
      }
      return choice.value;
    };
    for (const { key } of fields) {
      result[key] = pick(
        key,
        fieldOf(base.content, block, key),
        fieldOf(mine.content, block, key),
        fieldOf(theirs.content, block, key),
      );
    }
    for (const list of lists) {
      const [b, m, t] = [base, mine, theirs].map((plan) => listOf(plan.content, block, list.key));
      result[list.key] = mergeList(block, list, b!, m!, t!, conflicts);
    }
    content[block] = result;
    const [b, m, t] = [base.care[block], mine.care[block], theirs.care[block]];
    care[block] = {
      ownerId: pick('ownerId', b.ownerId, m.ownerId, t.ownerId) as string | null,
      reviewedOn: laterReview(b.reviewedOn, m.reviewedOn, t.reviewedOn),
    };
  }
  return {
    merged: { content: content as unknown as PlanContent, care: care as Record<BlockKey, BlockCare> },
    conflicts,
  };
}

function choose(base: FieldValue, mine: FieldValue, theirs: FieldValue): { value: FieldValue; conflict: boolean } {
  if (sameValue(mine, theirs) || sameValue(mine, base)) return { value: theirs, conflict: false };
  if (sameValue(theirs, base)) return { value: mine, conflict: false };
  return { value: theirs, conflict: true };
}

/** Both reviewed the block: the later review holds, there is nothing to decide. */
function laterReview(base: string | null, mine: string | null, theirs: string | null): string | null {
  if (mine === base) return theirs;
  if (theirs === base || theirs === null) return mine;
  return mine !== null && mine > theirs ? mine : theirs;
}

function mergeList(
  block: BlockKey,
  list: ListShape,
  base: readonly PlanItem[],
  mine: readonly PlanItem[],
  theirs: readonly PlanItem[],
  conflicts: MergeConflict[],
): PlanItem[] {
  const byId = (items: readonly PlanItem[]) => new Map(items.map((item) => [item.id, item]));
  const [inBase, inMine, inTheirs] = [byId(base), byId(mine), byId(theirs)];
  const kept = new Map<string, PlanItem>();
  for (const id of new Set([...inTheirs.keys(), ...inMine.keys()])) {
    const [b, m, t] = [inBase.get(id), inMine.get(id), inTheirs.get(id)];
    if (m && t) {
      const item: Record<string, FieldValue> = {};
      for (const { key } of list.fields) {
        const values = [b?.[key] ?? null, m[key] ?? null, t[key] ?? null] as const;
        const choice = choose(...values);
        item[key] = choice.value;
        if (choice.conflict) {
          const [was, my, their] = values;
          conflicts.push({
            kind: 'field',
            block,
            list: list.key,
            itemId: id,
            field: key,
            base: was,
            mine: my,
            theirs: their,
          });
        }
      }
      kept.set(id, { ...item, id });
      continue;
    }
    const left = (m ?? t)!;
    // Only one side has it: new there, or removed by the other side; a removal gives way to a change.
    if (!b) kept.set(id, left);
    else if (list.fields.some(({ key }) => !sameValue(left[key] ?? null, b[key] ?? null))) {
      kept.set(id, left);
      conflicts.push({ kind: 'removed', block, list: list.key, itemId: id, removedBy: m ? 'theirs' : 'mine' });
    }
  }
  return inOrder(kept, base, mine, theirs);
}

/** Their order, unless only I changed it; items that the other side does not have go behind their neighbour. */
function inOrder(
  kept: ReadonlyMap<string, PlanItem>,
  base: readonly PlanItem[],
  mine: readonly PlanItem[],
  theirs: readonly PlanItem[],
): PlanItem[] {
  const ids = (items: readonly PlanItem[]) => items.map(({ id }) => id);
  const moved = (items: readonly PlanItem[]) => {
    const there = new Set(ids(items));
    const stood = ids(base).filter((id) => there.has(id));
    const was = new Set(stood);
    return ids(items)
      .filter((id) => was.has(id))
      .some((id, at) => id !== stood[at]);
  };
  const [leading, other] = moved(mine) && !moved(theirs) ? [mine, theirs] : [theirs, mine];
  const order = ids(leading).filter((id) => kept.has(id));
  const placed = new Set(order);
  let previous: string | null = null;
  for (const { id } of other) {
    if (!kept.has(id)) continue;
    if (!placed.has(id)) {
      order.splice(previous === null ? 0 : order.indexOf(previous) + 1, 0, id);
      placed.add(id);
    }
    previous = id;
  }
  return order.map((id) => kept.get(id)!);
}
