// How a judgement shows: stance in word, colour and icon; influence as dots and a number; what is hidden says so.
import { Lock, Minus, ShieldX, Star, ThumbsDown, ThumbsUp } from 'lucide-react';
import { Badge, cx, Missing } from '../../../ui/index.ts';
import type { Role } from '../api.ts';
import { STANCE_WORDS, type Stance } from './words.ts';

const icons = { '-2': ShieldX, '-1': ThumbsDown, '0': Minus, '1': ThumbsUp, '2': Star };

export function StanceMark({ role }: { role: Role }) {
  if (role.hidden) return <Private />;
  if (role.stance === null) return <Missing label="Stance not known" />;
  const stance = String(role.stance) as `${Stance}`;
  const { label, tone } = STANCE_WORDS[stance];
  const Icon = icons[stance];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Badge tone={tone} icon={<Icon />}>
        {label}
      </Badge>
      {role.confirmed === false && <span className="text-xs text-muted">assumed</span>}
    </span>
  );
}

export function InfluenceMark({ role }: { role: Role }) {
  if (role.hidden) return <Private />;
  if (role.influence === null) return <Missing label="Influence not known" />;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className="inline-flex gap-0.5">
        {[1, 2, 3, 4, 5].map((n) => (
          <span
            key={n}
            className={cx(
              'size-1.5 rounded-full border',
              n <= (role.influence ?? 0) ? 'border-accent bg-accent' : 'border-line-strong',
            )}
          />
        ))}
      </span>
      <span className="tabular text-sm">{role.influence}</span>
      <span className="sr-only">of 5</span>
    </span>
  );
}

/** Stands for a judgement that the reader may not read. */
export function Private() {
  return (
    <span className="inline-flex items-center gap-1 text-sm text-muted">
      <Lock aria-hidden="true" className="size-3.5" />
      private
    </span>
  );
}
