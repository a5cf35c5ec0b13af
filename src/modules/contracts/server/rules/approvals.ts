// Who may give which discount, and who has to agree above it.
import type { Role } from '../../../../kernel/contract/access.ts';

export type Limits = Record<Role, number>;
/** Percent that a role may give without asking; a workspace changes them. */
export const DEFAULT_LIMITS: Limits = { admin: 10, head: 10, kam: 5, sponsor: 0, partner: 0, recruiter: 0, viewer: 0 };

export const limitOf = (limits: Partial<Limits>, role: Role): number => limits[role] ?? DEFAULT_LIMITS[role];

export type StepKind = 'head' | 'finance';

/**
 * The steps that a discount needs, in their order: a head when it is above one's own limit, then finance or legal when it is above the
 * head's limit as well. Heads and admins do not ask another head. None: it may be given.
 */
export function stepsFor(discount: number, role: Role, limits: Partial<Limits>): StepKind[] {
  if (discount <= limitOf(limits, role)) return [];
  const steps: StepKind[] = [];
  if (role !== 'head' && role !== 'admin') steps.push('head');
  if (discount > limitOf(limits, 'head') || !steps.length) steps.push('finance');
  return steps;
}

export type People = { id: string; role: Role }[];
/** Who decides a step: those named; else every head, or for finance every admin. Never who asked. */
export function approversOf(
  kind: StepKind,
  named: readonly string[],
  members: People,
  requester: string | null,
): string[] {
  const active = new Set(members.map((m) => m.id));
  const chosen = named.filter((id) => active.has(id) && id !== requester);
  if (chosen.length) return [...new Set(chosen)];
  const fallback = members.filter(
    (m) => m.id !== requester && (kind === 'head' ? m.role === 'head' : m.role === 'admin'),
  );
  if (fallback.length) return fallback.map((m) => m.id);
  return members.filter((m) => m.id !== requester && m.role === 'admin').map((m) => m.id);
}
