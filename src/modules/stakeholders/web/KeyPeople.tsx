// Card on an account's overview: who matters most there, and which must-have parts nobody fills.
import { TriangleAlert, UserPlus } from 'lucide-react';
import { Avatar, Button, Card, ErrorState, Link, SkeletonRows } from '../../../ui/index.ts';
import { useCoverage } from './CoverageHeader.tsx';
import { roleText } from './columns.tsx';
import { StanceMark } from './marks.tsx';
import { type AtAccount, usePeopleAt } from './peopleAt.ts';
import { PART_WORDS } from './words.ts';

/** Must-have parts first, then influence. */
function weight({ role }: AtAccount): number {
  const isMustHave = ['economic_buyer', 'decision_maker', 'champion', 'executive_sponsor'].includes(role.part ?? '');
  return (isMustHave ? 10 : 0) + (role.influence ?? 0) + (role.part === 'blocker' ? 8 : 0);
}

export default function KeyPeople({ accountId }: { accountId: string }) {
  const people = usePeopleAt(accountId);
  const coverage = useCoverage(accountId).data?.items[0];
  const missing = coverage?.parts.filter((p) => p.people.length === 0) ?? [];
  const href = `/accounts/${accountId}?tab=people`;
  const top = people.rows.toSorted((a, b) => weight(b) - weight(a)).slice(0, 5);
  return (
    <Card
      title="Key people"
      padding="none"
      {...(people.rows.length > 0
        ? {
            actions: (
              <Link href={href} className="text-sm">
                All {people.rows.length}
              </Link>
            ),
          }
        : {})}
    >
      {people.isPending ? (
        <div className="px-pad pb-4">
          <SkeletonRows rows={3} columns={2} />
        </div>
      ) : people.isError ? (
        <ErrorState size="sm" text={people.error.message} onRetry={() => void people.refetch()} />
      ) : top.length === 0 ? (
        <div className="flex flex-col items-start gap-3 px-pad pb-4">
          <p className="text-base text-muted">Nobody is known here yet. Start with who decides and who signs.</p>
          <Button size="sm" icon={<UserPlus />} href={href}>
            Add people
          </Button>
        </div>
      ) : (
        <>
          {missing.length > 0 && (
            <p className="flex items-start gap-2 px-pad pb-3 text-sm text-watch-text">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              Missing: {missing.map((p) => PART_WORDS[p.part].toLowerCase()).join(', ')}
            </p>
          )}
          <ul>
            {top.map(({ person, role }) => (
              <li key={person.id} className="flex items-center gap-3 border-t border-line px-pad py-2">
                <Avatar name={person.name} size="md" isDecorative />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-base">
                    <Link href={`${href}&person=${person.id}`} tone="text">
                      {person.name}
                    </Link>
                  </span>
                  <span className="block truncate text-sm text-muted">
                    {[role.title, roleText.part(role)].filter(Boolean).join(' · ') || 'No title yet'}
                  </span>
                </span>
                <StanceMark role={role} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
