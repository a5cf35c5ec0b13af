// Before a programme starts: five questions, and a recommendation that says why.
import { useState } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Banner, Button, Card, cx, ErrorState, RelativeTime, SkeletonRows, toast } from '../../../ui/index.ts';
import { getReadiness, setReadiness } from '../api.ts';
import { type Answer, assessReadiness, type Readiness, type ReadinessKey } from '../rules.ts';

type Check = AnswerOf<typeof getReadiness>;
type Answers = Partial<Record<ReadinessKey, Answer>>;
const PLACES: readonly Answer[] = [1, 2, 3, 4, 5];
const TONE = { go: 'good', pilot: 'info', not_yet: 'watch', incomplete: 'info' } as const;

export default function ReadinessTab() {
  const check = useCall(getReadiness, {});
  if (check.error && !check.data) return <ErrorState text={check.error.message} onRetry={() => void check.refetch()} />;
  if (!check.data) return <SkeletonRows rows={6} columns={2} />;
  return <Shown check={check.data} />;
}

function Shown({ check }: { check: Check }) {
  const may = useMay()('selection.review');
  const [draft, setDraft] = useDraft<Answers>('selection:readiness');
  const save = useVerb(setReadiness, { refreshes: ['selection.'] });
  const [error, setError] = useState<string | null>(null);
  const answers: Answers = draft ?? (check.answers as Answers | null) ?? {};
  const result = assessReadiness(answers);
  const isChanged =
    draft !== null &&
    check.questions.some((q) => draft[q.key as ReadinessKey] !== check.answers?.[q.key as ReadinessKey]);
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_26rem] xl:items-start">
      <Card
        title="Is the company ready for a key-account programme?"
        subtitle={
          check.madeAt ? (
            <>
              Answered <RelativeTime value={check.madeAt} />
              {check.madeBy && ` by ${check.madeBy}`}
            </>
          ) : (
            'Five questions, answered together with those who pay for it.'
          )
        }
      >
        <div className="flex flex-col gap-6">
          {check.questions.map((q) => (
            <Question
              key={q.key}
              question={q}
              value={answers[q.key as ReadinessKey] ?? null}
              isReadOnly={!may}
              onChange={(value) => setDraft({ ...answers, [q.key]: value })}
            />
          ))}
        </div>
      </Card>
      <div className="flex flex-col gap-4 xl:sticky xl:top-4">
        <Recommendation result={result} />
        {may && (
          <div className="flex flex-wrap items-center gap-2">
            <Button
              variant="primary"
              isDisabled={!isChanged || result.unanswered.length > 0}
              isLoading={save.isPending}
              onPress={() =>
                save.mutate(
                  { body: { answers: answers as Record<ReadinessKey, Answer> } },
                  {
                    onSuccess: () => {
                      setDraft(null);
                      setError(null);
                      toast.show({ title: 'Answers saved', tone: 'good' });
                    },
                    onError: (problem) => setError(problem.message),
                  },
                )
              }
            >
              Save the answers
            </Button>
            {isChanged && check.answers && (
              <Button variant="quiet" onPress={() => setDraft(null)}>
                Back to the saved ones
              </Button>
            )}
            {error && (
              <p role="alert" className="text-sm text-poor-text">
                {error}
              </p>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function Question({
  question: q,
  value,
  isReadOnly,
  onChange,
}: {
  question: Check['questions'][number];
  value: Answer | null;
  isReadOnly: boolean;
  onChange: (value: Answer) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-base font-medium">{q.question}</legend>
      <div className="flex max-w-lg gap-1.5">
        {PLACES.map((place) => (
          <label
            key={place}
            className={cx(
              'tabular relative grid h-9 flex-1 place-items-center rounded-inner border text-base has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              value === place
                ? 'border-accent bg-accent font-semibold text-on-accent'
                : 'border-line-strong bg-surface text-ink',
              !isReadOnly && value !== place && 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={q.key}
              value={place}
              checked={value === place}
              disabled={isReadOnly}
              onChange={() => onChange(place)}
              className="absolute inset-0 opacity-0"
            />
            {place}
          </label>
        ))}
      </div>
      <ul className="mt-2 flex max-w-2xl flex-col gap-0.5 text-sm text-muted">
        {([1, 3, 5] as const).map((at) => (
          <li key={at} className={cx('flex gap-2', value === at && 'font-medium text-ink')}>
            <span className="tabular font-semibold">{at}</span>
            {q.anchors[at]}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Recommendation({ result }: { result: Readiness }) {
  return (
    <Card title="Recommendation" subtitle={result.points === null ? undefined : `${result.points} of 25 points`}>
      <div className="flex flex-col gap-4" aria-live="polite">
        <Banner tone={TONE[result.verdict]}>{result.headline}</Banner>
        {result.reasons.length > 0 && (
          <ul className="flex list-disc flex-col gap-1.5 pl-5 text-base">
            {result.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {result.pilot && (
          <div className="border-t border-line pt-3">
            <h3 className="text-base font-semibold">What to fix before the pilot begins</h3>
            <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5 text-base text-muted">
              {result.pilot.metrics.map((metric) => (
                <li key={metric}>{metric}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Card>
  );
}
