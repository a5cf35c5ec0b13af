import { describe, expect, it } from 'vitest';
import { DEFAULT_LEVEL, LEVELS, ROLES } from '../../../kernel/contract/access.ts';
import { levelOptions, roleOptions, roomLabel, verbLabel } from './roleWords.ts';

describe('the words for rights', () => {
  it('name and explain every role and every level, in the order of the levels', () => {
    expect(roleOptions.map((r) => r.value)).toEqual([...ROLES]);
    expect(levelOptions.map((l) => l.value)).toEqual([...LEVELS]);
    for (const word of [...roleOptions, ...levelOptions]) expect(word.description).toMatch(/\.$/);
    expect(LEVELS).toEqual(expect.arrayContaining(Object.values(DEFAULT_LEVEL)));
  });

  it('turn a permission of any room into words', () => {
    expect(['accounts.write', 'accounts.assign', 'plans.signOff'].map(verbLabel)).toEqual([
      'Add and change',
      'Assign owners and sponsors',
      'Sign off',
    ]);
    expect(['people', 'selection'].map(roomLabel)).toEqual(['Members', 'Selection']);
  });
});
