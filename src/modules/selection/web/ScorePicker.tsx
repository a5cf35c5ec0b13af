// Ten places in a row, and what 1, 4, 7 and 10 mean beneath: the text nearest to the choice stands out.
import { useId } from 'react';
import { cx } from '../../../ui/index.ts';
import type { ScaleAnchors } from '../rules.ts';

const PLACES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const ANCHORED = [1, 4, 7, 10] as const;

type Props = { label: string; value: number | null; anchors: ScaleAnchors | null; onChange: (value: number) => void };

export function ScorePicker({ label, value, anchors, onChange }: Props) {
  const group = useId();
  const near =
    value === null
      ? null
      : ANCHORED.reduce<number>((best, at) => (Math.abs(at - value) < Math.abs(best - value) ? at : best), 1);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium text-ink">{label}</legend>
      <div className="flex gap-1">
        {PLACES.map((place) => (
          <label
            key={place}
            className={cx(
              'tabular relative grid h-9 min-w-0 flex-1 place-items-center rounded-inner border text-base has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              value === place
                ? 'border-accent bg-accent font-semibold text-on-accent'
                : 'border-line-strong bg-surface text-ink hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={group}
              value={place}
              checked={value === place}
              onChange={() => onChange(place)}
              className="absolute inset-0 opacity-0"
            />
            {place}
          </label>
        ))}
      </div>
      {anchors && (
        <ul className="mt-2 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
          {ANCHORED.map((at) => (
            <li key={at} className={cx('flex gap-2', near === at ? 'font-medium text-ink' : 'text-muted')}>
              <span className="tabular w-5 shrink-0 text-right font-semibold">{at}</span>
              <span>{anchors[at]}</span>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
