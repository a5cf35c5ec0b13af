// Which days a question is about.
import { Temporal } from 'temporal-polyfill';
import type { FieldError } from '../../../kernel/contract/problem.ts';

export type Days = { from: string | null; to: string | null; asOf: string };

/**
 * Fills in the days that a question leaves out. A period without an end reaches to `asOf`, one without a beginning is twelve months long;
 * `asOf`, where somebody asks for it, is the last day that is looked at.
 */
export function daysOf(
  over: 'period' | 'day',
  asked: { from?: string | undefined; to?: string | undefined; asOf?: string | undefined },
  today: string,
): Days | FieldError[] {
  const asOf = asked.asOf ?? today;
  if (over === 'day') return { from: null, to: null, asOf };
  const wanted = asked.to ?? asOf;
  const to = asked.asOf !== undefined && asked.asOf < wanted ? asked.asOf : wanted;
  const from = asked.from ?? Temporal.PlainDate.from(to).subtract({ months: 12 }).toString();
  if (from > to) return [{ field: 'from', message: `The period ends on ${to}: choose an earlier first day` }];
  return { from, to, asOf };
}
