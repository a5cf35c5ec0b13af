// Risks, heaviest first: five on the one page, each placed on probability × impact with what we do about it.
import { useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import { newId } from '../../../../kernel/contract/ids.ts';
import { cx, Popover, StatusPill } from '../../../../ui/index.ts';
import { byExposure, exposure, ONE_PAGE_CAPS, type Risk, riskLevel } from '../../rules.ts';
import { OwnerValue, TextValue } from '../fields.tsx';
import { AddItem, changed, ItemMenu, More, putBack, saidRemoved, useFocusNew, useSettled } from '../items.tsx';
import { useBlock } from '../usePlan.tsx';
import { IMPACT, LEVEL_WORDS, PROBABILITY } from '../words.ts';
import { Block } from './Block.tsx';

const STEPS = [1, 2, 3, 4, 5];
const FILLS = { low: 'bg-good-soft', medium: 'bg-watch-soft', high: 'bg-poor-soft' };
const DOTS = { low: 'bg-good', medium: 'bg-watch', high: 'bg-poor' };

/** The five by five field as a picture of one risk. */
function Picture({ risk }: { risk: Risk }) {
  return (
    <span aria-hidden="true" className="grid grid-cols-5 gap-px">
      {[...STEPS].reverse().flatMap((probability) =>
        STEPS.map((impact) => {
          const isHere = probability === risk.probability && impact === risk.impact;
          const level = riskLevel({ probability, impact });
          return (
            <span
              key={`${probability}${impact}`}
              className={cx('size-1.5 rounded-[1px]', isHere ? DOTS[level] : FILLS[level])}
            />
          );
        }),
      )}
    </span>
  );
}

export function Risks() {
  const { block, set, canEdit } = useBlock('risks');
  const [isOpen, setOpen] = useState(false);
  const [focusNew, refOfNew] = useFocusNew();
  const { shown: all, inside } = useSettled(block.items, byExposure<Risk>);
  const cap = ONE_PAGE_CAPS.risks;
  const shown = isOpen ? all : all.slice(0, cap);
  const setItems = (change: (items: Risk[]) => Risk[]) => set(({ items }) => ({ items: change(items) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    if (all.length >= cap) setOpen(true);
    setItems((items) => [...items, { id, text: '', probability: 3, impact: 3, mitigation: '', ownerId: null }]);
  };
  return (
    <Block block="risks">
      <ul {...inside} className="flex flex-col">
        {shown.map((risk, at) => {
          const name = risk.text || `risk ${at + 1}`;
          const update = (change: Partial<Risk>) => setItems((items) => changed(items, risk.id, change));
          return (
            <li
              key={risk.id}
              id={`plan-item-${risk.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 flex gap-3 rounded-ui px-2 py-1.5 outline-none"
            >
              <Weight risk={risk} name={name} update={update} isReadOnly={!canEdit} />
              <div className="min-w-0 flex-1">
                <div className="flex items-start gap-2">
                  <TextValue
                    label={`Risk ${at + 1}`}
                    value={risk.text}
                    onChange={(text) => update({ text })}
                    placeholder="What could go wrong"
                    maxLength={300}
                    onEnter={add}
                    isReadOnly={!canEdit}
                    className="font-medium"
                    {...(refOfNew(risk.id) ? { inputRef: refOfNew(risk.id)! } : {})}
                  />
                  <OwnerValue
                    label={`Owner of ${name}`}
                    value={risk.ownerId}
                    onChange={(ownerId) => update({ ownerId })}
                    isReadOnly={!canEdit}
                  />
                  {canEdit && (
                    <ItemMenu
                      label={`More for ${name}`}
                      onRemove={() => {
                        const index = block.items.findIndex(({ id }) => id === risk.id);
                        setItems((items) => items.filter(({ id }) => id !== risk.id));
                        saidRemoved('Risk', () => setItems((items) => putBack(items, risk, index)));
                      }}
                    />
                  )}
                </div>
                <TextValue
                  label={`Mitigation of ${name}`}
                  value={risk.mitigation}
                  onChange={(mitigation) => update({ mitigation })}
                  placeholder="What we do about it"
                  maxLength={1000}
                  isLong
                  isReadOnly={!canEdit}
                  className="text-sm! text-muted!"
                />
              </div>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && <AddItem onPress={add}>{all.length === 0 ? 'Add the first risk' : 'Add a risk'}</AddItem>}
        <More count={all.length - cap} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
    </Block>
  );
}

function Weight({
  risk,
  name,
  update,
  isReadOnly,
}: {
  risk: Risk;
  name: string;
  update: (change: Partial<Risk>) => void;
  isReadOnly: boolean;
}) {
  const level = LEVEL_WORDS[riskLevel(risk)];
  const face = (
    <>
      <Picture risk={risk} />
      <span className="tabular text-xs font-medium text-muted">{exposure(risk)}</span>
      <span className="sr-only">{`, ${level.label}: probability ${risk.probability}, impact ${risk.impact}`}</span>
    </>
  );
  const look = 'mt-0.5 flex h-fit shrink-0 flex-col items-center gap-0.5 rounded-inner p-1';
  if (isReadOnly) return <span className={look}>{face}</span>;
  return (
    <Popover
      label={`Weight of ${name}`}
      trigger={
        <PlainButton className={cx(look, 'hover:bg-hover')}>
          <span className="sr-only">Exposure of {name}: </span>
          {face}
        </PlainButton>
      }
    >
      <div className="flex w-72 flex-col gap-3">
        <Scale
          label="Probability"
          words={PROBABILITY}
          value={risk.probability}
          onChange={(probability) => update({ probability })}
        />
        <Scale label="Impact" words={IMPACT} value={risk.impact} onChange={(impact) => update({ impact })} />
        <p className="flex items-center justify-between text-sm text-muted">
          <span className="tabular">
            Exposure {risk.probability} × {risk.impact} = {exposure(risk)}
          </span>
          <StatusPill tone={level.tone} label={level.label} />
        </p>
      </div>
    </Popover>
  );
}

function Scale({
  label,
  words,
  value,
  onChange,
}: {
  label: string;
  words: readonly string[];
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <fieldset>
      <legend className="flex w-full items-baseline justify-between pb-1 text-sm font-medium">
        {label} <span className="font-normal text-muted">{words[value - 1]}</span>
      </legend>
      <div className="flex gap-1">
        {STEPS.map((step) => (
          <label
            key={step}
            className={cx(
              'tabular grid h-control-sm flex-1 place-items-center rounded-inner border text-sm has-focus-visible:outline-2 has-focus-visible:outline-focus',
              step === value ? 'border-accent bg-accent text-on-accent' : 'border-line text-ink hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={label}
              value={step}
              checked={step === value}
              onChange={() => onChange(step)}
              aria-label={`${step}: ${words[step - 1]}`}
              className="sr-only"
            />
            {step}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
