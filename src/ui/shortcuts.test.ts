// Which keys play which shortcut.
import { describe, expect, it } from 'vitest';
import { type KeyPress, keyCaps, matchesChord, matchShortcut, parseKeys } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const chord = (keys: string) => {
  const [first] = parseKeys(keys);
  if (!first) throw new Error('no chord');
  return first;
};

describe('Writing shortcuts', () => {
  it('reads single keys, modifiers and sequences', () => {
    expect(parseKeys('mod+shift+k')).toEqual([{ key: 'k', mod: true, shift: true, alt: false }]);
    expect(parseKeys('g a').map((one) => one.key)).toEqual(['g', 'a']);
    expect(chord('mod++').key).toBe('+');
  });
  it('refuses what could never be pressed', () => {
    expect(() => parseKeys('')).toThrow('at least one key');
    expect(() => parseKeys('hyper+k')).toThrow('Unknown modifier "hyper"');
  });
  it('draws the caps of the reader’s keyboard', () => {
    expect(keyCaps('mod+k', true)).toEqual([['⌘', 'K']]);
    expect(keyCaps('mod+k', false)).toEqual([['Ctrl', 'K']]);
    expect(keyCaps('g a', false)).toEqual([['G'], ['A']]);
    expect(keyCaps('escape', false)).toEqual([['Esc']]);
  });
});

describe('Pressing keys', () => {
  it('takes Ctrl and Command alike for mod', () => {
    expect(matchesChord(chord('mod+k'), press('k', { ctrlKey: true }))).toBe(true);
    expect(matchesChord(chord('mod+k'), press('k', { metaKey: true }))).toBe(true);
    expect(matchesChord(chord('mod+k'), press('k'))).toBe(false);
    expect(matchesChord(chord('k'), press('k', { ctrlKey: true }))).toBe(false);
  });
  it('minds Shift for letters, not for signs that need it on some keyboards', () => {
    expect(matchesChord(chord('c'), press('C', { shiftKey: true }))).toBe(false);
    expect(matchesChord(chord('shift+e'), press('E', { shiftKey: true }))).toBe(true);
    expect(matchesChord(chord('?'), press('?', { shiftKey: true }))).toBe(true);
    expect(matchesChord(chord('/'), press('/', { shiftKey: true }))).toBe(true);
  });
  it('waits in the middle of a sequence and fires at its end', () => {
    const shortcuts = [{ keys: 'g a' }, { keys: 'g s' }, { keys: 'c' }];
    expect(matchShortcut(shortcuts, [press('g')])).toEqual({ complete: null, pending: true });
    expect(matchShortcut(shortcuts, [press('g'), press('s')]).complete).toEqual({ keys: 'g s' });
    expect(matchShortcut(shortcuts, [press('g'), press('x')])).toEqual({ complete: null, pending: false });
    expect(matchShortcut(shortcuts, [press('c')])).toEqual({ complete: { keys: 'c' }, pending: false });
  });
  it('the last registered shortcut wins: a page over the frame, a dialog over the page', () => {
    const shortcuts = [
      { keys: 'e', from: 'frame' },
      { keys: 'e', from: 'page' },
    ];
    expect(matchShortcut(shortcuts, [press('e')]).complete?.from).toBe('page');
  });
});
