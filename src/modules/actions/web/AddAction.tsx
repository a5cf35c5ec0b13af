// Adding or changing an action in a dialog. What was typed survives.
import { useId, useState } from 'react';
import type { Problem } from '../../../kernel/contract/problem.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  ConflictNotice,
  Dialog,
  type Option,
  Select,
  TextArea,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { AccountField, MemberField } from '../../accounts/web/index.ts';
import { type Action, createAction, PRIORITIES, updateAction } from '../api.ts';

type Form = {
  title: string;
  owner: Option | null;
  dueOn: string | null;
  priority: Action['priority'];
  account: Option | null;
  notes: string;
};
const plain = (option: Option | null) => option && { value: option.value, label: option.label };
const option = (id: string | null, name: string | null): Option | null =>
  id ? { value: id, label: name ?? 'An account that you do not see' } : null;
const formOf = (a: Action): Form => ({
  title: a.title,
  owner: option(a.ownerId, a.ownerName),
  dueOn: a.dueOn,
  priority: a.priority,
  account: option(a.accountId, a.accountName),
  notes: a.notes,
});
const PRIORITY_WORDS: Record<Action['priority'], string> = { low: 'Low', normal: 'Normal', high: 'High' };
const LABELS: Record<string, string> = {
  title: 'Action',
  ownerId: 'Owner',
  dueOn: 'Due',
  priority: 'Priority',
  accountId: 'Account',
  notes: 'Notes',
};

function bodyOf(form: Form) {
  return {
    title: form.title.trim(),
    ownerId: form.owner?.value ?? null,
    dueOn: form.dueOn,
    priority: form.priority,
    accountId: form.account?.value ?? null,
    notes: form.notes,
  };
}
type Body = ReturnType<typeof bodyOf>;
/** Only what differs, so that a colleague's other changes stay. */
const changed = (before: Body, now: Body): Partial<Body> =>
  Object.fromEntries(
    (Object.keys(now) as (keyof Body)[]).filter((key) => before[key] !== now[key]).map((key) => [key, now[key]]),
  );

function shown(form: Form, key: string): string {
  if (key === 'ownerId') return form.owner?.label ?? '–';
  if (key === 'accountId') return form.account?.label ?? '–';
  if (key === 'priority') return PRIORITY_WORDS[form.priority];
  return String(form[key as keyof Form] ?? '') || '–';
}

type Props = {
  onClose: () => void;
  /** Where it is added; without it the account is asked. */
  accountId?: string;
  /** The one that is changed; without it a new one is made. */
  action?: Action;
};

export default function AddAction({ onClose, accountId, action }: Props) {
  const id = useId();
  const { member } = useSession();
  const start: Form = action
    ? formOf(action)
    : {
        title: '',
        owner: { value: member.id, label: member.name },
        dueOn: null,
        priority: 'normal',
        account: null,
        notes: '',
      };
  const [draft, setDraft] = useDraft<Form>(action ? `actions.${action.id}` : `actions.new${accountId ?? ''}`);
  const form = draft ?? start;
  const set = (change: Partial<Form>) => setDraft({ ...form, ...change });
  const [base, setBase] = useState(action);
  const [theirs, setTheirs] = useState<Action | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const create = useVerb(createAction, { refreshes: ['actions.'] });
  const update = useVerb(updateAction, { refreshes: ['actions.'] });
  const isBusy = create.isPending || update.isPending;
  const isReady = form.title.trim() !== '';

  const send = async (against: Action | undefined, wanted: Form) => {
    setProblem(null);
    try {
      const body = bodyOf(wanted);
      if (against && action) {
        const change = changed(bodyOf(formOf(base ?? action)), body);
        if (Object.keys(change).length > 0)
          await update.mutateAsync({ params: { id: action.id }, body: { version: against.version, ...change } });
      } else {
        await create.mutateAsync({ body: { ...body, accountId: accountId ?? body.accountId } });
        toast.show({ title: `Added: ${body.title}`, tone: 'good' });
      }
      setDraft(null);
      onClose();
    } catch (reason) {
      const failed = asProblem(reason);
      if (failed.code === 'version_conflict' && failed.current) setTheirs(failed.current as Action);
      else setProblem(failed);
    }
  };
  const error = (field: string) => {
    const found = problem?.fields?.find((f) => f.field === field);
    return found ? { error: found.message } : {};
  };
  const clashes =
    theirs && action
      ? (Object.keys(bodyOf(form)) as (keyof Body)[]).filter((key) => {
          const [was, mine, now] = [bodyOf(formOf(base ?? action)), bodyOf(form), bodyOf(formOf(theirs))];
          return was[key] !== mine[key] && mine[key] !== now[key];
        })
      : [];

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={action ? 'Edit action' : 'Add action'}
      footer={
        <Button variant="primary" type="submit" form={id} isLoading={isBusy} isDisabled={!isReady}>
          {action ? 'Save' : 'Add action'}
        </Button>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void send(base, form);
        }}
      >
        {theirs && (
          <ConflictNotice
            what="This action"
            fields={clashes.map((key) => ({
              label: LABELS[key] ?? key,
              theirs: shown(formOf(theirs), key),
              mine: shown(form, key),
            }))}
            onKeepMine={() => {
              setTheirs(null);
              void send(theirs, form);
            }}
            onTakeTheirs={() => {
              setBase(theirs);
              setDraft(null);
              setTheirs(null);
              onClose();
            }}
            isBusy={isBusy}
          />
        )}
        {problem && !problem.fields?.length && <Banner tone="poor">{problem.message}</Banner>}
        <TextField
          label="What is to be done"
          value={form.title}
          onChange={(title) => set({ title })}
          maxLength={300}
          autoFocus
          isRequired
          autoComplete="off"
          {...error('title')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <MemberField
            label="Owner"
            value={form.owner}
            onChange={(owner) => set({ owner: plain(owner) })}
            {...error('ownerId')}
          />
          <DatePicker label="Due" value={form.dueOn} onChange={(dueOn) => set({ dueOn })} {...error('dueOn')} />
          {!accountId && (
            <AccountField
              label="Account"
              value={form.account}
              onChange={(account) => set({ account: plain(account) })}
              {...error('accountId')}
            />
          )}
          <Select
            label="Priority"
            value={form.priority}
            options={PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] }))}
            onChange={(priority) => set({ priority })}
          />
        </div>
        <TextArea
          label="Notes"
          value={form.notes}
          onChange={(notes) => set({ notes })}
          rows={3}
          maxLength={20_000}
          {...error('notes')}
        />
      </form>
    </Dialog>
  );
}
