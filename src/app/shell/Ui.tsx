// The design system around the router: client-side links, locale and zone of the workspace once somebody is signed in.
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { keyOf } from '../../kernel/web/queries.ts';
import type { Session } from '../../kernel/web/session.ts';
import { me } from '../../modules/people/api.ts';
import { UiProvider } from '../../ui/index.ts';

export function Ui({ children }: { children: ReactNode }) {
  const router = useRouter();
  const client = useQueryClient();
  // Reads what the gate has asked; it never asks by itself.
  const workspace = useSyncExternalStore(
    useCallback((listener: () => void) => client.getQueryCache().subscribe(listener), [client]),
    () => client.getQueryData<Session>(keyOf(me))?.workspace,
  );
  const navigate = useCallback((href: string) => router.history.push(href), [router]);
  return (
    <UiProvider navigate={navigate} {...(workspace ? { locale: workspace.locale, timeZone: workspace.zone } : {})}>
      {children}
    </UiProvider>
  );
}
