/** What changed between two versions of a plan, block by block, so that a person can read it. */
import {
  BLOCKS,
  type BlockKey,
  type FieldKind,
  type FieldShape,
  type FieldValue,
  fieldOf,
  listOf,
  type Plan,
  type PlanItem,
  sameValue,
} from './plan.ts';

export interface FieldChange {
  readonly field: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

export interface ItemChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly id: string;
  /** What it is, in lower case: "goal". */
  readonly item: string;
  /** What names it, as it is now (or was, when removed). */
  readonly label: FieldValue;
  readonly labelKind: FieldKind;
  readonly fields: readonly FieldChange[];
}

export interface BlockDifference {
  readonly block: BlockKey;
  readonly name: string;
  readonly fields: readonly FieldChange[];
  readonly items: readonly ItemChange[];
  /** What came into a new order: "goal", "risk". */
  readonly reordered: readonly string[];
}

const CARE_FIELDS: readonly FieldShape[] = [
  { key: 'ownerId', name: 'owner of the block', kind: 'member' },
  { key: 'reviewedOn', name: 'reviewed on', kind: 'date' },
];

/** The blocks in which two plans differ, in the order of the plan; an empty list means that they say the same. */
export function comparePlans(before: Plan, after: Plan): BlockDifference[] {
  return BLOCKS.flatMap((shape) => {
    const block = shape.key;
    const fields = [
      ...changes(shape.fields, (key) => [fieldOf(before.content, block, key), fieldOf(after.content, block, key)]),
      ...changes(CARE_FIELDS, (key) => [before.care[block][key as 'ownerId'], after.care[block][key as 'ownerId']]),
    ];
    const items: ItemChange[] = [];
    const reordered: string[] = [];
    for (const list of shape.lists) {
      const labelKind = list.fields.find(({ key }) => key === list.label)?.kind ?? 'text';
      const old = listOf(before.content, block, list.key);
      const now = listOf(after.content, block, list.key);
      const oldById = new Map(old.map((item) => [item.id, item]));
      const nowIds = new Set(now.map(({ id }) => id));
      const note = (change: ItemChange['change'], item: PlanItem, fields: FieldChange[]) =>
        items.push({ change, id: item.id, item: list.item, label: item[list.label] ?? null, labelKind, fields });
      for (const item of now) {
        const was = oldById.get(item.id);
        const fields = changes(list.fields, (key) => [was?.[key] ?? null, item[key] ?? null]);
        if (!was) note('added', item, fields);
        else if (fields.length > 0) note('changed', item, fields);
      }
      for (const item of old) {
        if (!nowIds.has(item.id))
          note(
            'removed',
            item,
            changes(list.fields, (key) => [item[key] ?? null, null]),
          );
      }
      const stayed = now.filter(({ id }) => oldById.has(id)).map(({ id }) => id);
      const stood = old.filter(({ id }) => nowIds.has(id)).map(({ id }) => id);
      if (stayed.some((id, at) => id !== stood[at])) reordered.push(list.item);
    }
    const differs = fields.length + items.length + reordered.length > 0;
    return differs ? [{ block, name: shape.name, fields, items, reordered }] : [];
  });
}

function changes(shapes: readonly FieldShape[], read: (key: string) => [FieldValue, FieldValue]): FieldChange[] {
  return shapes.flatMap(({ key, name, kind }) => {
    const [before, after] = read(key);
    return sameValue(before, after) ? [] : [{ field: key, name, kind, before, after }];
  });
}

/** Turns a value into words; the screen brings the reader's locale and the names behind ids. */
export type SayValue = (value: FieldValue, kind: FieldKind) => string;

/** The difference of one block as sentences: "Renewal date: 15 Oct 2026 → 30 Nov 2026", "Goal “Better SLAs” added". */
export function differenceInWords(difference: BlockDifference, say: SayValue): string[] {
  const value = (held: FieldValue, kind: FieldKind) => (held === null || held === '' ? 'empty' : say(held, kind));
  const arrow = ({ name, kind, before, after }: FieldChange) =>
    `${name}: ${value(before, kind)} → ${value(after, kind)}`;
  const named = ({ item, label, labelKind }: ItemChange) => {
    const text = label === null || label === '' ? 'without a name' : `“${say(label, labelKind)}”`;
    return `${capital(item)} ${text}`;
  };
  return [
    ...difference.fields.map((change) => capital(arrow(change))),
    ...difference.items.flatMap((change) => {
      if (change.change !== 'changed') return [`${named(change)} ${change.change}`];
      return [`${named(change)}, ${change.fields.map(arrow).join('; ')}`];
    }),
    ...difference.reordered.map((item) => `New order: ${item}`),
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
