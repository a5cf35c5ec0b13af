// Small parts that several of the room's pages show: an opportunity as a card, its category, its close day.
import { CalendarClock } from 'lucide-react';
import { Badge, DateText, Money } from '../../../ui/index.ts';
import type { Opportunity } from '../api.ts';
import { CATEGORY_TONES, CATEGORY_WORDS, TYPE_WORDS } from './words.ts';

export function CategoryBadge({ of }: { of: Pick<Opportunity, 'category' | 'categoryByHand' | 'state'> }) {
  return (
    <Badge tone={CATEGORY_TONES[of.category]}>
      {CATEGORY_WORDS[of.category]}
      {of.categoryByHand && of.state === 'open' && <span className="sr-only"> (chosen by a person)</span>}
    </Badge>
  );
}

/** The day it closes or closed; its year is said unless it is this one. */
export function CloseDay({ of }: { of: Opportunity }) {
  const day = of.closedOn ?? of.closesOn;
  return (
    <span className={of.overdue ? 'text-poor-text' : undefined}>
      <DateText value={day} style={day.slice(0, 4) === String(new Date().getFullYear()) ? 'short' : 'medium'} />
      {of.overdue && ' · overdue'}
      {of.pushes > 0 && of.state === 'open' && (
        <span title={`Put off ${of.pushes === 1 ? 'once' : `${of.pushes} times`}`}> · {of.pushes}× pushed</span>
      )}
    </span>
  );
}

/** On the board: what it is, at whom, how much, when, how sure. */
export function OpportunityCard({ of, hidesAccount = false }: { of: Opportunity; hidesAccount?: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="truncate font-medium text-ink">{of.name}</span>
      {!hidesAccount && <span className="truncate text-sm text-muted">{of.accountName}</span>}
      <span className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
        <Money value={of.amount} />
        <span className="text-sm text-muted">{TYPE_WORDS[of.type]}</span>
      </span>
      <span className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1 text-sm text-muted">
        <span className="inline-flex items-center gap-1">
          <CalendarClock aria-hidden="true" className="size-3.5 shrink-0" />
          <CloseDay of={of} />
        </span>
        {of.state === 'open' && (
          <span className="flex items-center gap-1">
            <CategoryBadge of={of} />
            <span className="tabular">{of.probability} %</span>
          </span>
        )}
      </span>
      {of.nextStep && of.state === 'open' && <span className="truncate text-sm text-muted">→ {of.nextStep}</span>}
    </div>
  );
}
