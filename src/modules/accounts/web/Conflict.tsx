// Two people changed the same field: shows both, and the reader chooses field by field. Nothing typed is lost.
import { useEffect, useState } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { Button, cx, Dialog, useFormatSettings } from '../../../ui/index.ts';
import { type AccountPage, accountTimeline } from '../api.ts';
import { type Change, type Part, valueText, without } from './values.ts';
import { fieldWord } from './words.ts';

export type Dispute = {
  /** What the reader saw when they began. */
  base: AccountPage;
  /** How it stands now. */
  current: AccountPage;
  change: Change;
  names: Partial<AccountPage>;
  parts: Part[];
};

const idOf = (part: Part) => `${part.field}:${part.key ?? ''}`;

export function Conflict({ dispute, onDecide }: { dispute: Dispute; onDecide: (mine: Change | null) => void }) {
  const { base, current, change, names, parts } = dispute;
  const { locale } = useFormatSettings();
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const [by, setBy] = useState('A colleague');
  useEffect(() => {
    const stop = new AbortController();
    call(
      accountTimeline,
      { params: { id: base.id }, query: { limit: 1, what: ['account'] } },
      { signal: stop.signal },
    ).then(
      ({ items }) => items[0] && setBy(items[0].by),
      () => {},
    );
    return () => stop.abort();
  }, [base.id]);
  const own = { ...current, ...change, ...names } as Partial<AccountPage>;
  const choose = (part: Part, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(idOf(part));
    else next.delete(idOf(part));
    setMine(next);
  };
  const decide = () =>
    onDecide(
      without(
        change,
        parts.filter((part) => !mine.has(idOf(part))),
      ),
    );
  return (
    <Dialog
      isOpen
      onOpenChange={() => onDecide(null)}
      isDismissable={false}
      title={`${by} changed this while you were editing`}
      description="Nothing was overwritten. Choose what should stand."
      footer={
        <>
          <Button variant="quiet" onPress={() => onDecide(null)}>
            Keep all of theirs
          </Button>
          <Button variant="primary" onPress={decide}>
            Save my choice
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {parts.map((part) => {
          const label = part.key ?? fieldWord(part.field);
          const options = [
            { isMine: false, who: by, text: valueText(current, part, locale) },
            { isMine: true, who: 'You', text: valueText(own, part, locale) },
          ];
          return (
            <fieldset key={idOf(part)} className="min-w-0">
              <legend className="pb-1.5 text-sm font-medium text-ink">
                {label}
                <span className="font-normal text-muted"> · was {valueText(base, part, locale)}</span>
              </legend>
              <div className="grid gap-2 sm:grid-cols-2">
                {options.map((option) => {
                  const isChosen = mine.has(idOf(part)) === option.isMine;
                  return (
                    <label
                      key={option.who}
                      className={cx(
                        'flex min-w-0 items-start gap-2.5 rounded-ui border p-3',
                        isChosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
                      )}
                    >
                      <input
                        type="radio"
                        name={idOf(part)}
                        checked={isChosen}
                        onChange={() => choose(part, option.isMine)}
                        className="mt-1 accent-(--ui-accent)"
                      />
                      <span className="min-w-0">
                        <span className="block text-sm text-muted">{option.who}</span>
                        <span className="block text-base break-words whitespace-pre-wrap text-ink">{option.text}</span>
                      </span>
                    </label>
                  );
                })}
              </div>
            </fieldset>
          );
        })}
      </div>
    </Dialog>
  );
}
