// The workspace: its name, money, calendar and language, the words for tiers, and what it takes for usual.
import type { BodyOf } from '../../../kernel/contract/route.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem, useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, ConflictNotice, ErrorState, PaneHeader, SkeletonRows, toast } from '../../../ui/index.ts';
import { getWorkspace, updateWorkspace } from '../api.ts';
import { Tiers } from './Tiers.tsx';
import { General, Usual } from './WorkspaceFields.tsx';
import {
  type Answer,
  bodyOf,
  FIELDS,
  type FormProps,
  isOwn,
  isSame,
  LABELS,
  OWN,
  type Settings,
  settingsOf,
  show,
} from './workspaceForm.ts';

export default function Workspace() {
  const found = useCall(getWorkspace, {});
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PaneHeader title="Workspace" text="What holds for everybody here." />
      {found.data ? (
        <Form stored={found.data} onReload={() => void found.refetch()} />
      ) : found.error ? (
        <ErrorState
          title="The workspace could not be loaded"
          text={found.error.message}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <SkeletonRows rows={8} columns={2} />
      )}
    </div>
  );
}

function Form({ stored, onReload }: { stored: Answer; onReload: () => void }) {
  // Kept with the version it was typed over, so that a change by somebody else is noticed after a reload too.
  const [draft, setDraft] = useDraft<{ version: number; change: Partial<Settings> }>('settings.workspace');
  const before = settingsOf(stored);
  const value: Settings = { ...before, ...draft?.change };
  const changed = FIELDS.filter((field) => !isSame(value[field], before[field]));
  const isReadOnly = !stored.can.update;
  const update = useVerb(updateWorkspace, { refreshes: ['settings.', 'me.'] });
  const set = (change: Partial<Settings>) =>
    setDraft({ version: draft?.version ?? stored.version, change: { ...draft?.change, ...change } });

  const some = (of: Settings): Partial<Settings> => Object.fromEntries(changed.map((field) => [field, of[field]]));
  const save = useSubmit(async (version: number) => {
    const after = await update.mutateAsync({ body: bodyOf(some(value), version) });
    setDraft(null);
    toast.show({
      title: changed.length === 1 ? `${LABELS[changed[0]!]} saved` : 'Workspace saved',
      tone: 'good',
      action: { label: 'Undo', onAction: () => void undo(bodyOf(some(before), after.version)) },
    });
  });
  const undo = async (body: BodyOf<typeof updateWorkspace>) => {
    try {
      await update.mutateAsync({ body });
    } catch (reason) {
      toast.show({ title: 'Not undone', text: asProblem(reason).message, tone: 'poor' });
    }
  };
  const said = (field: keyof Settings) => save.fieldError(isOwn(field) ? field : `preferences.${field}`);
  const theirs = save.problem?.code === 'version_conflict' ? (save.problem.current as Answer) : null;
  const current = theirs && settingsOf(theirs);
  const message = current ? null : save.message(...OWN, 'preferences');
  const form: FormProps = { value, onChange: set, error: said, isReadOnly };

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(draft?.version ?? stored.version);
      }}
    >
      {isReadOnly && <Banner>An admin changes these.</Banner>}
      {message && <Banner tone="poor">{message}</Banner>}
      {theirs && current && (
        <ConflictNotice
          what="The workspace"
          fields={changed
            .filter((field) => !isSame(current[field], value[field]))
            .map((field) => ({ label: LABELS[field], theirs: show(current[field]), mine: show(value[field]) }))}
          onKeepMine={() => void save.run(theirs.version)}
          onTakeTheirs={() => {
            setDraft(null);
            save.clear();
            onReload();
          }}
          isBusy={save.isBusy}
        />
      )}
      <General {...form} />
      <Tiers {...form} />
      <Usual {...form} />
      {changed.length > 0 && (
        <div className="sticky bottom-4 z-10 flex flex-wrap items-center gap-2 rounded-ui border border-line bg-raised py-2 pr-2 pl-4 shadow-float max-md:bottom-2">
          <span className="min-w-0 flex-1 basis-40 truncate text-sm text-muted">
            Not saved: {changed.map((field) => LABELS[field].toLowerCase()).join(', ')}
          </span>
          <Button
            variant="quiet"
            isDisabled={save.isBusy}
            onPress={() => {
              setDraft(null);
              save.clear();
            }}
          >
            Discard
          </Button>
          <Button type="submit" variant="primary" isLoading={save.isBusy} isDisabled={!value.name.trim()}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
