// Which of the parts that every key account needs are filled, and by whom; what is missing in words.
import { CircleCheck, CircleDashed } from 'lucide-react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useCall } from '../../../kernel/web/queries.ts';
import { Card, ErrorState, Meter, Num, Skeleton } from '../../../ui/index.ts';
import { accountCoverage, type Coverage } from '../api.ts';
import { PART_WORDS } from './words.ts';

export function missingText(coverage: Coverage): string {
  const missing = coverage.parts.filter((p) => p.people.length === 0).map((p) => PART_WORDS[p.part].toLowerCase());
  const filled = `${coverage.filled} of ${coverage.of} must-have parts`;
  return missing.length === 0 ? `${filled}; nobody is missing` : `${filled}; missing: ${missing.join(', ')}`;
}

export function useCoverage(accountId: string) {
  return useCall(accountCoverage, { query: { accountId: [accountId] } });
}

export function CoverageHeader({ accountId }: { accountId: string }) {
  const answer = useCoverage(accountId);
  if (answer.isPending) return <Skeleton className="h-28 w-full" />;
  if (answer.isError) return <ErrorState size="sm" text={answer.error.message} onRetry={() => void answer.refetch()} />;
  const coverage = answer.data.items[0];
  if (!coverage) return null;
  const tone = coverage.filled === coverage.of ? 'good' : coverage.filled >= coverage.of / 2 ? 'watch' : 'poor';
  return (
    <Card>
      <div className="flex flex-col gap-3">
        <Meter
          label="Role coverage"
          value={coverage.filled}
          max={coverage.of}
          tone={tone}
          valueText={missingText(coverage)}
        />
        <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2 xl:grid-cols-4">
          {coverage.parts.map(({ part, people }) => (
            <li key={part} className="flex min-w-0 items-start gap-2">
              {people.length > 0 ? (
                <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
              ) : (
                <CircleDashed aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
              )}
              <span className="min-w-0">
                <span className="block text-sm text-muted">{PART_WORDS[part]}</span>
                <span className="block truncate text-base">
                  {people.length === 0 ? (
                    <span className="text-muted">Nobody yet</span>
                  ) : (
                    people.map((p) => (p.confirmed ? p.name : `${p.name} (assumed)`)).join(', ')
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
        <p className="text-sm text-muted">
          Coverage{' '}
          <MetricButton metric="role-coverage" query={{ of: accountId }} label="Role coverage">
            <Num value={coverage.ratio} percent />
          </MetricButton>
        </p>
      </div>
    </Card>
  );
}
