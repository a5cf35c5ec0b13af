// How complete the plan is, as a ring, and what is missing: each line leads to its place on the page.
import { ChevronDown } from 'lucide-react';
import { Button as PlainButton } from 'react-aria-components';
import { Popover } from '../../../ui/index.ts';
import { BLOCKS, type MissingPart } from '../rules.ts';
import { useCompleteness } from './usePlan.tsx';
import { placeOf } from './words.ts';

export function Ring({ percent, size = 28 }: { percent: number; size?: number }) {
  const radius = 11;
  const length = 2 * Math.PI * radius;
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 28 28" className="-rotate-90">
      <circle cx="14" cy="14" r={radius} fill="none" strokeWidth="4" className="stroke-pressed" />
      <circle
        cx="14"
        cy="14"
        r={radius}
        fill="none"
        strokeWidth="4"
        strokeLinecap="round"
        strokeDasharray={`${(length * percent) / 100} ${length}`}
        className={percent === 100 ? 'stroke-good' : percent === 0 ? 'stroke-transparent' : 'stroke-accent'}
      />
    </svg>
  );
}

/** Brings the place of a missing part into sight and the focus to its first field. */
function jumpTo({ block, itemId, text }: MissingPart): void {
  const named = /renewal date/i.test(text) ? 'renewalOn' : /target|uplift/i.test(text) ? 'upliftPercent' : null;
  const place =
    (itemId && document.getElementById(`plan-item-${itemId}`)) ||
    (block === 'header' && named && document.getElementById(`plan-header-${named}`)) ||
    document.getElementById(placeOf(block));
  if (!place) return;
  place.scrollIntoView({ block: 'center', behavior: 'smooth' });
  const field = place.matches('button, input, textarea')
    ? place
    : place.querySelector<HTMLElement>('textarea, li button, input');
  (field ?? place).focus({ preventScroll: true });
}

export function Completeness() {
  const { percent, missing } = useCompleteness();
  const groups = BLOCKS.map(({ key, name }) => ({
    key,
    name,
    parts: missing.filter(({ block }) => block === key),
  })).filter(({ parts }) => parts.length > 0);
  return (
    <Popover
      label="What is missing"
      padding="none"
      trigger={
        <PlainButton className="flex items-center gap-2 rounded-ui py-1 pr-2 pl-1 hover:bg-hover aria-expanded:bg-hover">
          <Ring percent={percent} />
          <span className="tabular font-medium">{percent} % complete</span>
          <ChevronDown aria-hidden="true" className="size-4 text-faint" />
        </PlainButton>
      }
    >
      {(close) => (
        <div className="scroll-quiet max-h-[70vh] w-80 max-w-full overflow-y-auto p-2">
          {groups.length === 0 && <p className="p-2 text-base">Nothing is missing. Keep it true.</p>}
          {groups.map(({ key, name, parts }) => (
            <section key={key}>
              <h3 className="px-2 pt-2 pb-0.5 text-xs font-medium text-muted">{name}</h3>
              <ul>
                {parts.map((part) => (
                  <li key={`${part.itemId ?? ''}${part.text}`}>
                    <PlainButton
                      onPress={() => {
                        close();
                        // The popover gives the focus back first.
                        setTimeout(() => jumpTo(part), 60);
                      }}
                      className="w-full rounded-inner px-2 py-1 text-left text-base hover:bg-hover"
                    >
                      {part.text}
                    </PlainButton>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Popover>
  );
}
