// A form's way to the server: busy while it runs, and what the server said when it refused.
import { useRef, useState } from 'react';
import { Problem } from '../contract/problem.ts';

export type Submit<A extends unknown[]> = {
  /** Runs the work unless it runs already; resolves to whether it succeeded. */
  run: (...args: A) => Promise<boolean>;
  isBusy: boolean;
  problem: Problem | null;
  /** What is wrong with one field, if the server named it; `list` also takes what is said about its parts (`list.2`). */
  fieldError: (field: string) => string | null;
  /** What is wrong as a whole: everything that is not said at a field of `fields`. */
  message: (...fields: string[]) => string | null;
  clear: () => void;
};

export function useSubmit<A extends unknown[]>(
  work: (...args: A) => Promise<unknown>,
  /** True for a failure that is no news: somebody pressed Cancel. */
  isQuiet: (error: unknown) => boolean = () => false,
): Submit<A> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const fieldError = (field: string) =>
    problem?.fields?.find((f) => f.field === field || f.field.startsWith(`${field}.`))?.message ?? null;
  return {
    async run(...args) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setProblem(null);
      try {
        await work(...args);
        return true;
      } catch (error) {
        if (!isQuiet(error)) setProblem(asProblem(error));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    isBusy,
    problem,
    fieldError,
    message: (...fields) => (problem && !fields.some((field) => fieldError(field)) ? problem.message : null),
    clear: () => setProblem(null),
  };
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(0, 'unexpected', 'Something went wrong in this page. Reload it and try again.');
