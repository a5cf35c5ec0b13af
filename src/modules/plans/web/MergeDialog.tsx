// Two people changed the same field: both values side by side, and the reader decides. Nothing typed is lost.
import { useState } from 'react';
import { Button, cx, Dialog } from '../../../ui/index.ts';
import { BLOCKS, listOf, type MergeConflict, type Plan } from '../rules.ts';
import type { Clash } from './desk.ts';
import { usePlan } from './usePlan.tsx';
import { capital } from './words.ts';

export function MergeDialog() {
  const { view } = usePlan();
  return view.clash ? <Decide key={view.clash.no} clash={view.clash} /> : null;
}

function Decide({ clash }: { clash: Clash }) {
  const { desk } = usePlan();
  // What was typed last stands unless the reader says otherwise: it is what they are looking at.
  const [mine, setMine] = useState<ReadonlySet<MergeConflict>>(new Set(clash.conflicts));
  const who = clash.isOwn ? 'Another tab' : (clash.by ?? 'Somebody else');
  const choose = (conflict: MergeConflict, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(conflict);
    else next.delete(conflict);
    setMine(next);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={() => undefined}
      isDismissable={false}
      title={clash.isOwn ? 'You wrote something else in another tab' : `${who} changed the same while you were editing`}
      description="Nothing was overwritten. Choose what should stand; everything else is merged already."
      footer={
        <>
          <Button variant="quiet" onPress={() => desk.decide(new Set())}>
            {clash.isOwn ? 'Keep all of the other tab' : 'Keep all of theirs'}
          </Button>
          <Button variant="primary" onPress={() => desk.decide(mine)}>
            Save my choice
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {clash.conflicts.map((conflict) => (
          <Choice
            key={keyOf(conflict)}
            clash={clash}
            conflict={conflict}
            who={who}
            isMine={mine.has(conflict)}
            onChoose={(isMine) => choose(conflict, isMine)}
          />
        ))}
      </div>
    </Dialog>
  );
}

const keyOf = (c: MergeConflict) => [c.block, c.list, c.itemId, c.kind === 'field' ? c.field : 'removed'].join(' ');

function Choice({
  clash,
  conflict,
  who,
  isMine,
  onChoose,
}: {
  clash: Clash;
  conflict: MergeConflict;
  who: string;
  isMine: boolean;
  onChoose: (isMine: boolean) => void;
}) {
  const { say } = usePlan();
  const shape = BLOCKS.find(({ key }) => key === conflict.block)!;
  const list = shape.lists.find(({ key }) => key === conflict.list);
  const itemOf = (plan: Plan) =>
    list ? listOf(plan.content, conflict.block, list.key).find(({ id }) => id === conflict.itemId) : undefined;
  const item = itemOf(clash.base) ?? itemOf(clash.mine) ?? itemOf(clash.theirs);
  const labelKind = list?.fields.find(({ key }) => key === list.label)?.kind ?? 'text';
  const itemName = list && item ? `${capital(list.item)} “${say(item[list.label] ?? null, labelKind)}”` : '';
  let title: string;
  let was = '';
  let values: { mine: string; theirs: string };
  if (conflict.kind === 'field') {
    const field = (list?.fields ?? shape.fields).find(({ key }) => key === conflict.field);
    const kind = field?.kind ?? 'member';
    title = [itemName || shape.name, field?.name ?? 'owner of the block'].join(': ');
    was = say(conflict.base, kind);
    values = { mine: say(conflict.mine, kind), theirs: say(conflict.theirs, kind) };
  } else {
    title = itemName;
    const words = (isRemover: boolean) => (isRemover ? 'Remove it' : 'Keep it, as changed');
    values = { mine: words(conflict.removedBy === 'mine'), theirs: words(conflict.removedBy === 'theirs') };
  }
  const options = [
    { isMine: false, who, text: values.theirs },
    { isMine: true, who: clash.isOwn ? 'This tab' : 'You', text: values.mine },
  ];
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1.5 text-sm font-medium text-ink">
        {title}
        {was && <span className="font-normal text-muted"> · was {was}</span>}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.who}
            className={cx(
              'flex min-w-0 items-start gap-2.5 rounded-ui border p-3',
              isMine === option.isMine ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={keyOf(conflict)}
              checked={isMine === option.isMine}
              onChange={() => onChoose(option.isMine)}
              className="mt-1 accent-(--ui-accent)"
            />
            <span className="min-w-0">
              <span className="block text-sm text-muted">{option.who}</span>
              <span className="block text-base break-words whitespace-pre-wrap text-ink">{option.text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
