// Small parts that several pages of the room show: likelihood, notice deadline, who and where.
import { DateText, Missing, StatusPill } from '../../../ui/index.ts';
import type { Renewal } from '../api-renewals.ts';
import { daysText } from './days.ts';
import { LIKELIHOOD, OUTCOME } from './words.ts';

/** A likelihood with its word and probability. */
export function LikelihoodPill({ value, probability }: { value: Renewal['likelihood']; probability?: number }) {
  const { label, tone } = LIKELIHOOD[value];
  return (
    <StatusPill tone={tone} label={label} {...(probability === undefined ? {} : { detail: `${probability} %` })} />
  );
}

/** What became of it, or how likely it is. */
export function StandPill({ renewal }: { renewal: Renewal }) {
  if (renewal.outcome) {
    const { label, tone } = OUTCOME[renewal.outcome];
    return <StatusPill tone={tone} label={label} />;
  }
  if (renewal.state === 'dropped') return <StatusPill tone="neutral" label="Dropped" />;
  return <LikelihoodPill value={renewal.likelihood} probability={renewal.probability} />;
}

/** The day by which something has to happen, and how far it is. */
export function Deadline({ renewal }: { renewal: Renewal }) {
  const isOpen = renewal.state === 'open';
  const tone = !isOpen
    ? 'text-muted'
    : renewal.daysLeft < 0
      ? 'text-poor-text'
      : renewal.daysLeft <= 30
        ? 'text-watch-text'
        : 'text-muted';
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <DateText value={renewal.actByOn} />
      {isOpen && <span className={`text-sm ${tone}`}>{daysText(renewal.daysLeft)}</span>}
    </span>
  );
}

/** What a renewal still lacks, in words; null where nothing. */
export function openPoints(renewal: Renewal): string[] {
  return [
    ...(renewal.disagreement ? ['Person and figures disagree'] : []),
    ...renewal.checkpoints
      .filter((c) => c.overdue)
      .map((c) => `Missed: ${c.kind === 'six_months' ? 6 : 3}-month checkpoint`),
    ...(renewal.pendingApproval ? ['Waits for approval'] : []),
  ];
}

export function Owner({ name }: { name: string | null }) {
  return name ? <span className="truncate">{name}</span> : <Missing label="Nobody" />;
}
