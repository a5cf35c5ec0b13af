// What is done with an action: shown at once, put back when the server refuses, taken back with Undo.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { toast } from '../../../ui/index.ts';
import { type Action, doAction, dropAction, listActions, reopenAction, updateAction } from '../api.ts';

type Change = Omit<NonNullable<CallInput<typeof updateAction>['body']>, 'version'>;
type Pages = { pages: { items: Action[] }[] };

/** Writes into every list on the screen; answers how to put it back. */
function paint(client: QueryClient, id: string, change: Partial<Action>): () => void {
  const before = client.getQueriesData({ queryKey: [listActions.id] });
  const touch = (items: Action[]) => items.map((a) => (a.id === id ? { ...a, ...change } : a));
  client.setQueriesData({ queryKey: [listActions.id] }, (data: unknown) => {
    if (!data || typeof data !== 'object') return data;
    if ('pages' in data) {
      const given = data as Pages;
      return { ...given, pages: given.pages.map((page) => ({ ...page, items: touch(page.items) })) };
    }
    return 'items' in data ? { ...data, items: touch((data as { items: Action[] }).items) } : data;
  });
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}

export function useActionVerbs() {
  const client = useQueryClient();
  return useMemo(() => {
    const again = () => refresh(client, ['actions.']);
    const turn = async (
      action: Action,
      route: typeof doAction | typeof reopenAction | typeof dropAction,
      status: Action['status'],
      title?: string,
    ): Promise<void> => {
      await client.cancelQueries({ queryKey: [listActions.id] });
      const back = paint(client, action.id, {
        status,
        overdue: false,
        doneAt: status === 'done' ? new Date().toISOString() : null,
      });
      try {
        await call(route, { params: { id: action.id } } as never);
        if (title)
          toast.show({
            title,
            text: action.title,
            action: {
              label: 'Undo',
              onAction: () =>
                void turn(
                  action,
                  action.status === 'open' ? reopenAction : action.status === 'done' ? doAction : dropAction,
                  action.status,
                ),
            },
          });
      } catch (error) {
        back();
        toast.show({ title: 'Not changed', text: (error as Error).message, tone: 'poor' });
      }
      await again();
    };
    return {
      done: (action: Action) => turn(action, doAction, 'done', 'Done'),
      reopen: (action: Action) => turn(action, reopenAction, 'open', 'Open again'),
      drop: (action: Action) => turn(action, dropAction, 'dropped', 'Dropped'),
      /** Throws the problem, so that the field keeps what was typed. */
      async change(action: Action, change: Change, names: Partial<Action> = {}) {
        await client.cancelQueries({ queryKey: [listActions.id] });
        const back = paint(client, action.id, { ...(change as Partial<Action>), ...names });
        try {
          const made = await call(updateAction, {
            params: { id: action.id },
            body: { version: action.version, ...change },
          });
          paint(client, action.id, made);
        } catch (error) {
          back();
          await again();
          if (error instanceof Problem && error.code === 'version_conflict' && error.current) {
            const [field] = Object.keys(change);
            throw new Error(clash(error.current as Action, field));
          }
          throw error;
        }
        await again();
      },
    };
  }, [client]);
}

/** Both stand before the reader: theirs in these words, their own still in the field. */
function clash(current: Action, field: string | undefined): string {
  const theirs = field === 'ownerId' ? current.ownerName : (current as Record<string, unknown>)[field ?? ''];
  return `A colleague changed this meanwhile; it now says “${String(theirs ?? 'nothing')}”. Yours is kept: save again to use it.`;
}
