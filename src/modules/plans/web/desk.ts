/**
 * Where one plan is edited: holds what is saved (`base`) and what stands on the screen (`mine`), saves changed blocks a
 * moment after the last key, keeps what is unsent in this browser, and merges with what others saved meanwhile. Each tab has a
 * desk and a draft of its own; a draft whose tab is gone comes to the next desk of the plan.
 */
import { Problem } from '../../../kernel/contract/problem.ts';
import { draftKeys, holdDraft, readDraft, tabId, whenLeft, writeDraft } from '../../../kernel/web/draft.ts';
import type { PlanPage } from '../api.ts';
import { BLOCK_KEYS, type BlockKey, type MergeConflict, mergePlans, type Plan } from '../rules.ts';

/** `refused`: the server will not take it as it is; `unreachable`: it is tried again by itself. */
export type DeskState = 'saved' | 'unsaved' | 'saving' | 'unreachable' | 'refused';

export type Clash = {
  /** Another one has another number. */
  readonly no: number;
  /** What the same person left unsent in a tab that is gone, not what somebody saved. */
  readonly isOwn: boolean;
  readonly base: Plan;
  readonly mine: Plan;
  readonly theirs: Plan;
  readonly merged: Plan;
  readonly conflicts: readonly MergeConflict[];
  /** Whose changes; null where the history does not say. */
  readonly by: string | null;
};

export type DeskView = {
  readonly page: PlanPage;
  readonly plan: Plan;
  readonly state: DeskState;
  readonly savedAt: string | null;
  readonly problem: Problem | null;
  readonly clash: Clash | null;
};

type Parts = { content: Partial<Plan['content']>; care: Partial<Plan['care']> };
type Draft = { tab: string; version: number; base: Parts; mine: Parts };

export type DeskDoors = {
  save: (body: { version: number } & Parts) => Promise<PlanPage>;
  /** Who saved last, for "Merged with changes by …". */
  lastAuthor: () => Promise<string | null>;
  /** A merge without contradictions happened. */
  onMerged: (by: string | null) => void;
  /** Answers of the server that other parts of the app show too. */
  onPage: (page: PlanPage) => void;
};

export type Desk = {
  view: () => DeskView;
  subscribe: (listener: () => void) => () => void;
  edit: (change: (plan: Plan) => Plan) => void;
  /** Saves now; resolves when nothing is left to send or it cannot be sent. */
  flush: () => Promise<boolean>;
  /** The server's answer arrived by another way: a refresh, a review. */
  adopt: (page: PlanPage) => void;
  /** Decides a clash: these conflicts keep what I typed. */
  decide: (mine: ReadonlySet<MergeConflict>) => void;
};

const SAVE_AFTER_MS = 800;
const RETRY_AFTER_MS = [2000, 4000, 8000, 15_000];

const planOf = ({ content, care }: Plan): Plan => ({ content, care });

/** Says the same, whatever the order of its keys: a merge and the server may each order them their own way. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && same(left[key], right[key]))
  );
}

/** The blocks in which `after` differs. */
function changedParts(before: Plan, after: Plan): Parts {
  const parts: Parts = { content: {}, care: {} };
  for (const key of BLOCK_KEYS) {
    if (!same(before.content[key], after.content[key])) Object.assign(parts.content, { [key]: after.content[key] });
    if (!same(before.care[key], after.care[key])) parts.care[key] = after.care[key];
  }
  return parts;
}
const withParts = (plan: Plan, parts: Parts): Plan => ({
  content: { ...plan.content, ...parts.content },
  care: { ...plan.care, ...parts.care },
});
/** The blocks of `parts` as they stand in `plan`. */
const sameParts = (plan: Plan, parts: Parts): Parts => ({
  content: Object.fromEntries(Object.keys(parts.content).map((key) => [key, plan.content[key as BlockKey]])),
  care: Object.fromEntries(Object.keys(parts.care).map((key) => [key, plan.care[key as BlockKey]])),
});
const isEmpty = (parts: Parts) => Object.keys(parts.content).length + Object.keys(parts.care).length === 0;

