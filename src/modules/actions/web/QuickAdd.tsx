// One line to add an action: what, who, until when. Enter adds it and the line is ready for the next.
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DateField } from '../../../ui/DateField.tsx';
import { Button, type Option, TextField } from '../../../ui/index.ts';
import { MemberField } from '../../accounts/web/index.ts';
import { createAction } from '../api.ts';

type Draft = { title: string; owner: Option | null; dueOn: string | null };

export function QuickAdd({ accountId }: { accountId?: string }) {
  const { member } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const empty: Draft = { title: '', owner: { value: member.id, label: member.name }, dueOn: null };
  const [draft, setDraft] = useDraft<Draft>(`actions.quick${accountId ?? ''}`);
  const value = draft ?? empty;
  const set = (change: Partial<Draft>) => setDraft({ ...value, ...change });
  const create = useVerb(createAction, { refreshes: ['actions.'] });
  const submit = useSubmit(async () => {
    await create.mutateAsync({
      body: {
        title: value.title.trim(),
        ownerId: value.owner?.value ?? null,
        dueOn: value.dueOn,
        ...(accountId ? { accountId } : {}),
      },
    });
    // Owner and day often stay the same for the next one.
    setDraft({ ...value, title: '' });
    field.current?.focus();
  });
  const problem = submit.problem?.message;
  return (
    <form
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.title.trim()) void submit.run();
      }}
    >
      <TextField
        label="New action"
        hideLabel
        placeholder="What is to be done?"
        value={value.title}
        onChange={(title) => set({ title })}
        maxLength={300}
        autoComplete="off"
        inputRef={field}
        className="min-w-56 flex-1 max-md:basis-full"
        {...(problem ? { error: problem } : {})}
      />
      <div className="w-48 max-md:flex-1">
        <MemberField
          label="Owner"
          hideLabel
          value={value.owner}
          onChange={(owner) => set({ owner: owner && { value: owner.value, label: owner.label } })}
        />
      </div>
      <DateField label="Due" hideLabel value={value.dueOn} onChange={(dueOn) => set({ dueOn })} className="w-36" />
      <Button
        type="submit"
        variant="primary"
        icon={<Plus />}
        isLoading={submit.isBusy}
        isDisabled={value.title.trim() === ''}
      >
        Add
      </Button>
    </form>
  );
}
