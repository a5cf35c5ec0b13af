// Where this page stands.
import { ChevronRight } from 'lucide-react';
import { Link } from './Link.tsx';

export type BreadcrumbsProps = {
  items: readonly { label: string; href?: string }[];
  /** Name of the landmark, where a page has two. */
  label?: string;
};

export function Breadcrumbs({ items, label = 'Breadcrumbs' }: BreadcrumbsProps) {
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-sm text-muted">
        {items.map((item, index) => {
          const isLast = index === items.length - 1;
          return (
            <li
              key={`${item.href ?? ''}${item.label}`}
              className={isLast ? 'flex min-w-0 items-center gap-1' : 'flex shrink-0 items-center gap-1'}
            >
              {index > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-faint" />}
              {item.href && !isLast ? (
                <Link href={item.href} tone="muted">
                  {item.label}
                </Link>
              ) : (
                <span aria-current={isLast ? 'page' : undefined} className={isLast ? 'truncate text-ink' : undefined}>
                  {item.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
