// People at the account as the plan shows them: in words, and only as far as the reader may see our judgement.
import type { Tx } from '../../../kernel/server/database.ts';
import { stakeholdersAt } from './people-store.ts';

const STANCES: Record<string, string> = {
  '-2': 'opposed',
  '-1': 'sceptical',
  '0': 'neutral',
  '1': 'supporter',
  '2': 'champion',
};

export type PersonInWords = { id: string; name: string; title: string; part: string; stance: string; contact: string };

export async function peopleAt(tx: Tx, accountId: string): Promise<PersonInWords[]> {
  return (await stakeholdersAt(tx, accountId)).map((s) => ({
    id: s.id,
    name: s.name,
    title: s.title ?? '',
    part: s.part === null || s.part === 'none' ? '' : s.part.replaceAll('_', ' '),
    stance: s.stance === null ? '' : (STANCES[String(s.stance)] ?? ''),
    contact: s.cadence_days === null ? '' : `every ${s.cadence_days} days`,
  }));
}
