// One import on the screen: asked again while it works, changed at once and then on the server, in the order of the clicks.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { keyOf, refresh, useCall } from '../../../kernel/web/queries.ts';
import {
  applyImport,
  cancelImport,
  dryRunImport,
  getImport,
  type Import,
  type ImportFile,
  resumeImport,
  undoImport,
  updateImport,
} from '../api.ts';
import { isAtWork } from './words.ts';

export type ImportChange = CallInput<typeof updateImport>['body'];
export type FileChange = NonNullable<ImportChange['files']>[number];

const VERBS = {
  check: dryRunImport,
  apply: applyImport,
  cancel: cancelImport,
  resume: resumeImport,
  undo: undoImport,
} as const;
export type ImportVerb = keyof typeof VERBS;

const POLL_MS = 900;

export function useImport(id: string) {
  const client = useQueryClient();
  const asked = useCall(
    getImport,
    { params: { id } },
    { refetchInterval: (one: AnswerOf<typeof getImport> | undefined) => (isAtWork(one?.state) ? POLL_MS : false) },
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<ImportVerb | null>(null);
  const waiting = useRef<Promise<unknown>>(Promise.resolve());
  const pending = useRef(0);

  const show = useCallback(
    (change: (before: Import) => Import) =>
      client.setQueryData<Import>(keyOf(getImport, { params: { id } }), (before) => before && change(before)),
    [client, id],
  );

  /** Changes are sent one after the other; the last answer is shown, so that a quick second click is not undone by the first. */
  const change = useCallback(
    (body: ImportChange): Promise<boolean> => {
      setProblem(null);
      pending.current++;
      void client.cancelQueries({ queryKey: keyOf(getImport, { params: { id } }) });
      show((before) => foreseen(before, body));
      const sent = waiting.current
        .then(() => call(updateImport, { params: { id }, body }))
        .then(
          (answer) => {
            pending.current--;
            if (pending.current === 0) show(() => answer);
            return true;
          },
          (error: unknown) => {
            pending.current--;
            setProblem(wordsOf(error));
            void refresh(client, ['imports.']);
            return false;
          },
        );
      waiting.current = sent;
      return sent;
    },
    [client, id, show],
  );

  const run = useCallback(
    async (verb: ImportVerb): Promise<boolean> => {
      setProblem(null);
      setBusy(verb);
      try {
        await waiting.current;
        const answer = await call(VERBS[verb], { params: { id } });
        show(() => answer);
        void refresh(client, ['imports.list']);
        return true;
      } catch (error) {
        setProblem(wordsOf(error));
        void refresh(client, ['imports.']);
        return false;
      } finally {
        setBusy(null);
      }
    },
    [client, id, show],
  );

  // What was written or taken back shows everywhere as soon as the work is over.
  const state = asked.data?.state;
  const before = useRef(state);
  useEffect(() => {
    if (isAtWork(before.current) && !isAtWork(state) && state !== 'ready' && state !== 'questions')
      // Any room may have written.
      void refresh(client, ['']);
    before.current = state;
  }, [state, client]);

  return { asked, one: asked.data, problem, busy, change, run };
}
export type ImportControl = ReturnType<typeof useImport>;

const wordsOf = (error: unknown): string =>
  error instanceof Problem
    ? [error.message, ...(error.fields ?? []).map((f) => f.message)].join(' ')
    : 'That did not work. Try again.';

/** The import as it will be, for what can be known before the server answers. */
function foreseen(one: Import, change: ImportChange): Import {
  const files = one.files.map((file): ImportFile => {
    const wanted = change.files?.find((f) => f.no === file.no);
    if (!wanted) return file;
    const targets = new Map(wanted.mapping?.map((m) => [m.column, m.target]));
    return {
      ...file,
      skipped: wanted.skipped ?? file.skipped,
      entity: wanted.entity ?? file.entity,
      answers: { ...file.answers, ...wanted.answers },
      questions: file.questions.filter((q) => !(q.column in (wanted.answers ?? {}))),
      report: null,
      columns: file.columns.map((c) => {
        const target = targets.get(c.column);
        return target ? { ...c, target, confidence: 1, reason: 'You chose it.' } : c;
      }),
    };
  });
  return { ...one, files, options: { ...one.options, ...change.options } };
}

/** Seconds left of the present phase, from how fast it went so far; null while that is a guess. */
export function useSecondsLeft(one: Import): number | null {
  const start = useRef<{ phase: string; at: number; done: number } | null>(null);
  const { phase, progress } = one;
  const now = Date.now();
  if (start.current?.phase !== phase || progress.done < start.current.done)
    start.current = { phase, at: now, done: progress.done };
  const seconds = (now - start.current.at) / 1000;
  const done = progress.done - start.current.done;
  return seconds < 1.5 || done <= 0 ? null : Math.ceil(((progress.total - progress.done) * seconds) / done);
}
