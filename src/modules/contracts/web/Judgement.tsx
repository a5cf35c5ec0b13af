// How likely a renewal is: a person's word beside what the dates and figures say, with the reasons and the history.
import { useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Card,
  DateText,
  Num,
  NumberField,
  SegmentedControl,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { LIKELIHOODS } from '../api.ts';
import { judgeRenewal, type Renewal, type RenewalPage } from '../api-renewals.ts';
import { LikelihoodPill } from './parts.tsx';
import { LIKELIHOOD } from './words.ts';

export function Judgement({ renewal: r }: { renewal: RenewalPage }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Likelihood"
      actions={
        r.can.update &&
        !isOpen && (
          <Button size="sm" onPress={() => setOpen(true)}>
            Judge
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3">
          <div>
            <p className="mb-1 text-sm text-muted">{r.judgement?.byName ?? 'A person'}</p>
            {r.judgement ? (
              <LikelihoodPill value={r.judgement.likelihood} probability={r.judgement.probability} />
            ) : (
              <span className="text-sm text-muted">Nothing said yet</span>
            )}
          </div>
          <div>
            <p className="mb-1 text-sm text-muted">Dates and figures</p>
            <LikelihoodPill value={r.system.likelihood} probability={r.system.probability} />
          </div>
        </div>
        <ul className="flex flex-col gap-1 text-sm">
          {r.system.reasons.length === 0 && <li className="text-muted">Nothing speaks against it.</li>}
          {r.system.reasons.map((reason) => (
            <li key={reason.code} className="flex gap-2">
              <span aria-hidden="true" className={reason.points > 0 ? 'text-watch-text' : 'text-good-text'}>
                {reason.points > 0 ? '−' : '+'}
              </span>
              {reason.text}
            </li>
          ))}
        </ul>
        <p className="text-sm text-muted">
          What counts:{' '}
          <MetricButton metric="renewal-probability" query={{ of: r.id }} label="Probability of this renewal">
            <Num value={r.probability} unit="%" />
          </MetricButton>
        </p>
        {isOpen && <JudgeForm renewal={r} onClose={() => setOpen(false)} />}
        {r.judgements.length > 1 && (
          <details className="text-sm">
            <summary className="cursor-pointer text-muted">History</summary>
            <ul className="mt-2 flex flex-col gap-2">
              {r.judgements.map((j, i) => (
                <li key={`judgement-${String(i)}`} className="flex flex-wrap items-baseline gap-x-2">
                  <DateText value={j.on} style="short" />
                  <span>
                    {LIKELIHOOD[j.likelihood].label}, {j.probability} %
                  </span>
                  <span className="text-muted">
                    {j.source === 'person' ? (j.byName ?? 'somebody') : 'dates and figures'}
                  </span>
                  {j.note && <span className="w-full text-muted">{j.note}</span>}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

const START: Record<Renewal['likelihood'], number> = { on_track: 95, watch: 75, at_risk: 45, critical: 15 };

function JudgeForm({ renewal: r, onClose }: { renewal: RenewalPage; onClose: () => void }) {
  const [likelihood, setLikelihood] = useState(r.likelihood);
  const [probability, setProbability] = useState<number | null>(r.judgement?.probability ?? START[r.likelihood]);
  const [note, setNote] = useState('');
  const judge = useVerb(judgeRenewal, { refreshes: ['renewals.', 'insights.'] });
  const submit = useSubmit(async () => {
    await judge.mutateAsync({
      params: { id: r.id },
      body: { likelihood, note, ...(probability === null ? {} : { probability }) },
    });
    toast.show({ title: `${LIKELIHOOD[likelihood].label}: kept with today’s date`, tone: 'good' });
    onClose();
  });
  return (
    <form
      className="flex flex-col gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit.run();
      }}
    >
      {submit.message('probability') && <Banner tone="poor">{submit.message('probability')}</Banner>}
      <SegmentedControl
        label="Likelihood"
        value={likelihood}
        options={LIKELIHOODS.map((value) => ({ value, label: LIKELIHOOD[value].label }))}
        onChange={(next) => {
          setLikelihood(next);
          setProbability(START[next]);
        }}
      />
      <NumberField
        label="Probability"
        value={probability}
        minValue={5}
        maxValue={98}
        unit="%"
        onChange={setProbability}
        error={submit.fieldError('probability') ?? ''}
      />
      <TextField label="Why" value={note} onChange={setNote} maxLength={2000} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" isLoading={submit.isBusy}>
          Save
        </Button>
        <Button size="sm" variant="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
