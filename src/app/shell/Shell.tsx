// The frame: navigation from the rooms, palette, notifications, the member's menu, keys, and what to do without a server.
import { useMatches } from '@tanstack/react-router';
import { Keyboard, LogOut, Monitor, Moon, Plus, Settings, Sun } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useLive } from '../../kernel/web/live.ts';
import { gather, useModules } from '../../kernel/web/module.ts';
import { forgetPlaces, useCurrentPlace } from '../../kernel/web/place.ts';
import { queryClient } from '../../kernel/web/queries.ts';
import { useMay, useSession } from '../../kernel/web/session.ts';
import { Slot } from '../../kernel/web/slot.tsx';
import { keepSignedIn, signOut } from '../../modules/people/web/index.ts';
import {
  AppShell,
  Avatar,
  Banner,
  Breadcrumbs,
  Button,
  IconButton,
  Link,
  Menu,
  setTheme,
  toast,
  useShortcuts,
  useTheme,
} from '../../ui/index.ts';
import { Bell } from './Bell.tsx';
import { Make, Over, useCreators } from './Create.tsx';
import { useReach } from './reach.ts';

const NotAllowed = lazy(async () => ({ default: (await import('./Missing.tsx')).NotAllowed }));
const palette = () => import('./Palette.tsx');
const createMenu = () => import('./CreateMenu.tsx');
const navCounts = () => import('./NavCounts.tsx');
const signedOut = () => import('./SignedOut.tsx');
const keyboardHelp = async () => ({ default: (await import('../../ui/KeyboardHelp.tsx')).KeyboardHelp });

async function leave(): Promise<void> {
  try {
    await signOut();
  } catch {
    toast.show({ title: 'You are still signed in', text: 'The server cannot be reached. Try again.', tone: 'poor' });
    return;
  }
  forgetPlaces();
  queryClient.clear();
  // A fresh page, so that nothing of this session stays in memory.
  window.location.assign('/sign-in');
}

