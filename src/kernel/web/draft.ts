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
