// A person or thing as initials on a quiet colour, or as a picture.
import { cx } from './cx.ts';

export type AvatarProps = {
  name: string;
  src?: string | null;
  size?: 'xs' | 'sm' | 'md' | 'lg';
  /** Squares are for organisations, circles for people. */
  shape?: 'circle' | 'square';
  /** The name stands beside it anyway, so screen readers skip it. */
  isDecorative?: boolean;
  className?: string;
};

const sizes = {
  xs: 'size-5 text-[0.5625rem]',
  sm: 'size-6 text-[0.625rem]',
  md: 'size-8 text-xs',
  lg: 'size-11 text-lg',
};
const tones = [
  'bg-accent-soft text-accent-text',
  'bg-good-soft text-good-text',
  'bg-watch-soft text-watch-text',
  'bg-info-soft text-info-text',
  'bg-poor-soft text-poor-text',
  'bg-pressed text-ink',
] as const;

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s,]+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase() || '?';
}

function toneOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return tones[sum % tones.length] ?? tones[0];
}

export function Avatar({ name, src, size = 'sm', shape = 'circle', isDecorative = false, className }: AvatarProps) {
  const look = cx(
    'grid shrink-0 place-items-center overflow-hidden font-semibold select-none',
    shape === 'circle' ? 'rounded-full' : 'rounded-inner',
    sizes[size],
    className,
  );
  if (src) return <img src={src} alt={isDecorative ? '' : name} className={cx(look, 'object-cover')} />;
  // Drawn, not written: as text the letters would have to be part of the name of every button that shows an avatar.
  const letters = (
    <span aria-hidden="true" data-initials={initials(name)} className="before:content-[attr(data-initials)]" />
  );
  if (isDecorative) {
    return (
      <span aria-hidden="true" className={cx(look, toneOf(name))}>
        {letters}
      </span>
    );
  }
  return (
    <span role="img" aria-label={name} className={cx(look, toneOf(name))}>
      {letters}
    </span>
  );
}

export type AvatarStackProps = { names: readonly string[]; max?: number; size?: AvatarProps['size'] };

/** Several people, overlapping; the rest as a number. */
export function AvatarStack({ names, max = 3, size = 'sm' }: AvatarStackProps) {
  const shown = names.slice(0, max);
  const rest = names.length - shown.length;
  return (
    <span role="img" aria-label={names.join(', ')} className="inline-flex items-center">
      {shown.map((name, index) => (
        <Avatar
          key={name}
          name={name}
          size={size}
          isDecorative
          className={cx('ring-2 ring-surface', index > 0 && '-ml-1.5')}
        />
      ))}
      {rest > 0 && <span className="ml-1 text-xs text-muted">+{rest}</span>}
    </span>
  );
}
