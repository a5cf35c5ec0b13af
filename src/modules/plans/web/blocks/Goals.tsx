// Goals by horizon: theirs first, three on the one page, each with a measure, figures, an owner and a due date.
import { useState } from 'react';
import { newId } from '../../../../kernel/contract/ids.ts';
import { cx, Meter } from '../../../../ui/index.ts';
import { type Goal, goalProgress, ONE_PAGE_CAPS } from '../../rules.ts';
import { ChoiceValue, DateValue, NumberValue, OwnerValue, TextValue } from '../fields.tsx';
import {
  AddItem,
  changed,
  ItemMenu,
  More,
  movedBeside,
  putBack,
  saidRemoved,
  useFocusNew,
  useSettled,
} from '../items.tsx';
import { useBlock } from '../usePlan.tsx';
import { HORIZON_WORDS } from '../words.ts';
import { Block, Part } from './Block.tsx';

const RANK = { theirs: 0, ours: 3, short: 0, mid: 1, long: 2 };
const rank = (goal: Goal) => RANK[goal.side] + RANK[goal.horizon];
const byHorizon = (goals: readonly Goal[]) => [...goals].sort((a, b) => rank(a) - rank(b));
const HORIZONS = (['short', 'mid', 'long'] as const).map((value) => ({ value, label: HORIZON_WORDS[value] }));
const SIDES = [
  { value: 'theirs', label: 'Their goal' },
  { value: 'ours', label: 'Our goal' },
] as const;

