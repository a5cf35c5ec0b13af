// Expansion in reach: ideas with their value and an owner, in the order that people chose.

import { useState } from 'react';
import { newId } from '../../../../kernel/contract/ids.ts';
import { useSession } from '../../../../kernel/web/session.ts';
import { type ExpansionIdea, ONE_PAGE_CAPS } from '../../rules.ts';
import { MoneyValueField, OwnerValue, TextValue } from '../fields.tsx';
import { AddItem, changed, ItemMenu, More, movedBeside, putBack, saidRemoved, useFocusNew } from '../items.tsx';
import { useBlock, usePlan } from '../usePlan.tsx';
import { Block } from './Block.tsx';

export function Expansion() {
  const { block, set, canEdit } = useBlock('expansion');
  const { currency } = useSession().workspace;
  const { arr } = usePlan().view.page;
  const currencies = [...new Set([arr?.currency ?? currency, currency, 'EUR', 'USD', 'GBP', 'CHF'])];
  const [isOpen, setOpen] = useState(false);
  const [focusNew, refOfNew] = useFocusNew();
  const cap = ONE_PAGE_CAPS.expansion;
  const all = block.items;
  const shown = isOpen ? all : all.slice(0, cap);
  const setItems = (change: (items: ExpansionIdea[]) => ExpansionIdea[]) =>
    set(({ items }) => ({ items: change(items) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    if (all.length >= cap) setOpen(true);
    setItems((items) => [...items, { id, text: '', value: null, ownerId: null, note: '' }]);
  };
  return (
    <Block block="expansion" className="border-t border-line">
      <ul className="flex flex-col">
        {shown.map((idea, at) => {
          const name = idea.text || `idea ${at + 1}`;
          const update = (change: Partial<ExpansionIdea>) => setItems((items) => changed(items, idea.id, change));
          const move = (by: -1 | 1) => setItems((items) => movedBeside(items, idea.id, by, items));
          return (
            <li
              key={idea.id}
              id={`plan-item-${idea.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 rounded-ui px-2 py-1 outline-none"
            >
              <div className="flex items-start gap-2">
                <TextValue
                  label={`Expansion idea ${at + 1}`}
                  value={idea.text}
                  onChange={(text) => update({ text })}
                  placeholder="What they could use more of"
                  maxLength={300}
                  onEnter={add}
                  onMove={move}
                  isReadOnly={!canEdit}
                  className="font-medium"
                  {...(refOfNew(idea.id) ? { inputRef: refOfNew(idea.id)! } : {})}
                />
                <MoneyValueField
                  label={`Value of ${name}`}
                  value={idea.value}
                  onChange={(value) => update({ value })}
                  currencies={currencies}
                  isReadOnly={!canEdit}
                />
                <OwnerValue
                  label={`Owner of ${name}`}
                  value={idea.ownerId}
                  onChange={(ownerId) => update({ ownerId })}
                  isReadOnly={!canEdit}
                />
                {canEdit && (
                  <ItemMenu
                    label={`More for ${name}`}
                    onMove={move}
                    canMove={{ up: at > 0, down: at < all.length - 1 }}
                    onRemove={() => {
                      setItems((items) => items.filter(({ id }) => id !== idea.id));
                      saidRemoved('Idea', () => setItems((items) => putBack(items, idea, at)));
                    }}
                  />
                )}
              </div>
              <TextValue
                label={`Note on ${name}`}
                value={idea.note}
                onChange={(note) => update({ note })}
                placeholder="When, and what it takes"
                maxLength={1000}
                isLong
                isReadOnly={!canEdit}
                className="text-sm! text-muted!"
              />
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && <AddItem onPress={add}>{all.length === 0 ? 'Add the first idea' : 'Add an idea'}</AddItem>}
        <More count={all.length - cap} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
    </Block>
  );
}
