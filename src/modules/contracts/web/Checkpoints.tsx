// The two checkpoints of a renewal: answered by the owner, and by the head where person and figures disagree.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Card,
  DateText,
  Dialog,
  RadioGroup,
  SegmentedControl,
  StatusPill,
  TextArea,
  toast,
} from '../../../ui/index.ts';
import { ANSWERS, LIKELIHOODS } from '../api.ts';
import { answerCheckpoint, type Checkpoint, type RenewalPage, resolveCheckpoint } from '../api-renewals.ts';
import { ANSWER, CHECKPOINT, LIKELIHOOD } from './words.ts';

export function Checkpoints({ renewal: r }: { renewal: RenewalPage }) {
  const [open, setOpen] = useState<Checkpoint | null>(null);
  return (
    <Card title="Checkpoints">
      <ol className="flex flex-col gap-4">
        {r.checkpoints.map((c) => {
          const a = c.answer;
          const waits = a?.disagrees && a.resolvedAt === null;
          return (
            <li key={c.kind} className="flex flex-col gap-1.5">
              <div className="flex items-start justify-between gap-2">
                <div>
                  <h3 className="font-medium">{CHECKPOINT[c.kind]}</h3>
                  <p className="text-sm text-muted">
                    due <DateText value={c.dueOn} />
                  </p>
                </div>
                {a ? (
                  <StatusPill
                    tone={waits ? 'watch' : 'good'}
                    label={ANSWER[a.answer].label}
                    detail={LIKELIHOOD[a.likelihood].label}
                  />
                ) : c.overdue ? (
                  <StatusPill tone="poor" label="Missed" />
                ) : (
                  <StatusPill tone="neutral" label="Open" />
                )}
              </div>
              {a?.note && <p className="text-sm">{a.note}</p>}
              {a && (
                <p className="text-sm text-muted">
                  {a.madeByName ?? 'Somebody'}, <DateText value={a.madeAt.slice(0, 10)} />
                  {a.disagrees && `; figures said ${LIKELIHOOD[a.systemLikelihood].label.toLowerCase()}`}
                </p>
              )}
              {a?.resolvedAt && (
                <p className="text-sm">
                  {a.resolvedByName}: {LIKELIHOOD[a.resolvedLikelihood!].label}. {a.resolvedNote}
                </p>
              )}
              <div className="flex gap-2">
                {r.can.update && (
                  <Button size="sm" variant={a ? 'quiet' : 'secondary'} onPress={() => setOpen(c)}>
                    {a ? 'Answer again' : 'Answer'}
                  </Button>
                )}
                {waits && r.can.resolve && <Resolve renewal={r} checkpoint={c} />}
              </div>
            </li>
          );
        })}
      </ol>
      {open && <AnswerDialog renewal={r} checkpoint={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

const likelihoods = LIKELIHOODS.map((value) => ({ value, label: LIKELIHOOD[value].label }));

function AnswerDialog({
  renewal: r,
  checkpoint: c,
  onClose,
}: {
  renewal: RenewalPage;
  checkpoint: Checkpoint;
  onClose: () => void;
}) {
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number] | null>(c.answer?.answer ?? null);
  const [likelihood, setLikelihood] = useState(c.answer?.likelihood ?? r.likelihood);
  const [note, setNote] = useState(c.answer?.note ?? '');
  const verb = useVerb(answerCheckpoint, { refreshes: ['renewals.', 'insights.'] });
  const submit = useSubmit(async () => {
    if (!answer) return;
    const done = await verb.mutateAsync({ params: { id: r.id }, body: { kind: c.kind, answer, likelihood, note } });
    toast.show({
      title: 'Checkpoint answered',
      ...(done.disagreement ? { text: 'The figures say otherwise: the head hears of it.' } : {}),
      tone: 'good',
    });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={CHECKPOINT[c.kind]}
      description={`${r.accountName}: what is to be done with this contract?`}
      footer={
        <Button variant="primary" isLoading={submit.isBusy} isDisabled={!answer} onPress={() => void submit.run()}>
          Save answer
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('answer', 'note') && <Banner tone="poor">{submit.message('answer', 'note')}</Banner>}
        <RadioGroup
          label="Answer"
          variant="cards"
          value={answer}
          error={submit.fieldError('answer') ?? ''}
          options={ANSWERS.map((value) => ({
            value,
            ...ANSWER[value],
            ...(value === 'monitor' && c.kind === 'three_months'
              ? { isDisabled: true, description: 'No answer any more: three months are left' }
              : {}),
          }))}
          onChange={(next) => setAnswer(next)}
        />
        <SegmentedControl label="Likelihood" value={likelihood} options={likelihoods} onChange={setLikelihood} />
        <p className="text-sm text-muted">The figures say: {LIKELIHOOD[r.system.likelihood].label.toLowerCase()}.</p>
        <TextArea
          label="What is to be done"
          value={note}
          onChange={setNote}
          rows={3}
          maxLength={5000}
          error={submit.fieldError('note') ?? ''}
        />
      </div>
    </Dialog>
  );
}

/** The head's word. */
function Resolve({ renewal: r, checkpoint: c }: { renewal: RenewalPage; checkpoint: Checkpoint }) {
  const [isOpen, setOpen] = useState(false);
  const [likelihood, setLikelihood] = useState(c.answer!.systemLikelihood);
  const [note, setNote] = useState('');
  const verb = useVerb(resolveCheckpoint, { refreshes: ['renewals.', 'insights.'] });
  const submit = useSubmit(async () => {
    await verb.mutateAsync({ params: { id: r.id }, body: { kind: c.kind, likelihood, note } });
    toast.show({ title: `${LIKELIHOOD[likelihood].label}: your word counts`, tone: 'good' });
    setOpen(false);
  });
  return (
    <>
      <Button size="sm" variant="primary" onPress={() => setOpen(true)}>
        Decide which counts
      </Button>
      {isOpen && (
        <Dialog
          isOpen
          onOpenChange={setOpen}
          title="Which of the two counts?"
          description={`${c.answer!.madeByName ?? 'A person'} says ${LIKELIHOOD[c.answer!.likelihood].label.toLowerCase()}, the figures say ${LIKELIHOOD[c.answer!.systemLikelihood].label.toLowerCase()}.`}
          footer={
            <Button variant="primary" isLoading={submit.isBusy} onPress={() => void submit.run()}>
              Save
            </Button>
          }
        >
          <div className="flex flex-col gap-4">
            {submit.message() && <Banner tone="poor">{submit.message()}</Banner>}
            <SegmentedControl label="It is" value={likelihood} options={likelihoods} onChange={setLikelihood} />
            <TextArea label="What is to be done" value={note} onChange={setNote} rows={3} maxLength={5000} />
          </div>
        </Dialog>
      )}
    </>
  );
}
