// Values as text, for whoever shows one.

/** Any value as plain text: what it says, never "[object Object]". */
export const plainText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : (JSON.stringify(value) ?? '');
