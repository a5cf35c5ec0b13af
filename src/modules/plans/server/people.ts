// People at the account as the plan shows them: in words, and only as far as the reader may see our judgement.
import type { Ctx } from '../../../kernel/server/module.ts';
import { peopleAt as stakeholdersAt } from '../../stakeholders/server/index.ts';

const STANCES: Record<string, string> = {
  '-2': 'opposed',
  '-1': 'sceptical',
  '0': 'neutral',
  '1': 'supporter',
  '2': 'champion',
};

export type PersonInWords = { id: string; name: string; title: string; part: string; stance: string; contact: string };

export async function peopleAt(ctx: Ctx, accountId: string): Promise<PersonInWords[]> {
  return (await stakeholdersAt(ctx, accountId)).map((p) => {
    const role = p.accounts.find((a) => a.accountId === accountId);
    return {
      id: p.id,
      name: p.name,
      title: role?.title ?? '',
      part: !role?.part || role.part === 'none' ? '' : role.part.replaceAll('_', ' '),
      stance: role?.stance === null || role?.stance === undefined ? '' : (STANCES[String(role.stance)] ?? ''),
      contact: role ? `every ${role.cadenceDays} days` : '',
    };
  });
}
