// The browser app: the rooms' pages in one router, sign-in around it, one shell.
import '../ui/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ModulesProvider, type Page } from '../kernel/web/module.ts';
import { queryClient } from '../kernel/web/queries.ts';
import { Failed, Waiting } from './shell/Fallbacks.tsx';
import { SignedIn } from './shell/SignedIn.tsx';
import { Ui } from './shell/Ui.tsx';
import { modules } from './web-modules.ts';

const NotFound = lazy(async () => ({ default: (await import('./shell/Missing.tsx')).NotFound }));

const rootRoute = createRootRoute({
  component: () => (
    <Ui>
      <Outlet />
    </Ui>
  ),
});
const inside = createRoute({ getParentRoute: () => rootRoute, id: 'inside', component: SignedIn });

const settings = ['/settings', '/settings/$page'].map(
  (path): Page => ({ path, title: 'Settings', nav: 'settings', load: () => import('./shell/Settings.tsx') }),
);
const pages = [...modules.flatMap((m) => m.pages ?? []), ...settings];
const routeOf = (page: Page, parent: typeof inside | typeof rootRoute) =>
  createRoute({
    getParentRoute: () => parent as typeof rootRoute,
    path: page.path,
    component: lazyRouteComponent(page.load, 'default'),
    staticData: { title: page.title, permission: page.permission, nav: page.nav },
  });

const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...pages.filter((p) => p.isPublic).map((p) => routeOf(p, rootRoute)),
    inside.addChildren(pages.filter((p) => !p.isPublic).map((p) => routeOf(p, inside))),
  ]),
  // Plain strings in the address, the way people read and share them.
  parseSearch: (text) => {
    const result: Record<string, string | string[]> = {};
    const given = new URLSearchParams(text);
    for (const key of new Set(given.keys())) {
      const all = given.getAll(key);
      result[key] = all.length > 1 ? all : (all[0] ?? '');
    }
    return result;
  },
  stringifySearch: (search) => {
    const out = new URLSearchParams();
    for (const [key, value] of Object.entries(search)) {
      if (value === undefined || value === null || value === '') continue;
      for (const one of Array.isArray(value) ? value : [value]) out.append(key, String(one));
    }
    const text = out.toString();
    return text ? `?${text}` : '';
  },
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultPendingMs: 300,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: () => (
    <Suspense fallback={<Waiting />}>
      <NotFound />
    </Suspense>
  ),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string | undefined;
    permission?: string | undefined;
    nav?: string | undefined;
  }
}

// A part of the app is gone because the server was updated: load the new app, but never twice in a minute.
window.addEventListener('vite:preloadError', () => {
  const key = 'openkam:reloaded';
  const isRecent = Date.now() - Number(sessionStorage.getItem(key) ?? 0) < 60_000;
  if (isRecent) return;
  // Without a server a reload would only lose the page.
  fetch('/health', { cache: 'no-store' }).then(
    (answer) => {
      if (!answer.ok) return;
      sessionStorage.setItem(key, String(Date.now()));
      window.location.reload();
    },
    () => {},
  );
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ModulesProvider value={modules}>
        <RouterProvider router={router} />
      </ModulesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
