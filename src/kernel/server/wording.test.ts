// What a person reads beside a field that does not fit.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plainWords } from './wording.ts';

const said = (shape: z.ZodType, value: unknown) =>
  shape.safeParse(value, { error: plainWords }).error?.issues.map((i) => i.message);

describe('what does not fit is said in plain words', () => {
  it.each([
    ['a field left out', z.string(), undefined, 'Required'],
    ['a choice left out', z.enum(['low', 'high']), undefined, 'Required'],
    ['a number for a text', z.string(), 5, 'Give a text'],
    ['a text for a number', z.number(), 'x', 'Give a number'],
    ['a fraction for a count', z.int(), 1.5, 'Give a whole number'],
    ['a day that no month has', z.iso.date(), '2026-02-30', 'Give a day such as 2026-02-28'],
    ['another choice', z.enum(['low', 'high']), 'middle', 'Use one of: low, high'],
    ['too much', z.number().max(100), 200, '100 at most'],
    ['nothing where something is meant', z.number().gt(0), 0, 'More than 0'],
    ['too long', z.string().max(3), 'four', '3 characters at most'],
    ['too few', z.array(z.string()).min(2), ['a'], '2 entries at least'],
    ['words of the contract', z.string().min(1, 'Say what was corrected'), '', 'Say what was corrected'],
  ])('%s', (_, shape, value, words) => {
    expect(said(shape, value)).toEqual([words]);
  });
});
