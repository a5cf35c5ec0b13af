// Saved ways to look at the portfolio: some that everybody has, one's own, and those shared by colleagues.
import { useMemo } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import type { UrlState } from '../../../kernel/web/urlState.ts';
import { type SavedView, SavedViewTabs, toast } from '../../../ui/index.ts';
import { createView, deleteView, listViews, updateView } from '../../settings/api.ts';
import { sameView, VIEW_KEYS, viewState } from './portfolioState.ts';

const PAGE = 'portfolio';

type Props = { state: UrlState; setState: (change: UrlState, options?: { push?: boolean }) => void };

export function PortfolioViews({ state, setState }: Props) {
  const { member } = useSession();
  const may = useMay();
  const stored = useCall(listViews, { query: { page: PAGE } }, { staleTime: 60_000 });
  const refreshes = { refreshes: ['views.'] };
  const create = useVerb(createView, refreshes);
  const update = useVerb(updateView, refreshes);
  const remove = useVerb(deleteView, refreshes);

  const views = useMemo(() => {
    const own: (SavedView & { state: Record<string, unknown> })[] = [
      { id: 'all', name: 'All accounts', isBuiltIn: true, state: {} },
      { id: 'mine', name: 'Mine', isBuiltIn: true, state: { f: `ownerId.isAnyOf.${member.id}` } },
      {
        id: 'soon',
        name: 'Renewing soon',
        isBuiltIn: true,
        state: { f: 'renewalOn.inNextDays.90', sort: 'renewalOn' },
      },
      ...(stored.data?.items ?? []).map((v) => ({ id: v.id, name: v.name, isShared: v.shared, state: v.state })),
    ];
    return own;
  }, [stored.data, member.id]);

  const now = viewState(state);
  const selected = views.find((v) => v.id === state.v) ?? views[0]!;
  const show = (id: string) => {
    const view = views.find((v) => v.id === id);
    if (!view) return;
    const next: UrlState = { v: id === 'all' ? undefined : id };
    for (const key of VIEW_KEYS) next[key] = typeof view.state[key] === 'string' ? view.state[key] : undefined;
    setState(next, { push: true });
  };
  const fail = (error: Error) => toast.show({ title: 'The view was not saved', text: error.message, tone: 'poor' });
  const kept = stored.data?.items.find((v) => v.id === selected.id);
  const canSave = may('settings.views') && stored.isSuccess;
  return (
    <SavedViewTabs
      className="flex-1 flex-nowrap!"
      views={views}
      selected={selected.id}
      onSelect={show}
      isChanged={!sameView(now, selected.state)}
      onReset={() => show(selected.id)}
      {...(canSave
        ? {
            onSaveAs: (name: string) =>
              create.mutate(
                { body: { page: PAGE, name, state: now } },
                { onSuccess: (view) => setState({ v: view.id }), onError: fail },
              ),
          }
        : {})}
      {...(kept?.can.update
        ? {
            onSave: () =>
              update.mutate(
                { params: { id: kept.id }, body: { state: now, version: kept.version } },
                { onSuccess: () => toast.show({ title: 'View saved', tone: 'good' }), onError: fail },
              ),
            onRename: (id: string, name: string) =>
              update.mutate({ params: { id }, body: { name, version: kept.version } }, { onError: fail }),
          }
        : {})}
      {...(kept?.can.delete
        ? {
            onDelete: (id: string) =>
              remove.mutate(
                { params: { id } },
                {
                  onSuccess: () => {
                    show('all');
                    toast.show({
                      title: `View “${kept.name}” deleted`,
                      action: {
                        label: 'Undo',
                        onAction: () =>
                          create.mutate({
                            body: { page: PAGE, name: kept.name, shared: kept.shared, state: kept.state },
                          }),
                      },
                    });
                  },
                  onError: fail,
                },
              ),
          }
        : {})}
    />
  );
}
