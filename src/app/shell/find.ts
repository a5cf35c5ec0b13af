// Search over everything, as commands of the palette.
import { createElement } from 'react';
import { call } from '../../kernel/web/call.ts';
import type { WebModule } from '../../kernel/web/module.ts';
import { searchEverything } from '../../modules/search/api.ts';
import type { Command } from '../../ui/CommandPalette.tsx';

/** Finds in every room; each hit leads where its room says. */
export async function findEverywhere(
  modules: readonly WebModule[],
  query: string,
  signal: AbortSignal,
): Promise<Command[]> {
  const places = new Map(modules.flatMap((m) => Object.entries(m.hits ?? {})));
  const { items } = await call(searchEverything, { query: { q: query, limit: 20 } }, { signal });
  return items.flatMap((hit) => {
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