export function Shell({ children }: { children: ReactNode }) {
  const modules = useModules();
  const may = useMay();
  const [isFinding, setFinding] = useState(false);
  const [hasKeys, setKeys] = useState(false);
  const [making, setMaking] = useState<{ id: string | null } | null>(null);
  const creators = useCreators();
  const here = useMatches().findLast((m) => m.staticData.title);
  const place = useCurrentPlace();
  const title = place?.title ?? here?.staticData.title;
  const [isOut, setOut] = useState(false);
  useLive(modules);
  useEffect(() => keepSignedIn(), []);
  useEffect(() => {
    const onOut = () => setOut(true);
    window.addEventListener('openkam:signed-out', onOut);
    return () => window.removeEventListener('openkam:signed-out', onOut);
  }, []);
  useEffect(() => {
    document.title = title ? `${title} · OpenKAM` : 'OpenKAM';
  }, [title]);

  const [counts, setCounts] = useState<Record<string, number>>({});
  const count = useCallback((id: string, n: number) => setCounts((known) => ({ ...known, [id]: n })), []);
  // Numbers of the navigation come after what was asked for.
  const [isCounting, setCounting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCounting(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  const entries = useMemo(() => gather(modules, 'nav', may), [modules, may]);
  const groups = [...Map.groupBy(entries, (e) => e.group ?? '')].map(([label, items]) => ({
    ...(label ? { label } : {}),
    items: items.map(({ icon: Icon, ...e }) => ({
      id: e.id,
      href: e.href,
      label: e.label,
      icon: <Icon />,
      ...(e.shortcut ? { shortcut: e.shortcut } : {}),
      count: counts[e.id] ?? 0,
    })),
  }));
  const canMake = creators.length > 0;
  useShortcuts([
    { keys: '?', label: 'Show keyboard shortcuts', group: 'Everywhere', onTrigger: () => setKeys(true) },
    {
      keys: 'c',
      label: 'Add something',
      group: 'Everywhere',
      onTrigger: () => setMaking({ id: null }),
      isEnabled: canMake,
    },
  ]);
  const openKeys = useCallback(() => setKeys(true), []);
  const make = useCallback((id: string) => setMaking({ id }), []);
  const out = useCallback(() => void leave(), []);
  const closeMaking = useCallback(() => setMaking(null), []);

  const crumbs = [...(place?.above ?? []), ...(title ? [{ label: title }] : [])];
  const current = here?.staticData.nav;
  const isAllowed = may(here?.staticData.permission);
  return (
    <AppShell
      productName="OpenKAM"
      nav={groups}
      {...(current ? { currentId: current } : {})}
      onSearch={() => setFinding(true)}
      searchLabel="Search"
      breadcrumbs={crumbs.length > 1 ? <Breadcrumbs items={crumbs} /> : null}
      banner={<Reach />}
      navFooter={<Workspace isCurrent={current === 'settings'} />}
      phoneNavIds={entries
        .filter((e) => e.onPhone)
        .slice(0, 4)
        .map((e) => e.id)}
      notifications={
        <>
          {canMake && <IconButton label="Add" shortcut="c" icon={<Plus />} onPress={() => setMaking({ id: null })} />}
          <Bell />
        </>
      }
      userMenu={<You onKeys={openKeys} onSignOut={out} />}
    >
      {isAllowed ? (
        children
      ) : (
        <Suspense>
          <NotAllowed />
        </Suspense>
      )}
      {making?.id && <Make id={making.id} onClose={closeMaking} />}
      {isFinding && (
        <Over
          load={palette}
          props={{ onClose: () => setFinding(false), onMake: make, onKeys: openKeys, onSignOut: out }}
          close={() => setFinding(false)}
        />
      )}
      {making?.id === null && (
        <Over load={createMenu} props={{ onChoose: make, onClose: closeMaking }} close={closeMaking} />
      )}
      {hasKeys && (
        <Over load={keyboardHelp} props={{ isOpen: true, onOpenChange: setKeys }} close={() => setKeys(false)} />
      )}
      {isOut && <Over load={signedOut} props={{ onDone: () => setOut(false) }} close={() => setOut(false)} />}
      {/* Without its numbers the navigation is as good as before. */}
      {isCounting && (
        <Suspense>
          <Slot load={navCounts} props={{ entries, onCount: count }} onFail={() => setCounting(false)} />
        </Suspense>
      )}
    </AppShell>
  );
}

function Reach() {
  const { isDown, isAsking, askNow } = useReach();
  if (!isDown) return null;
  return (
    <Banner
      tone="watch"
      variant="bar"
      actions={
        <Button size="sm" isLoading={isAsking} onPress={askNow}>
          Try now
        </Button>
      }
    >
      The server cannot be reached. What you typed is kept here; we try again every five seconds.
    </Banner>
  );
}

function Workspace({ isCurrent }: { isCurrent: boolean }) {
  const { workspace } = useSession();
  return (
    <Link
      href="/settings"
      tone="muted"
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      className={`flex h-control items-center gap-2.5 rounded-ui px-2 no-underline hover:bg-hover hover:no-underline ${isCurrent ? 'bg-pressed text-ink' : ''}`}
    >
      <Avatar name={workspace.name} size="sm" shape="square" isDecorative />
      <span className="min-w-0 flex-1 truncate text-base font-medium text-ink">{workspace.name}</span>
      <span className="sr-only">, settings</span>
      <Settings aria-hidden="true" className="size-4" />
    </Link>
  );
}

function You({ onKeys, onSignOut }: { onKeys: () => void; onSignOut: () => void }) {
  const { member } = useSession();
  const theme = useTheme();
  return (
    <Menu
      label="Your menu"
      placement="bottom end"
      trigger={
        <Button variant="quiet" size="md" className="px-1.5!">
          <span className="sr-only">Your menu, {member.name}</span>
          <Avatar name={member.name} size="md" isDecorative />
        </Button>
      }
      items={[
        {
          heading: `${member.name} · ${member.email}`,
          items: [
            { id: 'settings', label: 'Settings', icon: <Settings />, href: '/settings' },
            { id: 'keys', label: 'Keyboard shortcuts', icon: <Keyboard />, shortcut: '?', onAction: onKeys },
          ],
        },
        { id: 'line-1', separator: true },
        {
          heading: 'Theme',
          items: [
            {
              id: 'system',
              label: 'As the system',
              icon: <Monitor />,
              isSelected: theme === 'system',
              onAction: () => setTheme('system'),
            },
            {
              id: 'light',
              label: 'Light',
              icon: <Sun />,
              isSelected: theme === 'light',
              onAction: () => setTheme('light'),
            },
            {
              id: 'dark',
              label: 'Dark',
              icon: <Moon />,
              isSelected: theme === 'dark',
              onAction: () => setTheme('dark'),
            },
          ],
        },
        { id: 'line-2', separator: true },
        { id: 'out', label: 'Sign out', icon: <LogOut />, onAction: onSignOut },
      ]}
    />
  );
}
