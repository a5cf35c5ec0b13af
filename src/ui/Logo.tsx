// The product mark: a key in a rounded square, and the name beside it.
import { cx } from './cx.ts';

export type LogoProps = { size?: number; name?: string; className?: string };

export function Logo({ size = 24, name, className }: LogoProps) {
  return (
    <span className={cx('inline-flex items-center gap-2', className)}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M16.2 15.8 24 8m-3.4 3.4 3 3M13 24.5a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {name && <span className="text-lg font-semibold tracking-tight text-ink">{name}</span>}
    </span>
  );
}
