// A bar for the person who watches, nothing for a script; always on standard error, so that results stay clean.
import { progress as bar } from '@clack/prompts';
import type { Progress } from '../../kernel/server/backup.ts';
import type { Io } from './installation.ts';

export async function withProgress<T>(io: Io, title: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  if (!io.watched) return work(() => {});
  const steps = 1000;
  const shown = bar({ max: steps, output: process.stderr });
  let at = 0;
  shown.start(title);
  try {
    const result = await work((done, total, what) => {
      const now = total ? Math.floor((done / total) * steps) : 0;
      if (now > at) shown.advance(now - at, `${title}: ${what}`);
      at = Math.max(at, now);
    });
    shown.clear();
    return result;
  } catch (error) {
    shown.clear();
    throw error;
  }
}
