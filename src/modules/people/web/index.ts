// DOOR 3 of the people room.
import type { WebModule } from '../../../kernel/web/module.ts';

export const peopleWeb: WebModule = {
  name: 'people',
  pages: [
    {
      path: '/sign-in',
      title: 'Sign in',
      isPublic: true,
      load: async () => ({ default: (await import('./SignIn.tsx')).SignIn }),
    },
    {
      path: '/forgot-password',
      title: 'Forgot password',
      isPublic: true,
      load: async () => ({ default: (await import('./ForgotPassword.tsx')).ForgotPassword }),
    },
    {
      path: '/reset-password',
      title: 'New password',
      isPublic: true,
      load: async () => ({ default: (await import('./ResetPassword.tsx')).ResetPassword }),
    },
    {
      path: '/invitation',
      title: 'Invitation',
      isPublic: true,
      load: async () => ({ default: (await import('./AcceptInvite.tsx')).AcceptInvite }),
    },
    {
      path: '/setup',
      title: 'Set-up',
      isPublic: true,
      load: async () => ({ default: (await import('./SetUp.tsx')).SetUp }),
    },
  ],
  settings: [
    { id: 'profile', label: 'Profile', group: 'You', order: 10, load: () => import('./Profile.tsx') },
    {
      id: 'security',
      label: 'Security',
      group: 'You',
      order: 20,
      load: async () => ({ default: (await import('./Security.tsx')).Security }),
    },
    { id: 'members', label: 'Members and roles', group: 'Workspace', order: 20, load: () => import('./Members.tsx') },
    { id: 'api-keys', label: 'API keys', group: 'Data', order: 30, load: () => import('./ApiKeys.tsx') },
  ],
  live: { 'member.': ['members.', 'teams.', 'me.'] },
};

// Those who are signed in need none of this before their first page stands.
const client = () => import('./auth-client.ts');
export const signIn = async (email: string, password: string) => (await client()).signIn(email, password);
export const signOut = async () => (await client()).signOut();
/** Renews the session now and then; answers how to stop it. */
export function keepSignedIn(): () => void {
  let stop: (() => void) | null = null;
  let isOver = false;
  void client().then((c) => {
    if (!isOver) stop = c.keepSignedIn();
  });
  return () => {
    isOver = true;
    stop?.();
  };
}
