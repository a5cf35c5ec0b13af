// defineRoute: one description of a verb, mounted by the server, called by the browser, printed as OpenAPI.
import type * as z from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Shape = z.ZodType;

export type RouteSpec = {
  /** Operation id, `accounts.list`. */
  id: string;
  method: Method;
  /** Starts with /api/v1; parameters in braces: `/api/v1/accounts/{id}`. */
  path: string;
  summary: string;
  /** A permission a room declares, or `public` (no session), or `signed-in` (any member). */
  permission: string;
  params?: Shape;
  query?: Shape;
  body?: Shape;
  /** `json` bodies are parsed by `body`; `file` takes one multipart file per part plus fields; `raw` is a byte stream. */
  accepts?: 'json' | 'file' | 'raw';
  answer?: Shape;
  /** `json`, or a byte stream that the use case names and types. */
  answers?: 'json' | 'stream' | 'events';
  status?: number;
  /** Codes of problems beyond the common ones, with their meaning. */
  problems?: Record<string, string>;
  /** Answers that are read often or big: checked against their shape in tests only, which halves the time of a page of fifty. */
  bulk?: boolean;
  /** Calls a minute from one address, for verbs that guess secrets. */
  limitPerMinute?: number;
};

export type Route<S extends RouteSpec = RouteSpec> = S;
export const defineRoute = <const S extends RouteSpec>(spec: S): Route<S> => spec;

type In<T> = T extends Shape ? z.input<T> : undefined;
type Out<T> = T extends Shape ? z.output<T> : undefined;
export type ParamsOf<S extends RouteSpec> = Out<S['params']>;
export type QueryOf<S extends RouteSpec> = Out<S['query']>;
export type BodyOf<S extends RouteSpec> = Out<S['body']>;
export type AnswerOf<S extends RouteSpec> = Out<S['answer']>;

/** What a caller passes: only the parts that the route has. */
export type CallInput<S extends RouteSpec> = (S['params'] extends Shape
  ? { params: In<S['params']> }
  : { params?: undefined }) &
  (S['query'] extends Shape
    ? Record<never, never> extends In<S['query']>
      ? { query?: In<S['query']> }
      : { query: In<S['query']> }
    : { query?: undefined }) &
  (S['body'] extends Shape ? { body: In<S['body']> } : { body?: undefined });

/** `/api/v1/accounts/{id}` + values → a path with query string. */
export function pathOf(route: RouteSpec, params?: unknown, query?: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(values[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
