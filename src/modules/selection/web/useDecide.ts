// Deciding and taking back: the message offers an undo, and the lists ask again.
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../kernel/web/call.ts';
import { refresh, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { toast } from '../../../ui/index.ts';
import { decide as decideRoute, withdrawDecision } from '../api.ts';
import type { Decision } from '../rules.ts';
import { counted, DECIDED_WORD } from './words.ts';

export type DecisionItem = {
  accountId: string;
  name: string;
  decision: Decision;
  reason: string;
  nextReviewOn?: string;
};
const REFRESHES = ['selection.', 'accounts.'];
/** As many as the server takes in one go. */
const AT_ONCE = 200;

export function useDecide() {
  const client = useQueryClient();
  const verb = useVerb(decideRoute, { refreshes: REFRESHES });

  /** Withdraws decisions; `undo` is offered where the withdrawing itself was the wish. */
  const takeBack = async (ids: readonly string[], undo?: { label: string; onAction: () => void }) => {
    try {
      for (const id of ids) await call(withdrawDecision, { params: { id } });
      toast.show({
        title: ids.length === 1 ? 'Decision withdrawn' : `${ids.length} decisions withdrawn`,
        ...(undo ? { action: undo } : {}),
      });
    } catch (error) {
      toast.show({ title: 'Not withdrawn', text: asProblem(error).message, tone: 'poor' });
    }
    await refresh(client, REFRESHES);
  };

  /** Throws what the server says: over_capacity needs a yes from a person. */
  const decide = async (items: readonly DecisionItem[], acceptOverCapacity = false) => {
    const made: string[] = [];
    try {
      for (let from = 0; from < items.length; from += AT_ONCE) {
        const part = items.slice(from, from + AT_ONCE).map(({ name: _, ...item }) => item);
        const answer = await verb.mutateAsync({ body: { items: part, acceptOverCapacity } });
        made.push(...answer.items.map((d) => d.id));
      }
    } finally {
      const [only] = items;
      if (made.length > 0)
        toast.show({
          title:
            items.length === 1 && only
              ? `${only.name} is ${DECIDED_WORD[only.decision]}`
              : `${counted(made.length, 'account')} decided`,
          tone: 'good',
          action: { label: 'Undo', onAction: () => void takeBack(made) },
        });
    }
  };
  return { decide, takeBack, isBusy: verb.isPending };
}
