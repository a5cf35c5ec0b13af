// The list of all shortcuts that work on the present screen. Opens with "?".
import { Dialog } from './Dialog.tsx';
import { Kbd } from './Kbd.tsx';
import { Switch } from './Switch.tsx';
import { type Shortcut, setSingleKeys, useRegisteredShortcuts, useShortcuts, useSingleKeys } from './shortcuts.ts';

export type KeyboardHelpProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Render it once; it registers "?" itself. */
export function KeyboardHelp({ isOpen, onOpenChange }: KeyboardHelpProps) {
  const shortcuts = useRegisteredShortcuts();
  const hasSingleKeys = useSingleKeys();
  useShortcuts([
    { keys: '?', label: 'Show keyboard shortcuts', group: 'Everywhere', onTrigger: () => onOpenChange(true) },
  ]);
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const name = shortcut.group ?? 'This page';
    const members = groups.get(name) ?? [];
    if (!members.some((other) => other.keys === shortcut.keys)) members.push(shortcut);
    groups.set(name, members);
  }
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="lg">
      <div className="gap-8 sm:columns-2">
        {[...groups].map(([name, members]) => (
          <section key={name} className="mb-6 break-inside-avoid">
            <h3 className="mb-1 text-sm font-medium text-muted">{name}</h3>
            <ul>
              {members.map((shortcut) => (
                <li
                  key={shortcut.keys}
                  className="flex min-h-8 items-center justify-between gap-4 border-b border-line last:border-0"
                >
                  <span className="min-w-0 truncate">{shortcut.label}</span>
                  <Kbd keys={shortcut.keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Switch
        className="mt-5"
        label="Shortcuts with a single key"
        description="Switch them off if you dictate text or press keys by accident. Those with Ctrl or ⌘ keep working."
        isSelected={hasSingleKeys}
        onChange={setSingleKeys}
      />
    </Dialog>
  );
}
