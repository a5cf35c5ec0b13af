// What an action hangs on besides its account, in a word, and where it leads.
import { Link } from '../../../ui/index.ts';
import type { Action } from '../api.ts';

const WORDS: Record<string, string> = {
  plan: 'Plan',
  goal: 'Goal of the plan',
  risk: 'Risk of the plan',
  person: 'Person',
  document: 'Document',
  review: 'Review',
};

function hrefOf({ linkKind, linkId, accountId }: Action): string | null {
  if (linkKind === 'person') return `/people/${linkId}`;
  if (!accountId) return null;
  if (linkKind === 'document') return `/accounts/${accountId}?tab=documents&document=${linkId}`;
  return linkKind && ['plan', 'goal', 'risk'].includes(linkKind) ? `/accounts/${accountId}?tab=plan` : null;
}

export function LinkWord({ action }: { action: Action }) {
  if (!action.linkKind || !action.linkId) return null;
  const word = WORDS[action.linkKind] ?? action.linkKind.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
  const href = hrefOf(action);
  return href ? (
    <Link href={href} tone="muted">
      {word}
    </Link>
  ) : (
    <span>{word}</span>
  );
}
