// Options that come from the server while someone types: waits a little, drops stale answers.
import { useEffect, useState } from 'react';
import type { Option } from './options.ts';

export type LoadOptions = (query: string, signal: AbortSignal) => Promise<readonly Option[]>;

export type AsyncOptions = { options: readonly Option[]; isLoading: boolean; error: string | null };

export function useAsyncOptions(load: LoadOptions | undefined, query: string, isActive: boolean): AsyncOptions {
  const [state, setState] = useState<AsyncOptions>({ options: [], isLoading: false, error: null });
  useEffect(() => {
    if (!load || !isActive) return;
    const stop = new AbortController();
    setState((before) => ({ ...before, isLoading: true, error: null }));
    const ask = async () => {
      try {
        const options = await load(query, stop.signal);
        if (!stop.signal.aborted) setState({ options, isLoading: false, error: null });
      } catch {
        if (!stop.signal.aborted) setState({ options: [], isLoading: false, error: 'The list could not be loaded.' });
      }
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : 180);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [load, query, isActive]);
  return state;
}
