// Live updates: the server says that something changed, and what is on the screen is asked again.
// One tab listens for all: browsers allow few connections to one server, and a dozen open tabs must not use them up.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { WebModule } from './module.ts';
import { refresh } from './queries.ts';

const NAME = 'openkam:live';
const REMEMBERED_MS = 50_000;

/** Calls back with the type of every change until stopped, and with null when some may have been missed. */
function listen(onChange: (type: string | null) => void): () => void {
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
  const open = () => {
    // The server also tells what happened since this page began to load, up to a minute; what is older, or happened while the line was
    // down, was missed.
    const ago = Math.ceil(performance.now());
    const source = new EventSource(`/api/v1/live?ago=${ago}`);
    let isMissing = ago > REMEMBERED_MS;
    const tell = (type: string | null) => {
      onChange(type);
      channel?.postMessage(type);
    };
    source.addEventListener('open', () => {
      if (isMissing) tell(null);
      isMissing = false;
    });
    source.addEventListener('error', () => {
      isMissing = true;
    });
    source.addEventListener('change', (event) => {
      const { type } = JSON.parse((event as MessageEvent<string>).data) as { type: string };
      tell(type);
    });
    return source;
  };
  if (channel) channel.onmessage = (event: MessageEvent<string | null>) => onChange(event.data);
  let source: EventSource | null = null;
  if (channel && navigator.locks) {
    // Whoever holds the lock listens and passes on; when that tab closes, the next one takes over.
    navigator.locks
      .request(NAME, { signal: stop.signal }, () => {
        source = open();
        return new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
      })
      .catch(() => {});
  } else source = open();
  return () => {
    stop.abort();
    source?.close();
    channel?.close();
  };
}

/** Listens while the signed-in app is open. Several changes within half a second become one refresh. */
export function useLive(modules: readonly WebModule[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const map = modules.flatMap((m) => Object.entries(m.live ?? {}));
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen((type) => {
      for (const [prefix, ids] of map)
        if (type === null || type.startsWith(prefix)) for (const id of ids) waiting.add(id);
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
      stop();
    };
  }, [client, modules]);
}
