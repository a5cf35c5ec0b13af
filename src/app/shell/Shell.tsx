// The frame: navigation from the rooms, palette, notifications, the member's menu, keys.
import { useMatches } from '@tanstack/react-router';
import { LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useLive } from '../../kernel/web/live.ts';
import { gather, useModules } from '../../kernel/web/module.ts';
import { useMay, useSession } from '../../kernel/web/session.ts';
import { useGo } from '../../kernel/web/urlState.ts';
import { AppShell, Avatar, Button, KeyboardHelp, Menu, setTheme, useShortcuts } from '../../ui/index.ts';

const Palette = lazy(() => import('./Palette.tsx'));

export function Shell({ children }: { children: ReactNode }) {
  const modules = useModules();
  const may = useMay();
  const go = useGo();
  const session = useSession();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useLive(modules);

  const entries = useMemo(() => gather(modules, 'nav', may), [modules, may]);
  const current = useMatches().findLast((m) => m.staticData.nav)?.staticData.nav;
  const groups = [...Map.groupBy(entries, (e) => e.group ?? '')].map(([label, items]) => ({
    ...(label ? { label } : {}),
    items: items.map(({ icon: Icon, ...e }) => ({
      id: e.id,
      href: e.href,
      label: e.label,
      icon: <Icon />,
      ...(e.shortcut ? { shortcut: e.shortcut } : {}),
    })),
  }));
  useShortcuts([
    { keys: 'mod k', label: 'Find anything', group: 'Everywhere', onTrigger: () => setPalette(true) },
    { keys: '?', label: 'Show all keys', group: 'Everywhere', onTrigger: () => setHelp(true) },
    ...entries
      .filter((e) => e.shortcut)
      .map((e) => ({ keys: e.shortcut!, label: `Go to ${e.label}`, group: 'Go to', onTrigger: () => go(e.href) })),
  ]);

  return (
    <AppShell
      productName="OpenKAM"
      nav={groups}
      {...(current ? { currentId: current } : {})}
      onSearch={() => setPalette(true)}
      phoneNavIds={entries
        .filter((e) => e.onPhone)
        .slice(0, 4)
        .map((e) => e.id)}
      userMenu={
        <Menu
          label="Your menu"
          trigger={
            <Button variant="quiet" size="sm" aria-label={`Signed in as ${session.member.name}`}>
              <Avatar name={session.member.name} size="sm" />
            </Button>
          }
          items={[
            { heading: `${session.member.name} · ${session.workspace.name}` },
            { id: 'settings', label: 'Settings', icon: <Settings />, href: '/settings' },
            { separator: true },
            { id: 'light', label: 'Light', icon: <Sun />, onAction: () => setTheme('light') },
            { id: 'dark', label: 'Dark', icon: <Moon />, onAction: () => setTheme('dark') },
            { id: 'system', label: 'As the system', icon: <Monitor />, onAction: () => setTheme('system') },
            { separator: true },
            { id: 'out', label: 'Sign out', icon: <LogOut />, onAction: () => void signOut() },
          ]}
        />
      }
    >
      {children}
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
      <KeyboardHelp isOpen={help} onOpenChange={setHelp} />
    </AppShell>
  );
}

async function signOut() {
  await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  window.location.assign('/sign-in');
}
