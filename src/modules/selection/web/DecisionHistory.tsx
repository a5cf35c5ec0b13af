// What was decided on one account, newest first; the latest that stands can be withdrawn.
import { Badge, Button, cx, DateText, RelativeTime } from '../../../ui/index.ts';
import { useDecide } from './useDecide.ts';
import { DECISION_TONE, DECISION_WORD, type DecisionRow } from './words.ts';

export function DecisionHistory({
  decisions,
  mayWithdraw,
}: {
  decisions: readonly DecisionRow[];
  mayWithdraw: boolean;
}) {
  const { decide, takeBack } = useDecide();
  if (decisions.length === 0) return <p className="text-base text-muted">Nothing has been decided yet.</p>;
  const inForce = decisions.find((d) => d.withdrawnAt === null);
  return (
    <ul>
      {decisions.map((d) => (
        <li key={d.id} className="flex items-start gap-3 border-t border-line py-2.5 first:border-t-0">
          <div className={cx('min-w-0 flex-1', d.withdrawnAt && 'text-muted')}>
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={d.withdrawnAt ? 'outline' : DECISION_TONE[d.decision]}>{DECISION_WORD[d.decision]}</Badge>
              {d.withdrawnAt && <span className="text-sm">withdrawn</span>}
              <span className="text-sm text-muted">
                <RelativeTime value={d.decidedAt} />
                {d.decidedBy && ` by ${d.decidedBy}`}
              </span>
              {d.overCapacityBy > 0 && <Badge tone="watch">{d.overCapacityBy} over capacity</Badge>}
            </div>
            <p className="mt-1 text-base break-words">{d.reason}</p>
            <p className="mt-0.5 text-sm text-muted">
              Look again on <DateText value={d.nextReviewOn} />
              {d.tierBefore !== d.tierAfter && ` · tier ${d.tierBefore ?? 'none'} → ${d.tierAfter ?? 'none'}`}
            </p>
          </div>
          {mayWithdraw && d === inForce && (
            <Button
              size="sm"
              variant="quiet"
              onPress={() =>
                void takeBack([d.id], {
                  label: 'Undo',
                  onAction: () =>
                    void decide(
                      [
                        {
                          accountId: d.accountId,
                          name: d.accountName,
                          decision: d.decision,
                          reason: d.reason,
                          nextReviewOn: d.nextReviewOn,
                        },
                      ],
                      d.overCapacityBy > 0,
                    ),
                })
              }
            >
              Withdraw
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
