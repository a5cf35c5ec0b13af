// How many key accounts there are, and how many the team can carry.
import { Badge, Link, Stat } from '../../../ui/index.ts';
import { counted, type Matrix } from './words.ts';

export function CapacityLine({ matrix, isBrief = false }: { matrix: Matrix; isBrief?: boolean }) {
  const { capacity, managers, rows, lines } = matrix;
  const keyAccounts = rows.filter((r) => r.isKey).length;
  const free = capacity - keyAccounts;
  if (isBrief)
    return (
      <p className="-mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-base text-muted">
        <span>
          <strong className="tabular font-semibold text-ink">{keyAccounts}</strong> key accounts of {rows.length}
        </span>
        <span aria-hidden="true">·</span>
        {capacity === 0 ? (
          <span>
            Nobody manages accounts yet, so there is no line. <Link href="/settings/members">Invite a manager</Link>
          </span>
        ) : (
          <span>
            {managers === 1 ? 'one manager carries' : `${managers} managers carry`}{' '}
            <strong className="tabular font-semibold text-ink">{capacity}</strong>
          </span>
        )}
        {capacity > 0 && free < 0 && <Badge tone="watch">{-free} over capacity</Badge>}
        {capacity > 0 && free > 0 && <Badge tone="good">room for {free} more</Badge>}
      </p>
    );
  return (
    <section
      aria-label="Capacity"
      className="flex flex-wrap items-start gap-x-10 gap-y-3 rounded-ui border border-line bg-surface px-pad py-3 shadow-card"
    >
      <Stat
        label="Key accounts now"
        value={keyAccounts}
        unit={`of ${rows.length}`}
        hint={
          capacity === 0 ? undefined : free < 0 ? (
            <Badge tone="watch">{-free} over capacity</Badge>
          ) : (
            `room for ${free} more`
          )
        }
      />
      <Stat
        label="Capacity"
        value={capacity}
        unit="accounts"
        hint={
          capacity === 0 ? (
            <>
              Nobody manages accounts yet. <Link href="/settings/members">Invite a manager</Link>
            </>
          ) : (
            `carried by ${counted(managers, 'manager')}`
          )
        }
      />
      <Stat label="Lower line" value={lines.lower} unit="places" hint="below it, scaling back is considered" />
    </section>
  );
}
