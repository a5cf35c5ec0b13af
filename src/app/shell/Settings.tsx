// Settings: the rooms' own pages in one frame, in groups; a list on the left, on a phone the list first.
import { useNavigate, useParams } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Suspense, useEffect } from 'react';
import { gather, type SettingsPage, useModules } from '../../kernel/web/module.ts';
import { usePlace } from '../../kernel/web/place.ts';
import { useMay } from '../../kernel/web/session.ts';
import { Slot } from '../../kernel/web/slot.tsx';
import { cx, EmptyState, Link } from '../../ui/index.ts';
import { useIsPhone } from '../../ui/useMedia.ts';
import { Waiting } from './Fallbacks.tsx';
import { NotFound } from './Missing.tsx';

const GROUPS = ['You', 'Workspace', 'Data'] as const;
function PageList({ pages, current }: { pages: readonly SettingsPage[]; current: string | null }) {
  return (
    <nav aria-label="Settings" className="flex flex-col gap-5">
      {GROUPS.map((group) => {
        const members = pages.filter((page) => page.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`settings-${group}`}>
            <h2 id={`settings-${group}`} className="px-2.5 pb-1 text-xs font-medium text-faint">
              {group}
            </h2>
            <ul className="flex flex-col gap-0.5">
              {members.map((page) => (
                <li key={page.id}>
                  <Link
                    href={`/settings/${page.id}`}
                    tone="muted"
                    {...(page.id === current ? { 'aria-current': 'page' as const } : {})}
                    className={cx(
                      'flex h-control items-center justify-between rounded-ui px-2.5 text-base hover:bg-hover hover:no-underline',
                      page.id === current && 'bg-pressed font-medium text-ink',
                    )}
                  >
                    {page.label}
                    <ChevronRight aria-hidden="true" className="size-4 text-faint sm:hidden" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

export default function Settings() {
  const modules = useModules();
  const may = useMay();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const { page: wanted } = useParams({ strict: false }) as { page?: string };
  const pages = gather(modules, 'settings', may);
  const page = pages.find((p) => p.id === wanted);
  const first = pages.toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || a.order - b.order)[0];
  usePlace(page ? { title: page.label, above: [{ label: 'Settings', href: '/settings' }] } : { title: 'Settings' });
  // On a wide window there is no empty frame: the first page opens.
  useEffect(() => {
    if (!wanted && first && !isPhone) void navigate({ to: `/settings/${first.id}`, replace: true });
  }, [wanted, first, isPhone, navigate]);

  if (wanted && !page) return <NotFound />;
  const isListShown = !isPhone || !page;
  return (
    <div className="mx-auto flex w-full max-w-6xl gap-8 p-4 md:p-6">
      {isListShown && (
        <div className="w-full shrink-0 sm:w-48">
          {isPhone && <h1 className="pb-4 text-xl font-semibold">Settings</h1>}
          {pages.length === 0 ? (
            <EmptyState size="sm" title="There is nothing to set for your role" />
          ) : (
            <PageList pages={pages} current={page?.id ?? null} />
          )}
        </div>
      )}
      {page && (
        <div className="min-w-0 flex-1">
          {isPhone && (
            <Link href="/settings" tone="muted" className="mb-3 inline-flex items-center gap-1">
              <ChevronLeft aria-hidden="true" className="size-4" />
              Settings
            </Link>
          )}
          <Suspense fallback={<Waiting />}>
            <Slot load={page.load} props={{}} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