/** An action whose goal is gone keeps standing, without the link. */
export function tidy(plan: Plan): Plan {
  const goals = new Set(plan.content.goals.items.map(({ id }) => id));
  const isLost = ({ goalId }: { goalId: string | null }) => goalId !== null && !goals.has(goalId);
  if (!plan.content.strategy.items.some(isLost)) return plan;
  const items = plan.content.strategy.items.map((action) => (isLost(action) ? { ...action, goalId: null } : action));
  return { ...plan, content: { ...plan.content, strategy: { items } } };
}

/** Opens the desk of a plan; what was typed and not sent before is on it again. `plan` names this person and plan. */
export function openDesk(plan: string, opened: PlanPage, doors: DeskDoors): Desk {
  const tab = tabId();
  const draftKey = `${plan}:${crypto.randomUUID()}`;
  let clashes = 0;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  /** To do once the clash is decided. */
  let decided: (() => void)[] = [];
  let base = planOf(opened);
  let version = opened.version;
  let view: DeskView = {
    page: opened,
    plan: base,
    state: 'saved',
    savedAt: null,
    problem: null,
    clash: null,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<boolean> | null = null;
  let failures = 0;

  const show = (change: Partial<DeskView>) => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  };
  const keep = () => {
    const mine = changedParts(base, view.plan);
    const draft: Draft = { tab, version, base: sameParts(base, mine), mine };
    writeDraft(draftKey, isEmpty(mine) ? null : draft);
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };

  /** Others saved since my base: brings both together. True when it could be done without asking. */
  async function meet(theirs: PlanPage): Promise<boolean> {
    const mine = view.plan;
    const { merged, conflicts } = mergePlans(base, mine, planOf(theirs));
    const wasTyped = !isEmpty(changedParts(base, mine));
    if (conflicts.length > 0) {
      const by = await doors.lastAuthor().catch(() => null);
      // Typed on while the name was asked for: the newest text counts.
      const now = mergePlans(base, view.plan, planOf(theirs));
      const clash = { no: ++clashes, isOwn: false, base, mine: view.plan, theirs, ...now, by };
      show({ clash, page: theirs, state: 'unsaved' });
      return false;
    }
    base = planOf(theirs);
    version = theirs.version;
    show({ plan: tidy(merged), page: theirs });
    keep();
    if (wasTyped) void doors.lastAuthor().then(doors.onMerged, () => doors.onMerged(null));
    return true;
  }

  async function send(): Promise<boolean> {
    for (;;) {
      if (view.clash) return false;
      const sent = tidy(view.plan);
      const parts = changedParts(base, sent);
      if (isEmpty(parts)) {
        keep();
        show({ state: 'saved', problem: null });
        return true;
      }
      show({ state: 'saving', problem: null });
      try {
        const answer = await doors.save({ version, ...parts });
        failures = 0;
        // What was typed while it was under way stays on top of what is saved now.
        const rest = mergePlans(sent, view.plan, planOf(answer)).merged;
        base = planOf(answer);
        version = answer.version;
        show({ plan: rest, page: answer, savedAt: new Date().toISOString() });
        keep();
        doors.onPage(answer);
        if (isEmpty(changedParts(base, view.plan))) continue;
        show({ state: 'unsaved' });
        later(SAVE_AFTER_MS);
        return false;
      } catch (error) {
        const problem =
          error instanceof Problem ? error : new Problem(0, 'unexpected', 'It could not be saved. It is tried again.');
        if (problem.code === 'version_conflict' && problem.current) {
          if (await meet(problem.current as PlanPage)) continue;
          return false;
        }
        const isPassing = problem.status === 0 || problem.status === 429 || problem.status >= 500;
        show({ state: isPassing ? 'unreachable' : 'refused', problem });
        if (isPassing) {
          later(RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length - 1)]!);
          failures += 1;
        }
        return false;
      }
    }
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer);
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  }

  /** What a page that is gone had not sent. It stays stored until it is on this desk and in this desk's own draft. */
  function take(key: string): void {
    const draft = readDraft<Draft>(key);
    if (!draft) return;
    if (view.clash) {
      const stop = subscribe(() => {
        if (view.clash) return;
        stop();
        take(key);
      });
      return;
    }
    const was = withParts(base, draft.base);
    const typed = withParts(base, draft.mine);
    const isOwn = !isEmpty(changedParts(base, view.plan));
    // What stands here was typed later than what was left behind; what others saved was not typed here at all.
    const [mine, theirs] = isOwn ? [view.plan, typed] : [typed, view.plan];
    const { merged, conflicts } = mergePlans(was, mine, theirs);
    if (conflicts.length === 0) {
      show({ plan: tidy(merged), state: 'unsaved' });
      keep();
      writeDraft(key, null);
      later(SAVE_AFTER_MS);
      return;
    }
    const clash = { no: ++clashes, isOwn, base: was, mine, theirs, merged, conflicts, by: null };
    show({ plan: mine, state: 'unsaved', clash });
    keep();
    // Beside what stands here the other text is in the dialog alone, so it stays stored until somebody has chosen.
    if (isOwn) decided.push(() => writeDraft(key, null));
    else {
      writeDraft(key, null);
      void doors.lastAuthor().then(
        (by) => view.clash === clash && show({ clash: { ...clash, by } }),
        () => undefined,
      );
    }
  }
  holdDraft(draftKey);
  for (const key of draftKeys(plan)) {
    // The same tab loaded anew has it back at once; of others only what is left when they are gone.
    if (readDraft<Draft>(key)?.tab === tab) take(key);
    else whenLeft(key, () => take(key));
  }
  window.addEventListener('online', () => {
    if (view.state === 'unreachable') void flush();
  });

  return {
    view: () => view,
    subscribe,
    edit(change) {
      const plan = change(view.plan);
      if (plan === view.plan) return;
      const isDown = view.state === 'unreachable';
      show({ plan, state: isDown || view.state === 'saving' ? view.state : 'unsaved' });
      keep();
      if (!sending) later(isDown && failures > 1 ? RETRY_AFTER_MS[1]! : SAVE_AFTER_MS);
    },
    flush,
    adopt(page) {
      if (page.id !== view.page.id || page.version < version || sending || view.clash) return;
      if (page.version === version) {
        if (page !== view.page) show({ page });
        if (view.state === 'unreachable' || view.state === 'refused') later(0);
        return;
      }
      void meet(page).then((isDone) => isDone && (isEmpty(changedParts(base, view.plan)) || later(SAVE_AFTER_MS)));
    },
    decide(kept) {
      const { clash } = view;
      if (!clash) return;
      let plan = clash.merged;
      for (const conflict of clash.conflicts) if (kept.has(conflict)) plan = withMine(plan, clash.mine, conflict);
      base = planOf(view.page);
      version = view.page.version;
      view = { ...view, plan: tidy(plan), state: 'unsaved' };
      keep();
      for (const done of decided) done();
      decided = [];
      show({ clash: null });
      void flush();
    },
  };
}

