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
    {
      id: 'security',
      label: 'Security',
      group: 'You',
      order: 20,
      load: async () => ({ default: (await import('./Security.tsx')).Security }),
    },
  ],
};

export { keepSignedIn, signIn, signOut } from './auth-client.ts';
