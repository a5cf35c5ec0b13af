// One criterion of one account: score, the value behind it, who scored what on which evidence; and one's own score.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { formatMoney } from '../../../ui/format.ts';
import { Badge, Button, Meter, RelativeTime, toast, useFormatSettings } from '../../../ui/index.ts';
import { scoreAccounts } from '../api.ts';
import { ScoreForm } from './ScoreForm.tsx';
import { type AccountStanding, AXIS_WORD, type Criterion, scoreText } from './words.ts';

type Scored = AccountStanding['criteria'][number];
type Props = {
  accountId: string;
  accountName: string;
  score: Scored;
  criterion: Criterion | null;
  mayScore: boolean;
};

export function CriterionScore({ accountId, accountName, score: c, criterion, mayScore }: Props) {
  const { member } = useSession();
  const [isOpen, setOpen] = useState(false);
  const save = useVerb(scoreAccounts, { refreshes: ['selection.'] });
  const own = c.raters.find((r) => r.raterId === member.id) ?? null;
  const isDerived = c.value !== null && c.unit !== null;
  const put = (score: number | null, evidence: string) =>
    save.mutateAsync({ body: { scores: [{ accountId, criterion: c.key, score, evidence }] } });
  const undo = () => ({
    label: 'Undo',
    onAction: () =>
      void put(own?.score ?? null, own?.evidence ?? '').catch((error: Error) =>
        toast.show({ title: 'Not taken back', text: error.message, tone: 'poor' }),
      ),
  });
  return (
    <div className="border-t border-line py-3">
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-base font-medium">{c.name}</span>
            <span className="text-sm text-muted">
              {c.weight} % · {AXIS_WORD[c.axis]}
            </span>
            {c.disagree && <Badge tone="watch">Raters differ by {c.spread}: talk it through</Badge>}
          </div>
          {isDerived && (
            <p className="mt-0.5 text-sm text-muted">
              From data: <Value value={c.value!} unit={c.unit!} />
            </p>
          )}
          {c.score === null && (
            <p className="mt-0.5 text-sm text-muted">
              {c.unit === null ? 'Not scored yet.' : 'No data for it yet; a score by hand counts until there is.'}
            </p>
          )}
        </div>
        <div className="w-24 shrink-0">
          {c.score === null ? (
            <div className="text-right text-base text-faint">–</div>
          ) : (
            <Meter
              label={`${c.name}: score`}
              hideLabel
              value={c.score}
              max={10}
              valueText={`${scoreText(c.score)} of 10`}
            />
          )}
          {c.score !== null && (
            <div className="tabular mt-1 text-right text-base font-semibold">{scoreText(c.score)}</div>
          )}
        </div>
      </div>
      {c.raters.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1.5 border-l-2 border-line pl-3">
          {c.raters.map((r) => (
            <li key={r.raterId} className="text-sm">
              <span className="tabular font-semibold text-ink">{scoreText(r.score)}</span>{' '}
              <span className="text-ink">{r.raterId === member.id ? 'You' : r.rater}</span>
              <span className="text-muted">
                {' '}
                · <RelativeTime value={r.scoredAt} />
              </span>
              <span className="block break-words text-muted">{r.evidence}</span>
            </li>
          ))}
        </ul>
      )}
      {mayScore && !isOpen && (
        <div className="mt-2 flex gap-1">
          <Button
            size="sm"
            aria-label={`${own ? 'Change my score' : 'Score it'}: ${c.name}`}
            onPress={() => setOpen(true)}
          >
            {own ? 'Change my score' : 'Score it'}
          </Button>
          {own && (
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Remove my score: ${c.name}`}
              isLoading={save.isPending}
              onPress={() =>
                void put(null, '').then(
                  () => toast.show({ title: `Your score for ${c.name} is removed`, action: undo() }),
                  (error: Error) => toast.show({ title: 'Not removed', text: error.message, tone: 'poor' }),
                )
              }
            >
              Remove
            </Button>
          )}
        </div>
      )}
      {isOpen && (
        <ScoreForm
          name={c.name}
          draftKey={`selection:score:${accountId}:${c.key}`}
          anchors={criterion?.anchors ?? null}
          start={own ? { score: own.score, evidence: own.evidence } : null}
          countsOnlyWithoutData={isDerived}
          onCancel={() => setOpen(false)}
          onSave={async (score, evidence) => {
            await put(score, evidence);
            toast.show({ title: `${accountName}: ${c.name} ${scoreText(score)}`, tone: 'good', action: undo() });
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

/** A derived value in its unit; money comes in minor units of the workspace's currency. */
function Value({ value, unit }: { value: number; unit: string }) {
  const { workspace } = useSession();
  const { locale } = useFormatSettings();
  if (unit === 'money')
    return (
      <span className="tabular text-ink">
        {formatMoney({ amount: Math.round(value), currency: workspace.currency }, locale, 'compact')}
      </span>
    );
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 }).format(value);
  return (
    <span className="tabular text-ink">
      {text} {unit}
    </span>
  );
}
