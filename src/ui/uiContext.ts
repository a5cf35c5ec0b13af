// The reader's locale and time zone, and how to open an address: set by UiProvider, read by components.
import { createContext, type MouseEvent, useContext } from 'react';
import type { FormatSettings } from './format.ts';

export function systemFormatSettings(): FormatSettings {
  return { locale: navigator.language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export const FormatContext = createContext<FormatSettings | null>(null);

/** Locale and time zone of the reader, for `format.ts`. */
export function useFormatSettings(): FormatSettings {
  const settings = useContext(FormatContext);
  if (!settings) throw new Error('Put <UiProvider> around the page.');
  return settings;
}

export const NavigateContext = createContext<(href: string) => void>((href) => window.location.assign(href));

/** Opens an address the client-side way. */
export function useOpenHref(): (href: string) => void {
  return useContext(NavigateContext);
}

/** For plain anchors: plain clicks stay in the app, modified clicks (new tab, download) stay the browser's. */
export function followClick(event: MouseEvent, href: string, open: (href: string) => void): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  open(href);
}
