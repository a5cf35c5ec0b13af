// The frame of a block: its name, who looks after it, when somebody last confirmed it, and "Still true".
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatDate, formatRelative } from '../../../../ui/format.ts';
import { Button, cx, StatusPill, Tooltip, useFormatSettings } from '../../../../ui/index.ts';
import { BLOCKS, type BlockKey, freshnessOf } from '../../rules.ts';
import { useToday } from '../days.ts';
import { OwnerValue } from '../fields.tsx';
import { useBlock, usePlan, useReview } from '../usePlan.tsx';
import { FRESHNESS_WORDS, placeOf } from '../words.ts';

export function Block({
  block,
  name = BLOCKS.find(({ key }) => key === block)?.name ?? block,
  className,
  children,
}: {
  block: BlockKey;
  name?: string;
  className?: string;
  children: ReactNode;
}) {
  const { view } = usePlan();
  const { care, setOwner, canEdit } = useBlock(block);
  const today = useToday();
  const { state } = freshnessOf(care.reviewedOn, today, view.page.limits);
  const isGrey = state === 'stale';
  const id = placeOf(block);
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-name`}
      className={cx(
        'group/block min-w-0 scroll-mt-16 break-inside-avoid px-4 py-4 outline-none md:px-6',
        isGrey && 'bg-sunken',
        className,
      )}
    >
      <header className="mb-1.5 flex min-h-8 flex-wrap items-center gap-x-2">
        <h2
          id={`${id}-name`}
          className={cx('flex-1 text-base font-semibold max-sm:basis-full', isGrey ? 'text-muted' : 'text-ink')}
        >
          {name}
        </h2>
        <Reviewed block={block} state={state} />
        <OwnerValue label={`Owner of ${name}`} value={care.ownerId} onChange={setOwner} isReadOnly={!canEdit} />
      </header>
      {children}
    </section>
  );
}

function Reviewed({ block, state }: { block: BlockKey; state: keyof typeof FRESHNESS_WORDS }) {
  const { care, canEdit } = useBlock(block);
  const { locale } = useFormatSettings();
  const today = useToday();
  const review = useReview();
  const [isBusy, setBusy] = useState(false);
  const words = FRESHNESS_WORDS[state];
  const ago = care.reviewedOn ? formatRelative(care.reviewedOn, today, locale) : undefined;
  return (
    <span className="flex items-center gap-1">
      <span title={care.reviewedOn ? `Reviewed on ${formatDate(care.reviewedOn, locale)}` : undefined}>
        <StatusPill variant="plain" tone={words.tone} label={words.label} {...(ago ? { detail: ago } : {})} />
      </span>
      {canEdit && care.reviewedOn !== today && (
        <span data-print="hide">
          <Tooltip text="Confirm that this block still holds">
            <Button
              size="sm"
              variant="quiet"
              icon={<Check />}
              isLoading={isBusy}
              onPress={() => {
                setBusy(true);
                void review([block]).finally(() => setBusy(false));
              }}
            >
              Still true
            </Button>
          </Tooltip>
        </span>
      )}
    </span>
  );
}

/** A small heading inside a block. */
export function Part({ title, children, className }: { title: string; children: ReactNode; className?: string }) {
  return (
    <div className={cx('min-w-0', className)}>
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      {children}
    </div>
  );
}
