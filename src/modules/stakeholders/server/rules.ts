// Pure rules of the stakeholders room: reporting lines, cadence, role coverage.
import type { Preferences } from '../../settings/api.ts';
import { MUST_HAVE_PARTS, type Part } from '../api.ts';

/** True where letting `person` report to `manager` would close a circle. `managers`: person → manager at one account. */
export function closesCircle(managers: ReadonlyMap<string, string | null>, person: string, manager: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = manager; at !== null; at = managers.get(at) ?? null) {
    if (at === person || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

/**
 * The reporting lines of two sets of people as one, without a circle: what stands in `into` stays; of `from` comes what fits.
 * Answers only the lines to add.
 */
export function joinLines(
  into: ReadonlyMap<string, string | null>,
  from: ReadonlyMap<string, string | null>,
): { person: string; manager: string }[] {
  const lines = new Map(into);
  const added: { person: string; manager: string }[] = [];
  for (const [person, manager] of from) {
    if (manager === null || person === manager || !lines.has(person) || !lines.has(manager)) continue;
    if (lines.get(person) !== null || closesCircle(lines, person, manager)) continue;
    lines.set(person, manager);
    added.push({ person, manager });
  }
  return added;
}

/** Days between two contacts with somebody who has this part, where nobody chose otherwise. */
export function cadenceOf(part: Part | null, defaults: Preferences['cadenceDays']): number {
  if (part === 'champion' || part === 'decision_maker' || part === 'executive_sponsor') return defaults[part];
  return defaults.other;
}

/** Filled must-have parts of all must-have parts. */
export function coverageOf(parts: Iterable<Part>): { filled: number; of: number; ratio: number } {
  const filled = new Set([...parts].filter((p) => (MUST_HAVE_PARTS as readonly Part[]).includes(p))).size;
  return { filled, of: MUST_HAVE_PARTS.length, ratio: filled / MUST_HAVE_PARTS.length };
}

/** `Rose Gonzalez` from its parts, where nobody gave the whole name. */
export const nameFrom = (first: string | null | undefined, last: string | null | undefined): string =>
  [first, last].filter((p) => p).join(' ');
