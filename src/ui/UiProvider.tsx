// What every component needs around it: locale, time zone, client-side links, toasts, shortcuts.
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import type { FormatSettings } from './format.ts';
import { startShortcuts } from './shortcuts.ts';
import { ToastRegion } from './Toast.tsx';

const systemSettings = (): FormatSettings => ({
  locale: navigator.language,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const FormatContext = createContext<FormatSettings | null>(null);

export type UiProviderProps = {
  /** Client-side navigation for every Link, row link, menu and palette entry. Without it links load the page. */
  navigate?: (href: string) => void;
  /** BCP 47 tag, default: the browser's. */
  locale?: string;
  /** IANA zone, default: the browser's. */
  timeZone?: string;
  children: ReactNode;
};

const loadPage = (href: string) => window.location.assign(href);

/** Wrap the app in it once. */
export function UiProvider({ navigate = loadPage, locale, timeZone, children }: UiProviderProps) {
  const settings = useMemo(() => {
    const system = systemSettings();
    return { locale: locale ?? system.locale, timeZone: timeZone ?? system.timeZone };
  }, [locale, timeZone]);
  useEffect(() => startShortcuts(), []);
  return (
    <FormatContext value={settings}>
      <I18nProvider locale={settings.locale}>
        <RouterProvider navigate={navigate}>
          {children}
          <ToastRegion />
        </RouterProvider>
      </I18nProvider>
    </FormatContext>
  );
}

/** Locale and time zone of the reader, for `format.ts`. */
export function useFormatSettings(): FormatSettings {
  const fromContext = useContext(FormatContext);
  const [fallback] = useState(systemSettings);
  return fromContext ?? fallback;
}
