// Joins class names; leaves out what is false, null or empty.
export type ClassPart = string | false | null | undefined | 0 | 0n;

export function cx(...parts: ClassPart[]): string {
  return parts.filter(Boolean).join(' ');
}
