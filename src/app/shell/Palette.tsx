// Ctrl/⌘ K: go anywhere, find anything.
import { gather, useModules } from '../../kernel/web/module.ts';
import { useMay } from '../../kernel/web/session.ts';
import { CommandPalette } from '../../ui/CommandPalette.tsx';

export default function Palette({ onClose }: { onClose: () => void }) {
  const modules = useModules();
  const may = useMay();
  const commands = gather(modules, 'nav', may).map((e) => ({
    id: `go-${e.id}`,
    label: `Go to ${e.label}`,
    group: 'Go to',
    href: e.href,
    icon: <e.icon />,
  }));
  return (
    <CommandPalette
      isOpen
      onOpenChange={(open: boolean) => !open && onClose()}
      commands={commands}
      placeholder="Find an account, a person, a plan…"
    />
  );
}
