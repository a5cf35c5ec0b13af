// Ctrl/⌘ K: go anywhere, find anything, make something.
import { Clock, Keyboard, LogOut, Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { gather, useModules } from '../../kernel/web/module.ts';
import { recentPlaces } from '../../kernel/web/place.ts';
import { useMay } from '../../kernel/web/session.ts';
import { type Command, CommandPalette } from '../../ui/CommandPalette.tsx';
import { setDensity, setTheme } from '../../ui/index.ts';
import { useCreators } from './Create.tsx';
import { findEverywhere } from './find.ts';

type Props = { onClose: () => void; onMake: (id: string) => void; onKeys: () => void; onSignOut: () => void };

export default function Palette({ onClose, onMake, onKeys, onSignOut }: Props) {
  const modules = useModules();
  const may = useMay();
  const creators = useCreators();
  const commands = useMemo<Command[]>(
    () => [
      ...gather(modules, 'nav', may).map((e) => ({
        id: `go-${e.id}`,
        label: `Go to ${e.label.toLowerCase()}`,
        group: 'Go to',
        href: e.href,
        icon: <e.icon />,
        ...(e.shortcut ? { shortcut: e.shortcut } : {}),
      })),
      ...creators.map((c) => ({
        id: `add-${c.id}`,
        // A thing is added; a whole phrase says itself what it does.
        label: c.label.includes(' ') ? c.label : `Add ${c.label.toLowerCase()}`,
        group: 'Add',
        icon: <c.icon />,
        keywords: ['new', 'create'],
        shortcut: c.key ? `c ${c.key}` : 'c',
        onRun: () => onMake(c.id),
      })),
      ...gather(modules, 'settings', may).map((p) => ({
        id: `settings-${p.id}`,
        label: `Settings: ${p.label.toLowerCase()}`,
        group: 'Settings',
        href: `/settings/${p.id}`,
        keywords: [p.group],
      })),
      { id: 'light', label: 'Light theme', group: 'Look', icon: <Sun />, onRun: () => setTheme('light') },
      { id: 'dark', label: 'Dark theme', group: 'Look', icon: <Moon />, onRun: () => setTheme('dark') },
      { id: 'system', label: 'Theme of the system', group: 'Look', icon: <Monitor />, onRun: () => setTheme('system') },
      { id: 'compact', label: 'Compact rows', group: 'Look', icon: <Rows4 />, onRun: () => setDensity('compact') },
      {
        id: 'comfortable',
        label: 'Comfortable rows',
        group: 'Look',
        icon: <Rows3 />,
        onRun: () => setDensity('comfortable'),
      },
      { id: 'keys', label: 'Keyboard shortcuts', group: 'Help', icon: <Keyboard />, shortcut: '?', onRun: onKeys },
      { id: 'out', label: 'Sign out', group: 'Help', icon: <LogOut />, onRun: onSignOut },
    ],
    [modules, may, creators, onMake, onKeys, onSignOut],
  );
  const recent = useMemo<Command[]>(
    () =>
      recentPlaces().map((p) => ({
        id: p.href,
        label: p.title,
        href: p.href,
        icon: <Clock />,
        ...(p.hint ? { hint: p.hint } : {}),
      })),
    [],
  );
  const search = useCallback((query: string, signal: AbortSignal) => findEverywhere(modules, query, signal), [modules]);
  return (
    <CommandPalette
      isOpen
      onOpenChange={(open) => !open && onClose()}
      commands={commands}
      recent={recent}
      search={search}
      placeholder="Find an account, a person, a plan, or type a command"
    />
  );
}
