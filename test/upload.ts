// Sends files as a browser does: one multipart request with the file and its text fields.
import { type CallInput, pathOf, type RouteSpec } from '../src/kernel/contract/route.ts';
import type { Answered, Person, TestApp } from './app.ts';

export type TestFile = { name: string; type?: string; content: string | Uint8Array };

/** Calls a route that accepts files. `fields` are the text parts beside the file. */
export async function upload<S extends RouteSpec>(
  t: TestApp,
  as: Person | null,
  route: S,
  files: TestFile | TestFile[],
  input: { params?: CallInput<S>['params']; fields?: Record<string, string> } = {},
): Promise<Answered<S>> {
  const form = new FormData();
  for (const [key, value] of Object.entries(input.fields ?? {})) form.append(key, value);
  for (const file of [files].flat()) {
    const content = typeof file.content === 'string' ? file.content : new Uint8Array(file.content);
    form.append('file', new File([content], file.name, { type: file.type ?? 'application/octet-stream' }));
  }
  const packed = new Response(form);
  const response = await t.app.inject({
    method: route.method,
    url: pathOf(route, input.params),
    headers: {
      ...(as ? { authorization: `Bearer ${as.key}` } : {}),
      'content-type': packed.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await packed.arrayBuffer()),
  });
  const parsed: unknown = response.body ? JSON.parse(response.body) : undefined;
  return {
    status: response.statusCode,
    body: parsed as never,
    problem: parsed as never,
    headers: response.headers,
    raw: response.body,
  };
}
