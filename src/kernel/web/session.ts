// Who is signed in, and what they may do.
import { createContext, useCallback, useContext } from 'react';

/** The signed-in member and workspace, as the people room's `me.get` answers. */
export type Session = {
  member: { id: string; name: string; email: string; title: string; role: string; level: string };
  workspace: { id: string; name: string; currency: string; locale: string; zone: string; fiscalYearStartMonth: number };
  permissions: string[];
  unread: number;
};

const Current = createContext<Session | null>(null);
export const SessionProvider = Current.Provider;

/** The session; only inside the signed-in part of the app. */
export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('useSession needs a signed-in page');
  return session;
}

/** May the member do this? For showing and hiding only: the server decides. */
export function useMay(): (permission: string | undefined) => boolean {
  const { permissions } = useSession();
  return useCallback((permission) => permission === undefined || permissions.includes(permission), [permissions]);
}
