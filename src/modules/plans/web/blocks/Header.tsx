// The head of the plan: whose account it is, what it is worth, when it renews and what we want then.
import { Link, Missing, Money } from '../../../../ui/index.ts';
import { useToday } from '../days.ts';
import { DateValue, NumberValue, TextValue } from '../fields.tsx';
import { useBlock, usePlan } from '../usePlan.tsx';
import { Block, Part } from './Block.tsx';

export function Header({ showsAccount }: { showsAccount: boolean }) {
  const { block, set, canEdit } = useBlock('header');
  const { page } = usePlan().view;
  const today = useToday();
  return (
    <Block block="header" name="Renewal and target">
      <div className="flex flex-wrap items-start gap-x-10 gap-y-3">
        {showsAccount && (
          <Part title="Account">
            <p className="py-0.5 text-lg font-semibold">
              <Link href={`/accounts/${page.accountId}`} tone="text">
                {page.accountName}
              </Link>
            </p>
          </Part>
        )}
        <Part title="ARR">
          <p className="py-0.5 text-lg font-semibold tabular">
            <Money value={page.arr} style="compact" />
          </p>
        </Part>
        <Part title="Owner">
          <p className="py-1">{page.ownerName ?? <Missing label="Nobody yet" />}</p>
        </Part>
        <Part title="Sponsor">
          <p className="py-1">{page.sponsorName ?? <Missing label="Nobody yet" />}</p>
        </Part>
        <Part title="Renewal">
          <div className="flex min-h-7 flex-wrap items-center gap-x-1 py-0.5">
            <DateValue
              id="plan-header-renewalOn"
              label="Renewal date"
              value={block.renewalOn}
              onChange={(renewalOn) => set({ renewalOn })}
              placeholder="Set the date"
              isReadOnly={!canEdit}
              className="-ml-1.5 text-base! text-ink!"
            />
            {block.renewalOn && <Until day={block.renewalOn} today={today} />}
          </div>
        </Part>
        <Part title="Target uplift">
          <div className="-ml-1 min-h-7 py-1">
            <NumberValue
              id="plan-header-upliftPercent"
              label="Target uplift in percent"
              value={block.upliftPercent}
              onChange={(upliftPercent) => set({ upliftPercent })}
              placeholder="+ %"
              isSigned
              suffix="%"
              min={-100}
              max={1000}
              isReadOnly={!canEdit}
            />
          </div>
        </Part>
        <Part title="Target outcome" className="min-w-60 flex-1">
          <TextValue
            id="plan-header-outcome"
            label="Target outcome"
            value={block.outcome}
            onChange={(outcome) => set({ outcome })}
            placeholder="What we want the renewal to bring"
            maxLength={300}
            isReadOnly={!canEdit}
          />
        </Part>
      </div>
      <TextValue
        label="Summary"
        value={block.summary}
        onChange={(summary) => set({ summary })}
        placeholder="The account in two sentences: where we stand and what the renewal hangs on"
        maxLength={4000}
        isLong
        isReadOnly={!canEdit}
        className="mt-2 max-w-4xl text-pretty"
      />
    </Block>
  );
}

function Until({ day, today }: { day: string; today: string }) {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (days < 0) return <span className="text-sm text-poor-text">passed {-days} days ago</span>;
  return <span className="text-sm text-muted">{days === 0 ? 'today' : `in ${days} days`}</span>;
}
