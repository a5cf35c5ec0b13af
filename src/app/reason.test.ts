import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason.ts';

const error = (code: string, message: string) => Object.assign(new Error(message), { code });

describe('why the server or a command cannot go on', () => {
  it('a database that is not there is named with what to look at', () => {
    expect(reasonOf(error('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'))).toBe(
      'The database does not answer: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL, the network and that server.',
    );
    expect(reasonOf(error('3D000', 'database "x" does not exist'))).toMatch(/^The database is not there: database "x"/);
  });

  it('a full disk and missing rights are said so', () => {
    expect(reasonOf(error('ENOSPC', 'write'))).toMatch(/^There is no space left/);
    expect(reasonOf(error('EACCES', 'open /x'))).toBe('This user may not do that: open /x');
  });

  it('anything else keeps its own words', () => {
    expect(reasonOf(new Error('odd'))).toBeNull();
    expect(reasonOf(error('23505', 'duplicate key'))).toBeNull();
  });
});