/** The plan with my side of one conflict. */
export function withMine(plan: Plan, mine: Plan, conflict: MergeConflict): Plan {
  const { block } = conflict;
  if (conflict.kind === 'field' && conflict.field === 'ownerId' && conflict.list === null) {
    return { ...plan, care: { ...plan.care, [block]: { ...plan.care[block], ownerId: conflict.mine } } };
  }
  const held = plan.content[block] as unknown as Record<string, unknown>;
  const put = (change: Record<string, unknown>): Plan => ({
    ...plan,
    content: { ...plan.content, [block]: { ...held, ...change } },
  });
  if (conflict.kind === 'field' && conflict.list === null) return put({ [conflict.field]: conflict.mine });
  const list = conflict.list!;
  type Item = { id: string };
  const items = held[list] as Item[];
  if (conflict.kind === 'field') {
    return put({
      [list]: items.map((item) => (item.id === conflict.itemId ? { ...item, [conflict.field]: conflict.mine } : item)),
    });
  }
  if (conflict.removedBy === 'mine') return put({ [list]: items.filter((item) => item.id !== conflict.itemId) });
  const typed = ((mine.content[block] as unknown as Record<string, Item[]>)[list] ?? []).find(
    (item) => item.id === conflict.itemId,
  );
  return typed && !items.some((item) => item.id === typed.id) ? put({ [list]: [...items, typed] }) : plan;
}
