// The design system around the router: client-side links, locale and zone of the workspace once somebody is signed in.
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { UiProvider } from '../../ui/index.ts';

export function Ui({ children, locale, timeZone }: { children: ReactNode; locale?: string; timeZone?: string }) {
  const router = useRouter();
  return (
    <UiProvider
      navigate={(href) => router.history.push(href)}
      {...(locale ? { locale } : {})}
      {...(timeZone ? { timeZone } : {})}
    >
      {children}
    </UiProvider>
  );
}
