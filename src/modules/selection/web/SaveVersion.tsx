// Saves criteria and weights as a new version, with a note; says so when somebody else was faster.
import { useId } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, TextArea, toast } from '../../../ui/index.ts';
import { type ActiveCriterion, setModel } from '../api.ts';
import type { Model } from './words.ts';

type Props = { model: Model; criteria: ActiveCriterion[]; onClose: () => void; onSaved?: () => void };

export function SaveVersion({ model, criteria, onClose, onSaved }: Props) {
  const id = useId();
  const [note, setNote] = useDraft<string>('selection:model-note');
  // All before the answers are asked again: a page that knows the new version starts anew, without this dialog.
  const save = useVerb(setModel, {
    refreshes: ['selection.'],
    onDone: (made) => {
      setNote(null);
      toast.show({
        title: `Version ${made.number} is in use`,
        text: 'Earlier scores keep their version.',
        tone: 'good',
      });
      onSaved?.();
      onClose();
    },
  });
  const submit = useSubmit((number: number) =>
    save.mutateAsync({ body: { number, criteria, note: (note ?? '').trim() } }),
  );
  const theirs =
    submit.problem?.code === 'version_conflict' ? (submit.problem.current as Model | undefined) : undefined;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title="Save as a new version"
      description="Everybody ranks by it from now on. Reviews held before keep the version they were held with."
      footer={
        theirs ? (
          <>
            <Button onPress={onClose}>Keep version {theirs.number}</Button>
            <Button variant="primary" isLoading={submit.isBusy} onPress={() => void submit.run(theirs.number)}>
              Save mine as version {theirs.number + 1}
            </Button>
          </>
        ) : (
          <Button variant="primary" type="submit" form={id} isLoading={submit.isBusy}>
            Save version {model.number + 1}
          </Button>
        )
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit.run(model.number);
        }}
      >
        {theirs && (
          <Banner tone="watch" title={`Somebody saved version ${theirs.number} meanwhile`}>
            It weighs {theirs.criteria.map((c) => `${c.name} ${c.weight} %`).join(', ')}.
          </Banner>
        )}
        <ul className="flex flex-col gap-1 text-base">
          {criteria.map((c) => {
            const before = model.criteria.find((other) => other.key === c.key)?.weight;
            return (
              <li key={c.key} className="flex justify-between gap-4">
                <span className="min-w-0 truncate">{c.name}</span>
                <span className="tabular whitespace-nowrap">
                  {before !== undefined && before !== c.weight && <span className="text-muted">{before} % → </span>}
                  {before === undefined && <span className="text-muted">new → </span>}
                  {c.weight} %
                </span>
              </li>
            );
          })}
        </ul>
        <TextArea
          label="Note"
          description="What changed and why, for those who ask later."
          value={note ?? ''}
          onChange={setNote}
          maxLength={500}
          rows={2}
          autoFocus
        />
        {!theirs && submit.problem && (
          <p role="alert" className="text-sm text-poor-text">
            {submit.problem.fields?.map((f) => f.message).join(' ') || submit.problem.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
