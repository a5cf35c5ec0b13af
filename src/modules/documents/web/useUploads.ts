// Files on their way to the server, one after the other: how far each is, what was refused, what can be stopped.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { upload } from '../../../kernel/web/call.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { toast } from '../../../ui/index.ts';
import { uploadDocument } from '../api.ts';

export type Sending = { id: string; name: string; size: number; progress: number; error?: string };

export function useUploads(accountId: string) {
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly Sending[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const line = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, []);

  const change = useCallback((id: string, next: Partial<Sending> | null) => {
    setFiles((now) => now.flatMap((f) => (f.id !== id ? [f] : next ? [{ ...f, ...next }] : [])));
  }, []);
  const send = useCallback(
    (given: File[]) => {
      for (const file of given) {
        const id = crypto.randomUUID();
        const stop = new AbortController();
        stops.current.set(id, stop);
        setFiles((now) => [...now, { id, name: file.name, size: file.size, progress: 0 }]);
        line.current = line.current.then(async () => {
          if (stop.signal.aborted) return;
          try {
            await upload(
              uploadDocument,
              { files: [file], fields: { accountId } },
              { onProgress: (progress) => change(id, { progress }), signal: stop.signal },
            );
            change(id, null);
            toast.show({ title: `${file.name} is here`, tone: 'good' });
            await refresh(client, ['documents.']);
          } catch (error) {
            if ((error as Error).name !== 'AbortError') change(id, { error: (error as Error).message });
          } finally {
            stops.current.delete(id);
          }
        });
      }
    },
    [accountId, change, client],
  );
  const remove = useCallback(
    (id: string) => {
      stops.current.get(id)?.abort();
      change(id, null);
    },
    [change],
  );
  return { files, send, remove };
}
