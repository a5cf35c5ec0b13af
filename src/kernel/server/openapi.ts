// OpenAPI 3.1 from the routes: the same shapes that the server checks.
import * as z from 'zod';
import { problemShape } from '../contract/problem.ts';
import type { RouteSpec } from '../contract/route.ts';
import type { ServerModule } from './module.ts';

const schemas = new WeakMap<z.ZodType, Record<string, unknown>>();
export function jsonSchema(shape: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const known = io === 'output' ? schemas.get(shape) : undefined;
  if (known) return known;
  const { $schema: _drop, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Record<string, unknown>;
  if (io === 'output') schemas.set(shape, schema);
  return schema;
}

function parameters(spec: RouteSpec) {
  const list: unknown[] = [];
  for (const [where, shape] of [
    ['path', spec.params],
    ['query', spec.query],
  ] as const) {
    if (!shape) continue;
    const schema = jsonSchema(shape, 'input') as { properties?: Record<string, unknown>; required?: string[] };
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
function formSchema(spec: RouteSpec): Record<string, unknown> {
  const fields = spec.body ? jsonSchema(spec.body, 'input') : {};
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
  for (const m of modules) {
    for (const { spec } of m.routes) {
      const problem = {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
      const status = String(spec.status ?? (spec.answer || spec.answers ? 200 : 204));
      const content =
        spec.answers === 'stream'
          ? { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
          : spec.answers === 'events'
            ? { content: { 'text/event-stream': { schema: { type: 'string' } } } }
            : spec.answer
              ? { content: { 'application/json': { schema: jsonSchema(spec.answer, 'output') } } }
              : {};
      paths[spec.path] ??= {};
      paths[spec.path]![spec.method.toLowerCase()] = {
        operationId: spec.id,
        tags: [m.name],
        summary: spec.summary,
        description: `Permission: ${spec.permission}`,
        ...(spec.permission === 'public' ? { security: [] } : {}),
        parameters: parameters(spec),
        ...(spec.accepts === 'file'
          ? {
              requestBody: {
                content: {
                  'multipart/form-data': {
                    schema: formSchema(spec),
                  },
                },
              },
            }
          : spec.body
            ? {
                requestBody: {
                  required: true,
                  content: { 'application/json': { schema: jsonSchema(spec.body, 'input') } },
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
      schemas: { Problem: jsonSchema(problemShape, 'output') },
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
