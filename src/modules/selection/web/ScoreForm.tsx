// A score from 1 to 10 with the anchored texts in sight, and the evidence it rests on. What is typed survives a reload.
import { useDraft } from '../../../kernel/web/draft.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Button, TextArea } from '../../../ui/index.ts';
import type { ScaleAnchors } from '../rules.ts';
import { ScorePicker } from './ScorePicker.tsx';

type Typed = { score: number | null; evidence: string };
type Props = {
  name: string;
  draftKey: string;
  anchors: ScaleAnchors | null;
  start: Typed | null;
  countsOnlyWithoutData: boolean;
  onCancel: () => void;
  onSave: (score: number, evidence: string) => Promise<void>;
};

export function ScoreForm({ name, draftKey, anchors, start, countsOnlyWithoutData, onCancel, onSave }: Props) {
  const [draft, setDraft] = useDraft<Typed>(draftKey);
  const typed = draft ?? start ?? { score: null, evidence: '' };
  const submit = useSubmit(async () => {
    if (typed.score === null) return;
    await onSave(typed.score, typed.evidence.trim());
    setDraft(null);
  });
  const error = submit.fieldError('scores');
  return (
    <form
      aria-label={`Score ${name}`}
      className="mt-3 flex flex-col gap-3 rounded-ui border border-line bg-sunken/50 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit.run();
      }}
    >
      <ScorePicker
        label={`Score for ${name}`}
        value={typed.score}
        anchors={anchors}
        onChange={(score) => setDraft({ ...typed, score })}
      />
      <TextArea
        label="Evidence"
        description="What the score rests on: a number, a meeting, a document."
        value={typed.evidence}
        onChange={(evidence) => setDraft({ ...typed, evidence })}
        isRequired
        rows={2}
        maxLength={2000}
        {...(error ? { error } : {})}
      />
      {countsOnlyWithoutData && (
        <p className="text-sm text-muted">
          The score from data counts as long as there is data. Yours is kept beside it.
        </p>
      )}
      {submit.message('scores') && (
        <p role="alert" className="text-sm text-poor-text">
          {submit.message('scores')}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="primary"
          type="submit"
          isLoading={submit.isBusy}
          isDisabled={typed.score === null || typed.evidence.trim() === ''}
        >
          Save score
        </Button>
        <Button
          size="sm"
          variant="quiet"
          onPress={() => {
            setDraft(null);
            onCancel();
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
