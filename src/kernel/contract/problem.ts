// Errors as RFC 9457 problem documents. Rooms throw a Problem; the HTTP layer writes it out.
import * as z from 'zod';

export const fieldErrorShape = z.object({ field: z.string(), message: z.string(), code: z.string().optional() });
export type FieldError = z.infer<typeof fieldErrorShape>;

export const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    fields: z.array(fieldErrorShape).optional(),
    current: z.unknown().optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemShape>;

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldError[] | undefined;
  readonly current: unknown;
  constructor(status: number, code: string, message: string, more: { fields?: FieldError[]; current?: unknown } = {}) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.fields = more.fields;
    this.current = more.current;
  }
}

/** 404: it does not exist, or the actor may not know that it does. */
export const notFound = (what: string) =>
  new Problem(404, 'not_found', `There is no such ${what}, or you may not see it.`);
/** 403: the actor sees the thing but may not do this to it. */
export const forbidden = (message = 'Your role does not allow this.') => new Problem(403, 'forbidden', message);
/** 409: somebody else changed it first; `current` is how it stands now. */
export const staleVersion = (what: string, current?: unknown) =>
  new Problem(
    409,
    'version_conflict',
    `This ${what} was changed by somebody else since you opened it. Nothing was overwritten.`,
    { current },
  );
/** 409: the state of things does not allow it. */
export const conflict = (code: string, message: string, current?: unknown) =>
  new Problem(409, code, message, { current });
/** 422: bad input, all fields at once. */
export const invalid = (fields: FieldError[] | FieldError, message?: string) => {
  const list = Array.isArray(fields) ? fields : [fields];
  return new Problem(422, 'invalid', message ?? list.map((f) => `${f.field}: ${f.message}`).join('; '), {
    fields: list,
  });
};
