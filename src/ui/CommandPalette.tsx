// ⌘K: one box that finds everything and does everything. Commands are ranked here, results may come from the server. Import by path.
import { CornerDownLeft, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { rank } from './fuzzy.ts';
import { Kbd } from './Kbd.tsx';
import { Spinner } from './Spinner.tsx';
import { scrim } from './styles.ts';
import { useOpenHref } from './uiContext.ts';

export type Command = {
  id: string;
  label: string;
  /** Heading under which it stands. */
  group?: string;
  icon?: ReactNode;
  /** Quiet text behind the label: where it is, whose it is. */
  hint?: string;
  shortcut?: string;
  /** Other words by which it is found. */
  keywords?: readonly string[];
  href?: string;
  onRun?: () => void;
};

export type CommandPaletteProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Always there: pages, actions. */
  commands: readonly Command[];
  /** Finds more while typing (from two letters on). Its order is kept. Keep it stable (useCallback). */
  search?: (query: string, signal: AbortSignal) => Promise<readonly Command[]>;
  /** Shown first while nothing is typed. */
  recent?: readonly Command[];
  placeholder?: string;
  /** After any command ran: to remember it as recent. */
  onRun?: (command: Command) => void;
};

type Found = { query: string; commands: readonly Command[]; isLoading: boolean; hasFailed: boolean };

function useFound(search: CommandPaletteProps['search'], query: string, isOpen: boolean): Found {
  const [found, setFound] = useState<Found>({ query: '', commands: [], isLoading: false, hasFailed: false });
  useEffect(() => {
    if (!search || !isOpen || query.length < 2) {
      setFound({ query, commands: [], isLoading: false, hasFailed: false });
      return;
    }
    const stop = new AbortController();
    setFound((before) => ({ ...before, isLoading: true, hasFailed: false }));
    const ask = async () => {
      try {
        const commands = await search(query, stop.signal);
        if (!stop.signal.aborted) setFound({ query, commands, isLoading: false, hasFailed: false });
      } catch {
        if (!stop.signal.aborted) setFound({ query, commands: [], isLoading: false, hasFailed: true });
      }
    };
    const timer = setTimeout(() => void ask(), 120);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [search, query, isOpen]);
  return found;
}

/** Commands in runs of the same heading; a heading appears once, where its first command stands. */
export function groupCommands(commands: readonly Command[]): { group: string; commands: Command[] }[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands)
    groups.set(command.group ?? '', [...(groups.get(command.group ?? '') ?? []), command]);
  return [...groups].map(([group, members]) => ({ group, commands: members }));
}

export function CommandPalette(props: CommandPaletteProps) {
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      isDismissable
      className={cx(scrim, 'flex items-start justify-center p-3 pt-[max(0.75rem,10vh)]')}
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-ui border border-line bg-raised shadow-float entering:animate-rise">
        <Dialog aria-label="Search and commands" data-modal="true" className="outline-none">
          <Palette {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Palette({
  isOpen,
  onOpenChange,
  commands,
  search,
  recent = [],
  placeholder = 'Search or type a command',
  onRun,
}: CommandPaletteProps) {
  const id = useId();
  const open = useOpenHref();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const query = text.trim();
  const found = useFound(search, query, isOpen);
  const groups = useMemo(() => {
    if (query === '') {
      const fresh = recent.slice(0, 6).map((command) => ({ ...command, group: 'Recent' }));
      return groupCommands([
        ...fresh,
        ...commands.filter((command) => !fresh.some((other) => other.id === command.id)),
      ]);
    }
    const own = rank(commands, query, (command) => [command.label, ...(command.keywords ?? [])]).slice(0, 8);
    return groupCommands([...own, ...found.commands]);
  }, [query, recent, commands, found.commands]);
  const flat = groups.flatMap((group) => group.commands);
  const at = Math.min(active, Math.max(0, flat.length - 1));

  useEffect(() => {
    list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onOpenChange(false);
    onRun?.(command);
    command.onRun?.();
    if (command.href) open(command.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: flat.length - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const next = moves[event.key];
    if (next !== undefined && flat.length > 0 && !((event.key === 'Home' || event.key === 'End') && text !== '')) {
      event.preventDefault();
      const isStep = event.key.startsWith('Arrow');
      setActive(isStep ? (next + flat.length) % flat.length : Math.max(0, Math.min(flat.length - 1, next)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(flat[at]);
    }
  };
  const isWaiting =
    found.isLoading || (search !== undefined && query.length >= 2 && found.query !== query && !found.hasFailed);
  let index = -1;
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4.5 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={flat.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type.
          autoFocus
          value={text}
          placeholder={placeholder}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-13 min-w-0 flex-1 bg-transparent text-lg text-ink outline-none"
        />
        {isWaiting && <Spinner className="text-faint" />}
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Results"
        tabIndex={-1}
        className="scroll-quiet max-h-[min(60dvh,26rem)] overflow-y-auto p-2 outline-none"
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: groups inside a listbox have no element of their own.
          <div key={group.group} role="group" aria-label={group.group || 'Commands'}>
            {group.group && (
              <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">
                {group.group}
              </div>
            )}
            {group.commands.map((command) => {
              index += 1;
              const place = index;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input above handles the keys.
                <div
                  key={`${group.group}:${command.id}`}
                  id={`${id}-${place}`}
                  data-index={place}
                  role="option"
                  tabIndex={-1}
                  aria-selected={place === at}
                  onClick={() => run(command)}
                  onPointerMove={() => setActive(place)}
                  className={cx(
                    'flex min-h-control items-center gap-3 rounded-inner px-2.5 py-1 text-base',
                    place === at ? 'bg-hover text-ink' : 'text-ink',
                  )}
                >
                  {command.icon && <span className="flex shrink-0 text-muted [&_svg]:size-4">{command.icon}</span>}
                  <span className="min-w-0 truncate">{command.label}</span>
                  {command.hint && <span className="min-w-0 flex-1 truncate text-sm text-muted">{command.hint}</span>}
                  <span className="ml-auto flex shrink-0 items-center gap-2">
                    {command.shortcut && <Kbd keys={command.shortcut} className="max-sm:hidden" />}
                    {place === at && <CornerDownLeft aria-hidden="true" className="size-3.5 text-faint" />}
                  </span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <div role="status" className={flat.length === 0 ? 'px-4 pb-6 text-center text-base text-muted' : 'sr-only'}>
        {found.hasFailed
          ? 'The search did not answer. Try again.'
          : flat.length > 0
            ? `${flat.length} results`
            : isWaiting
              ? 'Searching…'
              : 'Nothing found'}
      </div>
    </>
  );
}
