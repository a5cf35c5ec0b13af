// The weights as sliders that always make 100: moving one moves the others in proportion, locked ones stay.
import { Lock, LockOpen } from 'lucide-react';
import { useRef } from 'react';
import { IconButton, Slider } from '../../../ui/index.ts';
import { moveWeight, type Weight, weightRange } from '../rules.ts';

export type WeightsProps = {
  weights: readonly Weight[];
  nameOf: (key: string) => string;
  /** While dragging; `isFinal` when the slider rests. */
  onChange: (weights: Weight[], isFinal: boolean) => void;
  onLock: (key: string, isLocked: boolean) => void;
  isDisabled?: boolean;
  /** `row`: side by side where there is room. */
  layout?: 'column' | 'row';
};

export function Weights({ weights, nameOf, onChange, onLock, isDisabled = false, layout = 'column' }: WeightsProps) {
  // Rebalancing always starts from where the drag began: going there and back leaves the others as they were.
  const start = useRef<readonly Weight[] | null>(null);
  return (
    <ul
      className={
        layout === 'row'
          ? 'grid gap-x-6 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]'
          : 'flex flex-col gap-1.5'
      }
    >
      {weights.map((weight, index) => {
        const name = nameOf(weight.key);
        const { min, max } = weightRange(weights, index);
        const isFixed = weight.locked === true || min === max;
        return (
          <li key={weight.key} className="flex items-end gap-1">
            <Slider
              label={name}
              value={weight.weight}
              minValue={0}
              maxValue={100}
              formatValue={(value) => `${value}\u00a0%`}
              isDisabled={isDisabled || isFixed}
              onChange={(value) => {
                start.current ??= weights;
                onChange(moveWeight(start.current, index, value), false);
              }}
              onChangeEnd={(value) => {
                const moved = moveWeight(start.current ?? weights, index, value);
                start.current = null;
                onChange(moved, true);
              }}
            />
            <IconButton
              label={`Lock ${name}`}
              icon={weight.locked ? <Lock /> : <LockOpen />}
              size="sm"
              aria-pressed={weight.locked === true}
              isDisabled={isDisabled}
              onPress={() => onLock(weight.key, !weight.locked)}
            />
          </li>
        );
      })}
    </ul>
  );
}
