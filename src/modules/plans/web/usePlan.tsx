// The plan that is being edited, for all parts of its page: one desk a plan, which outlives leaving the page.
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { call } from '../../../kernel/web/call.ts';
import { keyOf, queryClient, refresh } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { toast, useFormatSettings } from '../../../ui/index.ts';
import { getPlan, type PlanPage, planHistory, reviewBlock, updatePlan } from '../api.ts';
import { type BlockKey, completeness, type Plan, type PlanContent } from '../rules.ts';
import { type Desk, type DeskView, openDesk } from './desk.ts';
import { type Names, sayer } from './words.ts';

const GIVE_UP_AFTER_MS = 20_000;
const desks = new Map<string, Desk>();
/** Names of colleagues who were picked here and are not in the server's answer yet. */
const picked = new Map<string, string>();

function deskOf(memberId: string, page: PlanPage): Desk {
  const key = `plan:${memberId}:${page.id}`;
  const open = desks.get(key);
  if (open) return open;
  const { id } = page;
  const desk = openDesk(key, page, {
    // A request that never ends would hold back everything typed after it. If it was heard after all, the next one meets its own words.
    save: (body) => call(updatePlan, { params: { id }, body }, { signal: AbortSignal.timeout(GIVE_UP_AFTER_MS) }),
    lastAuthor: async () => (await call(planHistory, { params: { id }, query: { limit: 1 } })).items[0]?.by ?? null,
    onMerged: (by) =>
      toast.show({ title: by ? `Merged with changes by ${by}` : 'Merged with changes made elsewhere', tone: 'good' }),
    onPage: (answer) => {
      queryClient.setQueryData(keyOf(getPlan, { params: { id } }), answer);
      void refresh(queryClient, ['plans.list', 'plans.history']);
    },
  });
  desks.set(key, desk);
  return desk;
}

type Held = {
  desk: Desk;
  view: DeskView;
  canEdit: boolean;
  names: Names;
  say: ReturnType<typeof sayer>;
};
const Current = createContext<Held | null>(null);

export function PlanProvider({ page, children }: { page: PlanPage; children: ReactNode }) {
  const { member } = useSession();
  const { locale } = useFormatSettings();
  const desk = deskOf(member.id, page);
  const view = useSyncExternalStore(desk.subscribe, desk.view);
  useEffect(() => desk.adopt(page), [desk, page]);
  // Leaving the page saves at once; what cannot be sent stays in this browser.
  useEffect(() => () => void desk.flush(), [desk]);
  const { members, people } = view.page;
  const goals = view.plan.content.goals.items;
  const held = useMemo(() => {
    const names: Names = {
      members: new Map([...picked, ...members.map((m) => [m.id, m.name] as const)]),
      people: new Map(people.map((p) => [p.id, p.name])),
      goals: new Map(goals.map((g) => [g.id, g.text])),
    };
    return { names, say: sayer(locale, names) };
  }, [members, people, goals, locale]);
  return (
    <Current value={{ desk, view, canEdit: view.page.can.update && view.page.archivedAt === null, ...held }}>
      {children}
    </Current>
  );
}

export function usePlan(): Held {
  const held = useContext(Current);
  if (!held) throw new Error('usePlan needs a plan around it');
  return held;
}

export const rememberMember = (id: string, name: string): void => {
  picked.set(id, name);
};

/** One block and the way to change it. */
export function useBlock<K extends BlockKey>(key: K) {
  const { desk, view, canEdit } = usePlan();
  const block = view.plan.content[key];
  const set = useCallback(
    (change: Partial<PlanContent[K]> | ((block: PlanContent[K]) => Partial<PlanContent[K]>)) =>
      desk.edit((plan) => {
        const held = plan.content[key];
        const next = typeof change === 'function' ? change(held) : change;
        return { ...plan, content: { ...plan.content, [key]: { ...held, ...next } } };
      }),
    [desk, key],
  );
  const setOwner = useCallback(
    (ownerId: string | null) =>
      desk.edit((plan) => ({ ...plan, care: { ...plan.care, [key]: { ...plan.care[key], ownerId } } })),
    [desk, key],
  );
  return { block, set, care: view.plan.care[key], setOwner, canEdit };
}

/** Completeness of what is on the screen, unsaved parts included. */
export function useCompleteness() {
  const { content } = usePlan().view.plan;
  return useMemo(() => completeness(content), [content]);
}

/** "Still true": sends what is typed first, then confirms the blocks as they stand. */
export function useReview(): (blocks: BlockKey[]) => Promise<void> {
  const { desk, view } = usePlan();
  const client = useQueryClient();
  return async (blocks) => {
    try {
      if (!(await desk.flush())) {
        toast.show({
          title: 'Save first',
          text: 'Your last changes are not saved yet. Try again in a moment.',
          tone: 'watch',
        });
        return;
      }
      const page = await call(reviewBlock, { params: { id: view.page.id }, body: { blocks } });
      desk.adopt(page);
      client.setQueryData(keyOf(getPlan, { params: { id: page.id } }), page);
      await refresh(client, ['plans.list', 'plans.history']);
    } catch (error) {
      toast.show({ title: 'Not reviewed', text: (error as Error).message, tone: 'poor' });
    }
  };
}

export type { Plan };
