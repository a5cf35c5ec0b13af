// Live updates: the server says that something changed, and what is on the screen is asked again.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { WebModule } from './module.ts';
import { refresh } from './queries.ts';

/** Listens while the signed-in app is open. Several changes within half a second become one refresh. */
export function useLive(modules: readonly WebModule[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const map = modules.flatMap((m) => Object.entries(m.live ?? {}));
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource('/api/v1/live');
    source.addEventListener('change', (event) => {
      const { type } = JSON.parse((event as MessageEvent<string>).data) as { type: string };
      for (const [prefix, ids] of map) if (type.startsWith(prefix)) for (const id of ids) waiting.add(id);
      if (!waiting.size || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        const now = [...waiting];
        waiting.clear();
        void refresh(client, now);
      }, 500);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client, modules]);
}
