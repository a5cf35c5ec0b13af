// Notices when the server stops answering, asks until it answers again, then brings the screen up to date.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../kernel/contract/problem.ts';
import { toast } from '../../ui/index.ts';

const isUnreachable = (error: unknown): boolean => error instanceof Problem && error.status === 0;

/** Whether the server is out of reach now, whether we are asking at this moment, and a way to ask at once. */
export function useReach(): { isDown: boolean; isAsking: boolean; askNow: () => void } {
  const client = useQueryClient();
  const [isDown, setDown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const down = useRef(false);

  const ask = useCallback(async () => {
    setAsking(true);
    const isUp = await fetch('/health', { cache: 'no-store' }).then(
      (answer) => answer.ok,
      () => false,
    );
    setAsking(false);
    if (!isUp || !down.current) return;
    down.current = false;
    setDown(false);
    toast.show({ title: 'Connected again', tone: 'good' });
    await client.invalidateQueries();
  }, [client]);

  useEffect(() => {
    const lose = () => {
      down.current = true;
      setDown(true);
    };
    const stops = [
      client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && 'error' in event.action && isUnreachable(event.action.error)) lose();
      }),
      client.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && 'error' in event.action && isUnreachable(event.action.error)) lose();
      }),
    ];
    const back = () => void ask();
    window.addEventListener('offline', lose);
    window.addEventListener('online', back);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener('offline', lose);
      window.removeEventListener('online', back);
    };
  }, [client, ask]);

  useEffect(() => {
    if (!isDown) return;
    const timer = setInterval(() => void ask(), 5000);
    return () => clearInterval(timer);
  }, [isDown, ask]);

  return { isDown, isAsking, askNow: () => void ask() };
}
