// Strategy: the actions that lead to each goal, open ones first.
import { useState } from 'react';
import { newId } from '../../../../kernel/contract/ids.ts';
import { Checkbox, cx } from '../../../../ui/index.ts';
import { ONE_PAGE_CAPS, type PlanAction } from '../../rules.ts';
import { useToday } from '../days.ts';
import { ChoiceValue, DateValue, OwnerValue, TextValue } from '../fields.tsx';
import { AddItem, changed, ItemMenu, More, putBack, saidRemoved, useFocusNew, useSettled } from '../items.tsx';
import { useBlock, usePlan } from '../usePlan.tsx';
import { HORIZON_WORDS } from '../words.ts';
import { Block } from './Block.tsx';

const LAST = '\uffff';
const nextFirst = (items: readonly PlanAction[]) =>
  [...items].sort(
    (a, b) => Number(a.doneOn !== null) - Number(b.doneOn !== null) || (a.dueOn ?? LAST).localeCompare(b.dueOn ?? LAST),
  );
const HORIZONS = (['short', 'mid', 'long'] as const).map((value) => ({ value, label: HORIZON_WORDS[value] }));

export function Strategy() {
  const { block, set, canEdit } = useBlock('strategy');
  const goals = usePlan().view.plan.content.goals.items;
  const today = useToday();
  const [isOpen, setOpen] = useState(false);
  const [focusNew, refOfNew] = useFocusNew();
  const { shown: all, inside } = useSettled(block.items, nextFirst);
  const cap = ONE_PAGE_CAPS.actions;
  const shown = isOpen ? all : all.slice(0, cap);
  const setItems = (change: (items: PlanAction[]) => PlanAction[]) => set(({ items }) => ({ items: change(items) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    if (all.length >= cap) setOpen(true);
    setItems((items) => [
      ...items,
      { id, text: '', goalId: null, horizon: 'short', ownerId: null, dueOn: null, doneOn: null },
    ]);
  };
  const goalOptions = [
    { value: '', label: 'No goal' },
    ...goals.map((goal, at) => ({ value: goal.id, label: goal.text || `Goal ${at + 1}` })),
  ];
  return (
    <Block block="strategy">
      <ul {...inside} className="flex flex-col">
        {shown.map((action, at) => {
          const name = action.text || `action ${at + 1}`;
          const update = (change: Partial<PlanAction>) => setItems((items) => changed(items, action.id, change));
          const isLate = action.doneOn === null && action.dueOn !== null && action.dueOn < today;
          return (
            <li
              key={action.id}
              id={`plan-item-${action.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 flex gap-2 rounded-ui px-2 py-1.5 outline-none"
            >
              <span className="mt-1">
                <Checkbox
                  aria-label={`Done: ${name}`}
                  isSelected={action.doneOn !== null}
                  isDisabled={!canEdit}
                  onChange={(isDone) => update({ doneOn: isDone ? today : null })}
                />
              </span>
              <div className="min-w-0 flex-1">
                <div className="flex items-start gap-2">
                  <TextValue
                    label={`Action ${at + 1}`}
                    value={action.text}
                    onChange={(text) => update({ text })}
                    placeholder="What we do next"
                    maxLength={300}
                    onEnter={add}
                    isReadOnly={!canEdit}
                    className={cx(action.doneOn && 'text-muted! line-through')}
                    {...(refOfNew(action.id) ? { inputRef: refOfNew(action.id)! } : {})}
                  />
                  <OwnerValue
                    label={`Owner of ${name}`}
                    value={action.ownerId}
                    onChange={(ownerId) => update({ ownerId })}
                    isReadOnly={!canEdit}
                  />
                  {canEdit && (
                    <ItemMenu
                      label={`More for ${name}`}
                      onRemove={() => {
                        const index = block.items.findIndex(({ id }) => id === action.id);
                        setItems((items) => items.filter(({ id }) => id !== action.id));
                        saidRemoved('Action', () => setItems((items) => putBack(items, action, index)));
                      }}
                    />
                  )}
                </div>
                <div className="flex min-w-0 flex-wrap items-center gap-x-3">
                  <ChoiceValue
                    label={`Goal of ${name}`}
                    value={action.goalId ?? ''}
                    options={goalOptions}
                    onChange={(goalId) => update({ goalId: goalId || null })}
                    isReadOnly={!canEdit}
                    className="-ml-1 max-w-80"
                  />
                  <ChoiceValue
                    label={`Horizon of ${name}`}
                    value={action.horizon}
                    options={HORIZONS}
                    onChange={(horizon) => update({ horizon })}
                    isReadOnly={!canEdit}
                  />
                  <DateValue
                    label={`Due date of ${name}`}
                    value={action.dueOn}
                    onChange={(dueOn) => update({ dueOn })}
                    isReadOnly={!canEdit}
                    className={cx(isLate && 'text-poor-text!')}
                  />
                  {isLate && <span className="text-sm text-poor-text">Late</span>}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && <AddItem onPress={add}>{all.length === 0 ? 'Add the first action' : 'Add an action'}</AddItem>}
        <More count={all.length - cap} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
    </Block>
  );
}
