// List state lives in the URL: filters, sort, view, selection survive reload, back button and sharing a link.
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type UrlState = Record<string, string | string[] | undefined>;

/** The search parameters and a setter that merges; undefined removes. Replaces history unless told to push. */
export function useUrlState(): [UrlState, (change: UrlState, options?: { push?: boolean }) => void] {
  const state = useSearch({ strict: false }) as UrlState;
  const navigate = useNavigate();
  const set = useCallback(
    (change: UrlState, options: { push?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: ((before: UrlState) =>
          Object.fromEntries(
            Object.entries({ ...before, ...change }).filter(([, v]) => v !== undefined && v !== ''),
          )) as never,
        replace: !options.push,
        resetScroll: false,
      } as never);
    },
    [navigate],
  );
  return [state, set];
}

/** Goes to a path of the app. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback(
    (href, options = {}) => void (options.replace ? router.history.replace(href) : router.history.push(href)),
    [router],
  );
}
