// What happened to an opportunity: the time in each stage, and every change with who and when.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useList } from '../../../kernel/web/queries.ts';
import { formatDate, formatMoney } from '../../../ui/format.ts';
import { DateText, ErrorState, SkeletonRows, Timeline, useFormatSettings } from '../../../ui/index.ts';
import type { OpportunityPage } from '../api.ts';
import { getHistory } from '../api-closing.ts';
import { CATEGORY_WORDS, FIELD_WORDS, LOST_WORDS, STATE_WORDS, TYPE_WORDS } from './words.ts';

const days = (n: number): string =>
  n < 1 / 24
    ? `${Math.max(1, Math.round(n * 1440))} min`
    : n < 1
      ? `${Math.round(n * 24)} h`
      : `${Math.round(n * 10) / 10} d`;

type One = AnswerOf<typeof getHistory>['items'][number];
/** What one person changed at one instant stands together. */
function together(items: readonly One[]): One[][] {
  const groups: One[][] = [];
  for (const one of items) {
    const last = groups.at(-1);
    if (last?.[0]?.at === one.at && last[0].byId === one.byId) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

export function HistoryPart({ of }: { of: OpportunityPage }) {
  const { locale } = useFormatSettings();
  const list = useList(getHistory, { params: { id: of.id }, query: { limit: 50 } });
  const stages = list.data?.pages[0]?.stages ?? [];
  if (list.error)
    return (
      <ErrorState title="The history cannot be shown" text={list.error.message} onRetry={() => void list.refetch()} />
    );
  if (list.isPending) return <SkeletonRows rows={5} columns={2} />;
  const told = (field: string, value: string | null): string => {
    if (value === null) return field === 'archived_at' ? 'no' : 'nothing';
    if (field === 'contract_id') return 'a contract';
    if (field === 'archived_at') return 'yes';
    if (field === 'closes_on' || field === 'next_step_on') return formatDate(value, locale);
    const words: Record<string, Record<string, unknown>> = {
      type: TYPE_WORDS,
      category: CATEGORY_WORDS,
      lost_reason: LOST_WORDS,
    };
    if (field === 'state') return STATE_WORDS[value as 'open']?.label ?? value;
    if (field === 'amount_minor') return formatMoney({ amount: Number(value), currency: of.currency }, locale);
    if (field === 'probability') return `${Number(value)} %`;
    return String(words[field]?.[value] ?? value);
  };
  return (
    <div className="flex flex-col gap-5 pt-3">
      <section aria-labelledby="stays" className="flex flex-col gap-2">
        <h3 id="stays" className="text-base font-semibold text-ink">
          Time in each stage
        </h3>
        <table className="tabular w-full text-left text-base">
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className="py-1 font-medium">
                Stage
              </th>
              <th scope="col" className="py-1 font-medium">
                Since
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Stayed
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map((s) => (
              <tr key={s.id} className="border-t border-line">
                <td className="py-1.5">{s.stageName}</td>
                <td className="py-1.5 text-muted">
                  <DateText value={s.enteredAt.slice(0, 10)} />
                </td>
                <td className="py-1.5 text-right">
                  {s.days === null ? '' : days(s.days)}
                  {s.leftAt === null && s.days !== null && <span className="text-muted"> so far</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="changes" className="flex flex-col gap-2">
        <h3 id="changes" className="text-base font-semibold text-ink">
          Changes
        </h3>
        {list.items.length === 0 ? (
          <p className="text-muted">Nothing has been changed since it was added.</p>
        ) : (
          <Timeline
            label="Changes of the opportunity"
            groupByDay
            items={together(list.items).map((group) => ({
              id: group[0]!.id,
              at: group[0]!.at,
              title: group.map((c) => FIELD_WORDS[c.field] ?? c.field).join(', '),
              ...(group[0]!.byName ? { by: group[0]!.byName } : {}),
              changes: group.map((c) => ({
                label: FIELD_WORDS[c.field] ?? c.field,
                from: told(c.field, c.from),
                to: told(c.field, c.to),
              })),
            }))}
            hasMore={list.hasNextPage}
            onLoadMore={() => void list.fetchNextPage()}
          />
        )}
      </section>
    </div>
  );
}
