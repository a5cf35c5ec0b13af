// Pure rules of the audit log: values as a person reads them.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Every id among the values of a row. */
export function uuidsIn(values: Record<string, unknown> | null): string[] {
  return Object.values(values ?? {}).filter((v): v is string => typeof v === 'string' && UUID.test(v));
}

/** A value as text; an id as its name, where one is known. */
export function textOf(value: unknown, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return (names.get(value) ?? value).slice(0, 2000);
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 2000);
}
