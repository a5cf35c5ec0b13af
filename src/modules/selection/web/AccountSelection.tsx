// How one account scores and why, where it stood, what is suggested, what was decided; scores and decisions are made here.
import { useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import {
  Badge,
  Banner,
  Button,
  DateText,
  ErrorState,
  KeyValueList,
  Missing,
  Num,
  SkeletonRows,
  Sparkline,
} from '../../../ui/index.ts';
import { getModel, getSelection } from '../api.ts';
import { CriterionScore } from './CriterionScore.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { DecisionHistory } from './DecisionHistory.tsx';
import { type AccountStanding, DECISION_WORD } from './words.ts';

export function AccountSelection({ accountId }: { accountId: string }) {
  const standing = useCall(getSelection, { params: { id: accountId } });
  const model = useCall(getModel, {});
  const [isDeciding, setDeciding] = useState(false);
  const failed = standing.error ?? model.error;
  if (failed && (!standing.data || !model.data))
    return (
      <ErrorState
        text={failed.message}
        onRetry={() => {
          void standing.refetch();
          void model.refetch();
        }}
      />
    );
  if (!standing.data || !model.data) return <SkeletonRows rows={8} columns={3} label="Loading the scores" />;
  const account = standing.data;
  const { can, criteria } = model.data;
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Standing" className="flex flex-col gap-4">
        <KeyValueList
          columns={2}
          items={[
            {
              label: 'Score',
              value: account.score === null ? <Missing /> : <Num value={account.score} digits={2} unit="of 10" />,
            },
            { label: 'Scored so far', value: `${account.coverage} % of the weight` },
            { label: 'Key account', value: account.isKey ? <Badge tone="accent">Key</Badge> : 'No' },
            {
              label: 'Next look',
              value: account.nextReviewOn ? <DateText value={account.nextReviewOn} /> : <Missing />,
            },
          ]}
        />
        <Banner
          tone={account.suggestion.decision === 'scale_back' ? 'watch' : 'info'}
          title={`Suggestion: ${DECISION_WORD[account.suggestion.decision].toLowerCase()}`}
          actions={
            can.decide && (
              <Button size="sm" variant="primary" onPress={() => setDeciding(true)}>
                Decide
              </Button>
            )
          }
        >
          {account.suggestion.reason}
        </Banner>
        <Standings account={account} />
      </section>
      <section aria-label="Criteria" className="flex flex-col">
        <h3 className="mb-1 text-base font-semibold">Criteria</h3>
        {account.criteria.map((c) => (
          <CriterionScore
            key={c.key}
            accountId={accountId}
            accountName={account.name}
            score={c}
            criterion={criteria.find((other) => other.key === c.key) ?? null}
            mayScore={can.score}
          />
        ))}
      </section>
      <section aria-label="Decisions">
        <h3 className="mb-2 text-base font-semibold">Decisions</h3>
        <DecisionHistory decisions={account.decisions} mayWithdraw={can.decide} />
      </section>
      {isDeciding && (
        <DecideDialog
          candidates={[{ accountId, name: account.name, isKey: account.isKey, suggestion: account.suggestion }]}
          onClose={() => setDeciding(false)}
        />
      )}
    </div>
  );
}

/** Where it stood in the reviews: a line for the eye, the latest ones in words. */
function Standings({ account }: { account: AccountStanding }) {
  const { standings } = account;
  if (standings.length === 0)
    return <p className="text-sm text-muted">Not reviewed yet: its place is kept with the first review.</p>;
  const scores = standings.map((s) => s.score);
  const latest = standings.slice(-4).reverse();
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
      {standings.length > 1 && (
        <Sparkline
          values={scores}
          label={`Score over ${standings.length} reviews, from ${scores[0] ?? 'none'} to ${scores.at(-1) ?? 'none'}`}
          width={140}
          height={36}
        />
      )}
      <ul className="flex flex-col gap-0.5 text-sm text-muted">
        {latest.map((s) => (
          <li key={s.number} className="tabular">
            Review {s.number}, <DateText value={s.reviewedOn} />:{' '}
            {s.place === null ? (
              'not ranked'
            ) : (
              <>
                place <span className="font-medium text-ink">{s.place}</span>, line at {s.upper},{' '}
                {s.place <= s.upper ? 'above it' : s.place <= s.lower ? 'between the lines' : 'below the lower line'}
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
