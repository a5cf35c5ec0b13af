// Keyboard shortcuts: a registry of keys like "c", "g a" or "mod+k", one listener on the window, silent while someone types.
import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Shortcut = {
  /** "c", "?", "mod+k" (⌘ on a Mac, Ctrl elsewhere), "shift+e", or a sequence "g a". */
  keys: string;
  label: string;
  /** Heading in the help: "Go to", "This list". */
  group?: string;
  onTrigger: () => void;
  isEnabled?: boolean;
};

export type Chord = { key: string; mod: boolean; shift: boolean; alt: boolean };

/** What of a keyboard event matters here. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean };

/** How long the next key of a sequence may take. */
export const sequenceMs = 1200;

/** "g a" → two chords. Throws on what could never match, so a typing error shows at once. */
export function parseKeys(keys: string): Chord[] {
  if (keys.trim() === '') throw new Error('A shortcut needs at least one key.');
  return keys.trim().split(/\s+/).map(parseChord);
}

function parseChord(text: string): Chord {
  const parts = text.toLowerCase().split('+').filter(Boolean);
  const key = text.endsWith('+') ? '+' : parts.pop();
  if (!key) throw new Error(`No key in shortcut "${text}".`);
  for (const part of parts) {
    if (!['mod', 'shift', 'alt'].includes(part)) throw new Error(`Unknown modifier "${part}" in shortcut "${text}".`);
  }
  return { key, mod: parts.includes('mod'), shift: parts.includes('shift'), alt: parts.includes('alt') };
}

/** Does this key press play that chord? Signs such as "?" need Shift on most keyboards, so Shift only counts for letters. */
export function matchesChord(chord: Chord, press: KeyPress): boolean {
  if (press.key.toLowerCase() !== chord.key) return false;
  if ((press.ctrlKey || press.metaKey) !== chord.mod || press.altKey !== chord.alt) return false;
  const isLetterOrNamed = chord.key.length > 1 || /\p{L}/u.test(chord.key);
  return isLetterOrNamed ? press.shiftKey === chord.shift : true;
}

/**
 * One step of matching. `played` are the presses so far in this sequence (oldest first, the new one last).
 * Returns the shortcut that is complete, whether another could still follow, or neither.
 */
export function matchShortcut<S extends { keys: string }>(
  shortcuts: readonly S[],
  played: readonly KeyPress[],
): { complete: S | null; pending: boolean } {
  let complete: S | null = null;
  let pending = false;
  for (const shortcut of shortcuts) {
    const chords = parseKeys(shortcut.keys);
    if (chords.length < played.length) continue;
    if (!played.every((press, index) => matchesChord(chords[index] as Chord, press))) continue;
    if (chords.length === played.length) complete = shortcut;
    else pending = true;
  }
  return { complete, pending };
}

/** The keys as caps to draw: [["⌘","K"]] or [["G"],["A"]]. */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  const names: Record<string, string> = {
    enter: '↵',
    escape: 'Esc',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    ' ': 'Space',
  };
  return parseKeys(keys).map((chord) => [
    ...(chord.mod ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(chord.alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(chord.shift ? [isMac ? '⇧' : 'Shift'] : []),
    names[chord.key] ??
      (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key[0]?.toUpperCase() + chord.key.slice(1)),
  ]);
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const registered = new Map<symbol, Shortcut[]>();
let snapshot: Shortcut[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  snapshot = [...registered.values()].flat();
  for (const listener of listeners) listener();
}

/** Every shortcut that works on the present screen, for the help. */
export function useRegisteredShortcuts(): Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

/** Registers shortcuts while the calling component is mounted. Later registrations win over earlier ones with the same keys. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map((s) => `${s.keys}|${s.label}|${s.group ?? ''}|${s.isEnabled !== false}`).join('\n');
  useEffect(() => {
    if (signature === '') return;
    const id = Symbol('shortcuts');
    registered.set(
      id,
      latest.current
        .map((shortcut, index) => ({ ...shortcut, onTrigger: () => latest.current[index]?.onTrigger() }))
        .filter((shortcut) => shortcut.isEnabled !== false),
    );
    changed();
    return () => {
      registered.delete(id);
      changed();
    };
  }, [signature]);
}

const singleKeysKey = 'ui.singleKeys';
let singleKeys: boolean | null = null;

function readSingleKeys(): boolean {
  if (singleKeys === null) {
    try {
      singleKeys = localStorage.getItem(singleKeysKey) !== 'off';
    } catch {
      singleKeys = true;
    }
  }
  return singleKeys;
}

/** Shortcuts without Ctrl or ⌘ can be switched off: for people who speak to their computer. */
export function setSingleKeys(isOn: boolean): void {
  singleKeys = isOn;
  try {
    localStorage.setItem(singleKeysKey, isOn ? 'on' : 'off');
  } catch {
    // Then it holds until reload.
  }
  changed();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, readSingleKeys);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range', 'submit'].includes(target.type);
  return target.getAttribute('role') === 'spinbutton' || target.closest('[role="listbox"],[role="menu"]') !== null;
}

/** Starts the one listener; returns how to stop it. UiProvider calls it. */
export function startShortcuts(): () => void {
  let played: KeyPress[] = [];
  let lastAt = 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return;
    const typing = isTyping(event.target);
    // Inside a dialog only its own shortcuts would make sense; keys with a modifier still work.
    const blocked =
      typing || !readSingleKeys() || document.querySelector('[role="dialog"][data-modal="true"]') !== null;
    if (blocked && !(event.ctrlKey || event.metaKey)) return;
    played = event.timeStamp - lastAt > sequenceMs ? [event] : [...played, event];
    lastAt = event.timeStamp;
    let result = matchShortcut(snapshot, played);
    if (!result.complete && !result.pending && played.length > 1) {
      played = [event];
      result = matchShortcut(snapshot, played);
    }
    if (result.complete && !result.pending) {
      event.preventDefault();
      played = [];
      result.complete.onTrigger();
    } else if (!result.pending) played = [];
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