export function Goals() {
  const { block, set, canEdit } = useBlock('goals');
  const [isOpen, setOpen] = useState(false);
  const [focusNew, refOfNew] = useFocusNew();
  const { shown: all, inside } = useSettled(block.items, byHorizon as (items: readonly Goal[]) => readonly Goal[]);
  const cap = ONE_PAGE_CAPS.goals;
  const shown = isOpen ? all : all.slice(0, cap);
  const hasTexts = block.wonAndLost !== '' || block.growthAreas !== '';
  const setItems = (change: (items: Goal[]) => Goal[]) => set(({ items }) => ({ items: change(items) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    if (all.length >= cap) setOpen(true);
    setItems((items) => [
      ...items,
      {
        id,
        text: '',
        side: 'theirs',
        horizon: 'short',
        measure: '',
        start: null,
        target: null,
        current: null,
        unit: '',
        ownerId: null,
        dueOn: null,
      },
    ]);
  };
  return (
    <Block block="goals">
      <ol {...inside} className="flex flex-col">
        {shown.map((goal, at) => {
          const name = goal.text || `goal ${at + 1}`;
          const peers = all.filter((one) => rank(one) === rank(goal));
          const place = peers.findIndex(({ id }) => id === goal.id);
          const update = (change: Partial<Goal>) => setItems((items) => changed(items, goal.id, change));
          const move = (by: -1 | 1) => setItems((items) => movedBeside(items, goal.id, by, peers));
          return (
            <li
              key={goal.id}
              id={`plan-item-${goal.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 flex gap-3 rounded-ui px-2 py-2 outline-none"
            >
              <span aria-hidden="true" className="tabular mt-1 w-5 shrink-0 text-base font-semibold text-accent-text">
                {at + 1}
              </span>
              <div className="min-w-0 flex-1">
                <div className="flex items-start gap-2">
                  <TextValue
                    label={`Goal ${at + 1}`}
                    value={goal.text}
                    onChange={(text) => update({ text })}
                    placeholder={
                      goal.side === 'theirs'
                        ? 'What they want to reach in the next twelve months'
                        : 'What we want to reach there'
                    }
                    maxLength={300}
                    onEnter={add}
                    onMove={move}
                    isReadOnly={!canEdit}
                    className="font-medium"
                    {...(refOfNew(goal.id) ? { inputRef: refOfNew(goal.id)! } : {})}
                  />
                  <OwnerValue
                    label={`Owner of ${name}`}
                    value={goal.ownerId}
                    onChange={(ownerId) => update({ ownerId })}
                    isReadOnly={!canEdit}
                  />
                  {canEdit && (
                    <ItemMenu
                      label={`More for ${name}`}
                      onMove={move}
                      canMove={{ up: place > 0, down: place < peers.length - 1 }}
                      onRemove={() => {
                        const index = block.items.findIndex(({ id }) => id === goal.id);
                        setItems((items) => items.filter(({ id }) => id !== goal.id));
                        saidRemoved('Goal', () => setItems((items) => putBack(items, goal, index)));
                      }}
                    />
                  )}
                </div>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-muted">
                  <ChoiceValue
                    label={`Whose goal is ${name}`}
                    value={goal.side}
                    options={SIDES}
                    onChange={(side) => update({ side })}
                    isReadOnly={!canEdit}
                    className="-ml-1"
                  />
                  <ChoiceValue
                    label={`Horizon of ${name}`}
                    value={goal.horizon}
                    options={HORIZONS}
                    onChange={(horizon) => update({ horizon })}
                    isReadOnly={!canEdit}
                  />
                  <DateValue
                    label={`Due date of ${name}`}
                    value={goal.dueOn}
                    onChange={(dueOn) => update({ dueOn })}
                    isReadOnly={!canEdit}
                  />
                  <Progress goal={goal} name={name} />
                </div>
                <Measure goal={goal} name={name} update={update} isReadOnly={!canEdit} />
              </div>
            </li>
          );
        })}
      </ol>
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && <AddItem onPress={add}>{all.length === 0 ? 'Add their first goal' : 'Add a goal'}</AddItem>}
        <More count={all.length - cap} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
      {(canEdit || hasTexts) && (
        <div className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {(canEdit || block.wonAndLost) && (
            <Part title="Won and lost">
              <TextValue
                label="Won and lost"
                value={block.wonAndLost}
                onChange={(wonAndLost) => set({ wonAndLost })}
                placeholder="What we won and lost there, and why"
                maxLength={4000}
                isLong
                isReadOnly={!canEdit}
              />
            </Part>
          )}
          {(canEdit || block.growthAreas) && (
            <Part title="Growth areas">
              <TextValue
                label="Growth areas"
                value={block.growthAreas}
                onChange={(growthAreas) => set({ growthAreas })}
                placeholder="Where it can grow, and by how much"
                maxLength={4000}
                isLong
                isReadOnly={!canEdit}
              />
            </Part>
          )}
        </div>
      )}
    </Block>
  );
}

function Measure({
  goal,
  name,
  update,
  isReadOnly,
}: {
  goal: Goal;
  name: string;
  update: (change: Partial<Goal>) => void;
  isReadOnly: boolean;
}) {
  const hasFigures = goal.start !== null || goal.target !== null || goal.current !== null;
  const figure = (key: 'start' | 'current' | 'target', word: string) => (
    <span className="inline-flex items-baseline gap-0.5">
      {word}
      <NumberValue
        label={`${word} of ${name}`}
        value={goal[key]}
        onChange={(value) => update({ [key]: value })}
        isReadOnly={isReadOnly}
      />
    </span>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <TextValue
        label={`Measure of ${name}`}
        value={goal.measure}
        onChange={(measure) => update({ measure })}
        placeholder="How we shall know"
        maxLength={300}
        isReadOnly={isReadOnly}
        className="mx-0! -ml-1.5! w-auto! max-w-full min-w-36 text-sm text-muted"
      />
      {(!isReadOnly || hasFigures) && (
        <span
          className={cx(
            'flex flex-wrap items-baseline gap-x-2',
            !hasFigures &&
              'opacity-0 transition-opacity group-focus-within/item:opacity-100 group-hover/item:opacity-100 pointer-coarse:opacity-100 print:hidden',
          )}
        >
          {figure('start', 'Start')}
          {figure('current', 'Now')}
          {figure('target', 'Target')}
          {isReadOnly ? (
            goal.unit
          ) : (
            <input
              aria-label={`Unit of ${name}`}
              value={goal.unit}
              maxLength={30}
              placeholder="unit"
              onChange={(event) => update({ unit: event.target.value })}
              className="field-sizing-content min-w-10 rounded-inner bg-transparent px-1 placeholder:text-faint hover:bg-hover focus:bg-surface focus-visible:outline-2 focus-visible:outline-focus"
            />
          )}
        </span>
      )}
    </div>
  );
}

function Progress({ goal, name }: { goal: Goal; name: string }) {
  const progress = goalProgress(goal);
  if (progress === null) return null;
  return (
    <span className="flex items-center gap-2 sm:ml-auto">
      <Meter
        label={`Progress of ${name}`}
        hideLabel
        value={progress * 100}
        tone={progress >= 1 ? 'good' : 'accent'}
        className="w-24"
      />
      <span className="tabular">{Math.round(progress * 100)} %</span>
    </span>
  );
}
