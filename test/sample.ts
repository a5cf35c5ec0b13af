// A smallest valid value for a shape, made from its JSON schema: lets tests call every route that there is, also those of tomorrow.
import * as z from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schema = {
  type?: string | string[];
  enum?: Json[];
  const?: Json;
  default?: Json;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
};

/** The schema with the shapes that have a name put in where they are referred to. */
export function schemaOf(shape: z.ZodType): Schema {
  const { $defs = {}, ...schema } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Schema & { $defs?: Record<string, Schema> };
  const whole = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(whole);
    if (typeof part !== 'object' || part === null) return part;
    const { $ref, ...rest } = part as Schema;
    const named = $ref ? $defs[$ref.slice('#/$defs/'.length)] : undefined;
    return named ? whole(named) : Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, whole(value)]));
  };
  return whole(schema) as Schema;
}

/** Required parts only. Where a pattern or a refinement asks for more, the census has a list of its own. */
export function sample(schema: Schema): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0] ?? null;
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sample(choice.find((s) => s.type !== 'null') ?? choice[0] ?? {});
  if (schema.allOf) return sample(Object.assign({}, ...schema.allOf) as Schema);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key))
          .map(([key, property]) => [key, sample(property)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    default:
      return type === 'null' ? null : 'anything';
  }
}

function text(schema: Schema): string {
  switch (schema.format) {
    case 'uuid':
      return crypto.randomUUID();
    case 'email':
      return `somebody.${crypto.randomUUID().slice(0, 8)}@example.com`;
    case 'date':
      return '2026-11-22';
    case 'date-time':
      return '2031-11-22T10:00:00.000Z';
    case 'uri':
      return 'https://example.com/';
  }
  for (const known of ['EUR', 'abc', 'some_key', '2026-11', 'a1'])
    if (schema.pattern && new RegExp(schema.pattern).test(known)) return known;
  return 'Sample text that is long enough for anything'.slice(0, Math.max(schema.minLength ?? 1, 12));
}
