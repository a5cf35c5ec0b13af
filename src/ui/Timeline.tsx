// What happened, newest first: events with their changes, grouped by day.
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { formatDate, formatInstant } from './format.ts';
import { Link } from './Link.tsx';
import { useFormatSettings } from './uiContext.ts';

export type TimelineItem = {
  id: string;
  /** ISO instant or `YYYY-MM-DD`. */
  at: string;
  title: ReactNode;
  icon?: ReactNode;
  tone?: 'neutral' | 'accent' | 'good' | 'watch' | 'poor' | 'info';
  text?: ReactNode;
  /** Who did it. */
  by?: string;
  /** Fields that changed, old and new. */
  changes?: readonly { label: string; from: ReactNode; to: ReactNode }[];
  href?: string;
  actions?: ReactNode;
};

export type TimelineProps = {
  label: string;
  items: readonly TimelineItem[];
  groupByDay?: boolean;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onLoadMore?: () => void;
};

const tones = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-text',
  good: 'bg-good-soft text-good-text',
  watch: 'bg-watch-soft text-watch-text',
  poor: 'bg-poor-soft text-poor-text',
  info: 'bg-info-soft text-info-text',
};

/** The calendar day of an instant where the reader is. */
export function dayOf(at: string, timeZone: string): string {
  if (at.length === 10) return at;
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );
}

export function Timeline({
  label,
  items,
  groupByDay = true,
  hasMore = false,
  isLoadingMore = false,
  onLoadMore,
}: TimelineProps) {
  const settings = useFormatSettings();
  const days = new Map<string, TimelineItem[]>();
  for (const item of items) {
    const day = groupByDay ? dayOf(item.at, settings.timeZone) : '';
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return (
    <div>
      {[...days].map(([day, members]) => (
        <section key={day} aria-label={day ? `${label}, ${formatDate(day, settings.locale, 'long')}` : label}>
          {day && (
            <h3 className="pt-1 pb-2 text-sm font-medium text-muted">{formatDate(day, settings.locale, 'medium')}</h3>
          )}
          <ol>
            {members.map((item, index) => (
              <li key={item.id} className="relative flex gap-3 pb-5">
                {index < members.length - 1 && (
                  <span aria-hidden="true" className="absolute top-8 bottom-1 left-3.5 w-px bg-line" />
                )}
                <span
                  aria-hidden="true"
                  className={cx(
                    'grid size-7 shrink-0 place-items-center rounded-full [&_svg]:size-3.5',
                    tones[item.tone ?? 'neutral'],
                  )}
                >
                  {item.icon ?? <span className="size-1.5 rounded-full bg-current" />}
                </span>
                <div className="min-w-0 flex-1 pt-1">
                  <div className="flex flex-wrap items-baseline gap-x-3">
                    <span className="min-w-0 flex-1 basis-40 text-base font-medium text-ink">
                      {item.href ? (
                        <Link href={item.href} tone="text">
                          {item.title}
                        </Link>
                      ) : (
                        item.title
                      )}
                    </span>
                    <span className="tabular text-sm text-faint">
                      {item.by}
                      {item.by && timeText(item.at, groupByDay, settings) && ' · '}
                      <time dateTime={item.at}>{timeText(item.at, groupByDay, settings)}</time>
                    </span>
                  </div>
                  {item.text && <div className="mt-0.5 text-base text-muted">{item.text}</div>}
                  {item.changes && item.changes.length > 0 && (
                    <dl className="mt-1.5 flex flex-col gap-1 text-sm">
                      {item.changes.map((change) => (
                        <div key={change.label} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                          <dt className="text-muted">{change.label}</dt>
                          <dd className="flex min-w-0 flex-wrap items-center gap-x-1.5">
                            <s className="text-faint">
                              <span className="sr-only">from </span>
                              {change.from}
                            </s>
                            <ArrowRight aria-hidden="true" className="size-3.5 text-faint" />
                            <span className="font-medium text-ink">
                              <span className="sr-only">to </span>
                              {change.to}
                            </span>
                          </dd>
                        </div>
                      ))}
                    </dl>
                  )}
                  {item.actions && <div className="mt-2 flex flex-wrap gap-2">{item.actions}</div>}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hasMore && onLoadMore && (
        <Button variant="quiet" size="sm" onPress={onLoadMore} isLoading={isLoadingMore}>
          Show earlier
        </Button>
      )}
    </div>
  );
}

function timeText(at: string, isUnderDay: boolean, settings: { locale: string; timeZone: string }): string {
  if (at.length === 10) return isUnderDay ? '' : formatDate(at, settings.locale);
  if (!isUnderDay) return formatInstant(at, settings);
  return new Intl.DateTimeFormat(settings.locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: settings.timeZone,
  }).format(new Date(at));
}
