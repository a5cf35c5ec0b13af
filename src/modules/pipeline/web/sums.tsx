// The sums over a list of opportunities, in one line; each figure explains itself.
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { listOpportunities, type Opportunity, type Stage, type summariseOpportunities } from '../api.ts';
import type { ApiFilter } from './filters.ts';

const rowOf = (o: Opportunity) => ({
  key: o.id,
  label: `${o.name} · ${o.accountName}`,
  accountId: o.accountId,
  href: `/pipeline?opportunity=${o.id}`,
  parts: {
    amount: o.amount,
    probability: (o.probability / 100).toFixed(6),
    weighted: o.amount && {
      amount: Math.round((o.amount.amount * o.probability) / 100),
      currency: o.amount.currency,
    },
  },
});

type Props = {
  sums: AnswerOf<typeof summariseOpportunities>;
  /** What the sums were asked with. */
  filter: ApiFilter;
  /** The filters in words. */
  filters: readonly string[];
};

export function Sums({ sums, filter, filters }: Props) {
  const of = {
    route: listOpportunities,
    input: { query: { ...filter, sort: '-amount', limit: 100 } } as CallInput<typeof listOpportunities>,
    rowOf,
  };
  const sum = (metric: string, { amount, currency, missing }: typeof sums.total) => ({
    metric,
    value: { amount, currency },
    asOf: sums.asOf,
    filters,
    missing,
    of,
  });
  return (
    <p className="tabular text-base text-muted">
      {sums.count} open · <SumButton label="Open pipeline" sum={sum('opportunities-sum', sums.total)} /> · weighted{' '}
      <SumButton label="Weighted pipeline" sum={sum('opportunities-weighted', sums.weighted)} />
      {sums.total.missing.length > 0 && (
        <span className="text-watch-text"> · no rate for {sums.total.missing.join(', ')}</span>
      )}
    </p>
  );
}

type StageProps = {
  sum: Props['sums']['stages'][number];
  stage: Stage;
  filter: ApiFilter;
  asOf: string;
};

/** The sum above a column of the board. */
export function StageSum({ sum, stage, filter, asOf }: StageProps) {
  const { amount, currency, missing } = sum.total;
  return (
    <SumButton
      label={stage.name}
      sum={{
        metric: 'opportunities-sum',
        value: { amount, currency },
        asOf,
        filters: [stage.name],
        missing,
        of: {
          route: listOpportunities,
          input: {
            query: { ...filter, stageId: [stage.id], sort: '-amount', limit: 100 },
          } as CallInput<typeof listOpportunities>,
          rowOf,
        },
      }}
    />
  );
}
