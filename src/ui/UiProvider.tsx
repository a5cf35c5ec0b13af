// What every component needs around it: locale, time zone, client-side links, toasts, shortcuts.
import { type ReactNode, useEffect, useMemo } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { startShortcuts } from './shortcuts.ts';
import { ToastRegion } from './Toast.tsx';
import { FormatContext, NavigateContext, systemFormatSettings } from './uiContext.ts';

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
    const system = systemFormatSettings();
    return { locale: locale ?? system.locale, timeZone: timeZone ?? system.timeZone };
  }, [locale, timeZone]);
  useEffect(() => startShortcuts(), []);
  return (
    <FormatContext value={settings}>
      <NavigateContext value={navigate}>
        <I18nProvider locale={settings.locale}>
          <RouterProvider navigate={navigate}>
            {children}
            <ToastRegion />
          </RouterProvider>
        </I18nProvider>
      </NavigateContext>
    </FormatContext>
  );
}
