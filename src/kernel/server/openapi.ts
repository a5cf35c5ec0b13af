// OpenAPI 3.1 from the routes: the same shapes that the server checks.
import * as z from 'zod';
import { problemShape } from '../contract/problem.ts';
import type { RouteSpec } from '../contract/route.ts';
import type { ServerModule } from './module.ts';

type Schema = Record<string, unknown>;
/** Shapes that have a name (`.meta({ id })`) are written once and referred to. */
type Named = Map<string, Schema>;

const IN = '#/components/schemas/';
function jsonSchema(shape: z.ZodType, io: 'input' | 'output', named: Named): Schema {
  const {
    $schema: _drop,
    $defs = {},
    ...schema
  } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Schema & { $defs?: Record<string, Schema> };
  // What is asked for may differ from what is answered (defaults, further fields): then it has a name of its own.
  const nameOf = (name: string): string =>
    io === 'output' || JSON.stringify(named.get(name)) === JSON.stringify($defs[name]) ? name : `${name}Input`;
  const renamed = <T>(part: T): T =>
    JSON.parse(
      JSON.stringify(part).replace(/"#\/\$defs\/(\w+)"/g, (_, name: string) => JSON.stringify(IN + nameOf(name))),
    ) as T;
  for (const [name, def] of Object.entries($defs)) named.set(nameOf(name), renamed(def));
  return renamed(schema);
}

function parameters(spec: RouteSpec, named: Named) {
  const list: unknown[] = [];
  for (const [where, shape] of [
    ['path', spec.params],
    ['query', spec.query],
  ] as const) {
    if (!shape) continue;
    const schema = jsonSchema(shape, 'input', named) as { properties?: Record<string, unknown>; required?: string[] };
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      list.push({
        name,
        in: where,
        required: where === 'path' || (schema.required ?? []).includes(name),
        schema: property,
      });
    }
  }
  if (spec.method === 'POST')
    list.push({ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } });
  if (spec.method === 'PATCH' || spec.method === 'PUT')
    list.push({ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } });
  return list;
}

/** A file and the text fields beside it. */
function formSchema(spec: RouteSpec, named: Named): Schema {
  const fields: Schema = spec.body ? jsonSchema(spec.body, 'input', named) : {};
  const properties = (fields.properties ?? {}) as Record<string, unknown>;
  return {
    type: 'object',
    properties: { file: { type: 'string', format: 'binary' }, ...properties },
    required: ['file'],
  };
}

/** The whole API as one document; deterministic, so that it can be committed and compared. */
export function openapi(modules: readonly ServerModule[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const named: Named = new Map();
  jsonSchema(problemShape, 'output', named);
  for (const m of modules) {
    for (const { spec } of m.routes) {
      const problem = {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: `${IN}Problem` } } },
      };
      const status = String(spec.status ?? (spec.answer || spec.answers ? 200 : 204));
      const content =
        spec.answers === 'stream'
          ? { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
          : spec.answers === 'events'
            ? { content: { 'text/event-stream': { schema: { type: 'string' } } } }
            : spec.answer
              ? { content: { 'application/json': { schema: jsonSchema(spec.answer, 'output', named) } } }
              : {};
      paths[spec.path] ??= {};
      paths[spec.path]![spec.method.toLowerCase()] = {
        operationId: spec.id,
        tags: [m.name],
        summary: spec.summary,
        description: `Permission: ${spec.permission}`,
        ...(spec.permission === 'public' ? { security: [] } : {}),
        parameters: parameters(spec, named),
        ...(spec.accepts === 'file'
          ? {
              requestBody: {
                content: {
                  'multipart/form-data': {
                    schema: formSchema(spec, named),
                  },
                },
              },
            }
          : spec.body
            ? {
                requestBody: {
                  required: true,
                  content: { 'application/json': { schema: jsonSchema(spec.body, 'input', named) } },
                },
              }
            : {}),
        responses: { [status]: { description: 'Done', ...content }, default: problem },
        ...(spec.problems ? { 'x-problems': spec.problems } : {}),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenKAM',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Everything the pages of OpenKAM do, they do through this API.',
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'Authorization: Bearer okm_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'openkam.session_token' },
      },
    },
  };
}

/** The document as it is committed: indented, with a line end. */
export const openapiText = (modules: readonly ServerModule[], version: string): string =>
  `${JSON.stringify(openapi(modules, version), null, 2)}\n`;
