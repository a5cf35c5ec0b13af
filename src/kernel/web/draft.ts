// Drafts: what a person typed survives a reload, a closed laptop and a dead server. Kept in this browser until sent.
import { useCallback, useEffect, useRef, useState } from 'react';

const PREFIX = 'openkam:draft:';

export function readDraft<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function writeDraft(key: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden store must not stop the typing.
  }
}

/** Every stored draft whose key begins so. */
export function draftKeys(beginning: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/** This tab, also after it is loaded again. */
export function tabId(): string {
  try {
    const known = sessionStorage.getItem('openkam:tab');
    if (known) return known;
    const made = crypto.randomUUID();
    sessionStorage.setItem('openkam:tab', made);
    return made;
  } catch {
    return '';
  }
}

/** Until its page is gone a draft belongs to that page: others wait. Where the browser has no locks nobody has to. */
export function holdDraft(key: string): void {
  void navigator.locks?.request(PREFIX + key, () => new Promise(() => {}));
}
export function whenLeft(key: string, work: () => void): void {
  if (navigator.locks) void navigator.locks.request(PREFIX + key, work);
  else work();
}

/** State that is also a draft: starts from the stored draft, is stored on change, cleared with null. */
export function useDraft<T>(key: string): [T | null, (value: T | null) => void] {
  const [value, setValue] = useState<T | null>(() => readDraft<T>(key));
  const current = useRef(key);
  useEffect(() => {
    if (current.current === key) return;
    current.current = key;
    setValue(readDraft<T>(key));
  }, [key]);
  const set = useCallback(
    (next: T | null) => {
      setValue(next);
      writeDraft(key, next);
    },
    [key],
  );
  return [value, set];
}
