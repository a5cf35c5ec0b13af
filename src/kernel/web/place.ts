// Where the reader stands: pages name themselves, the shell shows it as document title, breadcrumbs and recent places.
import { useEffect, useSyncExternalStore } from 'react';

export type Place = {
  title: string;
  /** What stands above it, the farthest first. */
  above?: readonly { label: string; href: string }[];
  /** Kept among the recent places of the palette: for things, not for lists. */
  isThing?: boolean;
};

export type Visited = { href: string; title: string; hint?: string };

const RECENT = 'openkam:recent';
let current: Place | null = null;
const listeners = new Set<() => void>();

function tell(place: Place | null): void {
  current = place;
  for (const listener of listeners) listener();
}

/** Names the page while it is shown; null while its name is still loading. */
export function usePlace(place: Place | null): void {
  const key = JSON.stringify(place);
  useEffect(() => {
    const given = JSON.parse(key) as Place | null;
    if (!given) return;
    tell(given);
    if (given.isThing)
      remember({
        href: window.location.pathname,
        title: given.title,
        ...(given.above?.length ? { hint: given.above.at(-1)!.label } : {}),
      });
    return () => {
      if (current === given) tell(null);
    };
  }, [key]);
}

/** What the shown page calls itself. */
export const useCurrentPlace = (): Place | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

export function recentPlaces(): Visited[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(read) ? (read as Visited[]) : [];
  } catch {
    return [];
  }
}

function remember(visited: Visited): void {
  try {
    const rest = recentPlaces().filter((other) => other.href !== visited.href);
    localStorage.setItem(RECENT, JSON.stringify([visited, ...rest].slice(0, 8)));
  } catch {
    // A full or forbidden store costs the list of recent places only.
  }
}

/** Forgets recent places, at sign-out: the next person at this browser is somebody else. */
export function forgetPlaces(): void {
  try {
    localStorage.removeItem(RECENT);
  } catch {
    // Nothing was kept then.
  }
}
