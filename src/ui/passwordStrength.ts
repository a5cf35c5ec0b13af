// A rough judgement of a password for the hint beside the field. The server decides what is allowed.

export type Strength = { score: 0 | 1 | 2 | 3 | 4; word: string; hint: string };

const common = [
  'password',
  'passwort',
  'qwerty',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  '123456',
  '111111',
  'abc123',
];

/** Length counts most; sameness and well-known words take away. */
export function passwordStrength(password: string): Strength {
  if (password === '')
    return { score: 0, word: 'Empty', hint: 'Four unrelated words are easy to keep in mind and hard to guess.' };
  const lower = password.toLowerCase();
  if (common.some((word) => lower.includes(word)) && password.length < 20) {
    return { score: 1, word: 'Weak', hint: 'It holds one of the words that are tried first.' };
  }
  const different = new Set(password).size;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const points = Math.min(password.length, different * 2) + kinds * 2;
  if (points < 12) return { score: 1, word: 'Weak', hint: 'Make it longer: twelve characters or more.' };
  if (points < 17) return { score: 2, word: 'Fair', hint: 'A few more characters make it strong.' };
  if (points < 23) return { score: 3, word: 'Good', hint: 'Do not use it anywhere else.' };
  return { score: 4, word: 'Strong', hint: 'Do not use it anywhere else.' };
}
