// Milestones by quarter, the next quarter first.

import { useState } from 'react';
import { newId } from '../../../../kernel/contract/ids.ts';
import { Checkbox, cx } from '../../../../ui/index.ts';
import { type Milestone, ONE_PAGE_CAPS } from '../../rules.ts';
import { useToday } from '../days.ts';
import { ChoiceValue, OwnerValue, TextValue } from '../fields.tsx';
import { AddItem, changed, ItemMenu, More, putBack, saidRemoved, useFocusNew, useSettled } from '../items.tsx';
import { useBlock } from '../usePlan.tsx';
import { quarterOf, quarterWords } from '../words.ts';
import { Block } from './Block.tsx';

const nextFirst = (items: readonly Milestone[]) =>
  [...items].sort(
    (a, b) => Number(a.doneOn !== null) - Number(b.doneOn !== null) || a.quarter.localeCompare(b.quarter),
  );

export function Milestones() {
  const { block, set, canEdit } = useBlock('milestones');
  const today = useToday();
  const [isOpen, setOpen] = useState(false);
  const [focusNew, refOfNew] = useFocusNew();
  const { shown: all, inside } = useSettled(block.items, nextFirst);
  const cap = ONE_PAGE_CAPS.milestones;
  const shown = isOpen ? all : all.slice(0, cap);
  const now = quarterOf(today);
  const near = Array.from({ length: 14 }, (_, at) => quarterOf(today, at - 3));
  const setItems = (change: (items: Milestone[]) => Milestone[]) => set(({ items }) => ({ items: change(items) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    if (all.length >= cap) setOpen(true);
    const last = [...block.items]
      .map(({ quarter }) => quarter)
      .sort()
      .at(-1);
    setItems((items) => [
      ...items,
      { id, text: '', quarter: last && last > now ? last : quarterOf(today, 1), ownerId: null, doneOn: null },
    ]);
  };
  return (
    <Block block="milestones" className="border-t border-line">
      <ul {...inside} className="flex flex-col">
        {shown.map((item, at) => {
          const name = item.text || `milestone ${at + 1}`;
          const update = (change: Partial<Milestone>) => setItems((items) => changed(items, item.id, change));
          const isLate = item.doneOn === null && item.quarter < now;
          const quarters = [...new Set([item.quarter, ...near])].sort();
          return (
            <li
              key={item.id}
              id={`plan-item-${item.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 flex items-start gap-2 rounded-ui px-2 py-0.5 outline-none"
            >
              <span className="mt-1">
                <Checkbox
                  aria-label={`Reached: ${name}`}
                  isSelected={item.doneOn !== null}
                  isDisabled={!canEdit}
                  onChange={(isDone) => update({ doneOn: isDone ? today : null })}
                />
              </span>
              <div className="flex min-w-0 flex-1 flex-col sm:flex-row sm:gap-2">
                <span className="flex shrink-0 items-start">
                  <ChoiceValue
                    label={`Quarter of ${name}`}
                    value={item.quarter}
                    options={quarters.map((value) => ({ value, label: quarterWords(value) }))}
                    onChange={(quarter) => update({ quarter })}
                    isReadOnly={!canEdit}
                    className={cx('tabular mt-0.5 shrink-0', isLate && 'text-poor-text!')}
                  />
                  {isLate && <span className="mt-1.5 text-sm text-poor-text">Late</span>}
                </span>
                <TextValue
                  label={`Milestone ${at + 1}`}
                  value={item.text}
                  onChange={(text) => update({ text })}
                  placeholder="What is reached by then"
                  maxLength={300}
                  onEnter={add}
                  isReadOnly={!canEdit}
                  className={cx('mx-0! flex-1', item.doneOn && 'text-muted! line-through')}
                  {...(refOfNew(item.id) ? { inputRef: refOfNew(item.id)! } : {})}
                />
              </div>
              <OwnerValue
                label={`Owner of ${name}`}
                value={item.ownerId}
                onChange={(ownerId) => update({ ownerId })}
                isReadOnly={!canEdit}
              />
              {canEdit && (
                <ItemMenu
                  label={`More for ${name}`}
                  onRemove={() => {
                    const index = block.items.findIndex(({ id }) => id === item.id);
                    setItems((items) => items.filter(({ id }) => id !== item.id));
                    saidRemoved('Milestone', () => setItems((items) => putBack(items, item, index)));
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && <AddItem onPress={add}>{all.length === 0 ? 'Add the first milestone' : 'Add a milestone'}</AddItem>}
        <More count={all.length - cap} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
    </Block>
  );
}
