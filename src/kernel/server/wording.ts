// Plain words for what does not fit a contract, where the contract has none of its own: readers see them beside the field.
import type * as z from 'zod';

const KINDS: Record<string, string> = {
  string: 'Give a text',
  number: 'Give a number',
  int: 'Give a whole number',
  boolean: 'Say true or false',
  array: 'Give a list',
  object: 'Give an object',
};
const FORMATS: Record<string, string> = {
  date: 'Give a day such as 2026-02-28',
  datetime: 'Give a moment such as 2026-02-28T09:30:00Z',
  uuid: 'This is no id',
  email: 'Give an e-mail address',
  url: 'Give an address such as https://example.com',
};
const UNITS: Record<string, string> = { string: ' characters', array: ' entries', set: ' entries' };

/** The words for an issue; undefined: zod's own. */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Required' : KINDS[issue.expected];
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'invalid_value':
      return issue.input === undefined ? 'Required' : `Use one of: ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      if (issue.inclusive === false) return `Less than ${issue.maximum}`;
      return `${issue.maximum}${UNITS[issue.origin] ?? ''} at most`;
    case 'too_small':
      if (issue.inclusive === false) return `More than ${issue.minimum}`;
      return `${issue.minimum}${UNITS[issue.origin] ?? ''} at least`;
    default:
      return undefined;
  }
};
