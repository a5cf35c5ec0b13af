// Search over everything, as commands of the palette.
import { createElement } from 'react';
import { call } from '../../kernel/web/call.ts';
import type { WebModule } from '../../kernel/web/module.ts';
import { listAccounts } from '../../modules/accounts/api.ts';
import type { Command } from '../../ui/CommandPalette.tsx';

type Hit = { type: string; id: string; accountId: string | null; title: string; subtitle: string };

/** Finds in every room; each hit leads where its room says. */
export async function findEverywhere(
  modules: readonly WebModule[],
  query: string,
  signal: AbortSignal,
): Promise<Command[]> {
  const places = new Map(modules.flatMap((m) => Object.entries(m.hits ?? {})));
  const { items } = await call(listAccounts, { query: { q: query, limit: 12 } }, { signal });
  const hits: Hit[] = items.map((a) => ({
    type: 'account',
    id: a.id,
    accountId: a.id,
    title: a.name,
    subtitle: [a.parentName, a.tier, a.ownerName].filter(Boolean).join(' · '),
  }));
  return hits.flatMap((hit) => {
    const place = places.get(hit.type);
    if (!place) return [];
    return {
      id: `${hit.type}:${hit.id}`,
      label: hit.title,
      hint: hit.subtitle,
      group: place.label,
      icon: createElement(place.icon),
      href: place.href(hit),
    };
  });
}
