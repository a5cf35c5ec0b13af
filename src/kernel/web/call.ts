// The browser's way to the public API: typed by the same routes that the server mounts.
import { Problem, type ProblemDocument } from '../contract/problem.ts';
import { type AnswerOf, type CallInput, pathOf, type RouteSpec } from '../contract/route.ts';

export type CallOptions = { signal?: AbortSignal; ifMatch?: number; idempotencyKey?: string };

/** Calls a route. Throws a Problem: `offline` (status 0) when the server cannot be reached, else what the server said. */
export async function call<S extends RouteSpec>(
  route: S,
  input: CallInput<S>,
  options: CallOptions = {},
): Promise<AnswerOf<S>> {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  let response: Response;
  try {
    response = await fetch(pathOf(route, params, query), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.ifMatch === undefined ? {} : { 'if-match': `"${options.ifMatch}"` }),
        ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw offline();
  }
  return answerOf(response) as Promise<AnswerOf<S>>;
}

const offline = () =>
  new Problem(0, 'offline', 'The server cannot be reached. Nothing is lost; try again in a moment.');

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  if (response.ok) return isJson ? response.json() : undefined;
  throw problemFrom(response.status, isJson ? await response.json().catch(() => null) : null);
}

function problemFrom(status: number, document: Partial<ProblemDocument> | null): Problem {
  if (status === 401) window.dispatchEvent(new Event('openkam:signed-out'));
  return new Problem(status, document?.code ?? 'unexpected', document?.title ?? 'Something went wrong.', {
    ...(document?.fields ? { fields: document.fields } : {}),
    ...(document?.current === undefined ? {} : { current: document.current }),
  });
}

/** Sends one or several files (field `file`) and text fields, with progress from 0 to 1. */
export function upload<S extends RouteSpec>(
  route: S,
  input: { params?: unknown; query?: unknown; files: File[]; fields?: Record<string, string> },
  options: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<AnswerOf<S>> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(input.fields ?? {})) form.append(key, value);
    for (const file of input.files) form.append('file', file, file.name);
    const request = new XMLHttpRequest();
    request.open(route.method, pathOf(route, input.params, input.query));
    request.upload.onprogress = (e) => e.lengthComputable && options.onProgress?.(e.loaded / e.total);
    request.onload = () => {
      let parsed: unknown = null;
      try {
        parsed = request.responseText ? JSON.parse(request.responseText) : undefined;
      } catch {
        // not JSON: the status says enough
      }
      if (request.status < 400) resolve(parsed as AnswerOf<S>);
      else reject(problemFrom(request.status, parsed as Partial<ProblemDocument> | null));
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

/**
 * Fetches a file that a verb makes, telling the bytes that came so far. Rejects with a Problem when the server refuses it, or when
 * the file ends before it is whole.
 */
export async function download<S extends RouteSpec>(
  route: S,
  input: CallInput<S>,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<{ file: Blob; fileName: string }> {
  const { params, query } = input as { params?: unknown; query?: unknown };
  const init = { method: route.method, credentials: 'same-origin' as const };
  try {
    const response = await fetch(pathOf(route, params, query), {
      ...init,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!response.ok || !response.body) await answerOf(response);
    let bytes = 0;
    const meter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        bytes += chunk.length;
        options.onBytes?.(bytes);
        out.enqueue(chunk);
      },
    });
    // The browser keeps a blob on disk when it is big.
    const file = await new Response(response.body!.pipeThrough(meter), {
      headers: { 'content-type': response.headers.get('content-type') ?? '' },
    }).blob();
    const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return { file, fileName: name ? decodeURIComponent(name) : 'file' };
  } catch (error) {
    if (error instanceof Problem || (error as Error).name === 'AbortError') throw error;
    throw offline();
  }
}

/** The address of a download, for a link. */
export const hrefOf = <S extends RouteSpec>(route: S, input: CallInput<S>): string => {
  const { params, query } = input as { params?: unknown; query?: unknown };
  return pathOf(route, params, query);
};
