/**
 * Sets documents in a worker thread, one after the other. The thread starts with the first document and stays: it does
 * not hold the process, and starting another one costs more memory than keeping it.
 */
import { Worker } from 'node:worker_threads';

export interface TypesetSetup {
  readonly fonts: readonly string[];
  /** The only folder that a template may read from. */
  readonly folder: string;
}
export interface TypesetJob {
  /** The template itself. */
  readonly source: string;
  /** What the document says, as JSON, in as many versions as there are lengths of it. */
  readonly data: readonly string[];
  /** Which version, and `sys.inputs` beside it; the roomiest first, the one that always fits last. */
  readonly attempts: readonly { readonly data: number; readonly inputs: Record<string, string> }[];
  readonly pages: number;
}
export interface TypesetRequest extends TypesetJob {
  readonly id: number;
}
export type TypesetAnswer =
  | { readonly id: number; readonly pdf: Uint8Array<ArrayBuffer>; readonly attempt: number }
  | { readonly id: number; readonly error: string };
export interface Typeset {
  readonly pdf: Uint8Array<ArrayBuffer>;
  /** Which attempt it was. */
  readonly attempt: number;
}

/** A document takes well under a second; one that takes this long hangs. */
const LIMIT_MS = 20_000;

const here = (path: string) => new URL(path, import.meta.url).href;
const setup: TypesetSetup = {
  fonts: [here('./fonts/Inter-Regular.ttf'), here('./fonts/Inter-SemiBold.ttf')],
  folder: here('./fonts/'),
};

interface Waiting {
  readonly resolve: (result: Typeset) => void;
  readonly reject: (error: Error) => void;
  readonly job: TypesetJob;
}

let worker: Worker | null = null;
let limit: NodeJS.Timeout | undefined;
let current: { id: number; waiting: Waiting } | null = null;
let lastId = 0;
const queue: Waiting[] = [];

/** Sets one document; rejects when the template is wrong, no attempt fits, or it takes longer than 20 seconds. */
export function typeset(job: TypesetJob): Promise<Typeset> {
  return new Promise((resolve, reject) => {
    queue.push({ resolve, reject, job });
    next();
  });
}

/** Ends the thread at once; the next document starts a new one. Documents in work are rejected. */
export async function stopTypesetter(): Promise<void> {
  const ending = worker;
  drop(new Error('The typesetter was stopped.'));
  await ending?.terminate();
}

function next(): void {
  if (current || queue.length === 0) return;
  const waiting = queue.shift()!;
  lastId += 1;
  current = { id: lastId, waiting };
  worker ??= start();
  // Holds the process until the document is there; an idle thread does not.
  worker.ref();
  worker.postMessage({ id: current.id, ...waiting.job } satisfies TypesetRequest);
  limit = setTimeout(
    () => drop(new Error(`Setting the document took longer than ${LIMIT_MS / 1000} seconds.`)),
    LIMIT_MS,
  );
}

function start(): Worker {
  const started = new Worker(new URL('./typeset-worker.ts', import.meta.url), {
    workerData: setup,
    // Small, so that finished documents are collected early: what they hold outside this heap is not seen by V8.
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  started.on('message', (answer: TypesetAnswer) => {
    if (started !== worker || current?.id !== answer.id) return;
    const { waiting } = current;
    current = null;
    clearTimeout(limit);
    started.unref();
    if ('pdf' in answer) waiting.resolve({ pdf: answer.pdf, attempt: answer.attempt });
    else waiting.reject(new Error(answer.error));
    next();
  });
  started.on('error', (error) => {
    if (started === worker) drop(error instanceof Error ? error : new Error(String(error)));
  });
  started.on('exit', () => {
    if (started === worker) drop(new Error('The typesetter ended by itself.'));
  });
  return started;
}

/** Gives up the thread and what it was working on; whatever waits goes to a new one. */
function drop(error: Error): void {
  const ending = worker;
  const waiting = current?.waiting;
  worker = null;
  current = null;
  clearTimeout(limit);
  void ending?.terminate();
  waiting?.reject(error);
  next();
}
