// What matters about an account at a glance, each value edited where it stands.
import type { ReactNode } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { daysBetween } from '../../../ui/format.ts';
import { cx, DateText, Money } from '../../../ui/index.ts';
import type { AccountPage } from '../api.ts';
import { Person } from './columns.tsx';
import { useToday } from './days.ts';
import { MemberValue, MoneyValueField, TextValue } from './fields.tsx';

function Fact({ label, children, note }: { label: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="min-w-0 border-line px-4 py-3 not-last:border-r max-md:not-last:border-b max-md:last:col-span-2 md:px-5">
      <div className="text-sm text-muted">{label}</div>
      <div className="text-lg font-medium text-ink">{children}</div>
      {note && <div className="text-sm">{note}</div>}
    </div>
  );
}

export function AccountStrip({ account }: { account: AccountPage }) {
  const today = useToday();
  const days = account.renewalOn ? daysBetween(today, account.renewalOn) : null;
  const near =
    days === null
      ? null
      : days < 0
        ? { text: `${-days} days ago`, tone: 'text-poor-text' }
        : days === 0
          ? { text: 'today', tone: 'text-poor-text' }
          : { text: days === 1 ? 'tomorrow' : `in ${days} days`, tone: days <= 90 ? 'text-watch-text' : 'text-muted' };
  return (
    <section
      aria-label="Key facts"
      className="grid grid-cols-2 border-b border-line bg-surface md:grid-cols-3 md:px-1 xl:grid-cols-5"
    >
      <Fact
        label="ARR"
        {...(account.arrFromLines
          ? {
              note: (
                <span className="text-muted">
                  <MetricButton metric="arr" query={{ accountId: account.id }} label="ARR">
                    from its lines
                  </MetricButton>
                </span>
              ),
            }
          : {})}
      >
        <MoneyValueField field="arr" display={<Money value={account.arr} />} />
      </Fact>
      <Fact label="Potential">
        <MoneyValueField field="potential" display={<Money value={account.potential} />} />
      </Fact>
      <Fact label="Renewal" {...(near ? { note: <span className={cx('tabular', near.tone)}>{near.text}</span> } : {})}>
        <TextValue field="renewalOn" kind="date" display={(value) => <DateText value={value} />} />
      </Fact>
      <Fact label="Owner">
        <MemberValue field="ownerId" display={<Person name={account.ownerName} />} />
      </Fact>
      <Fact label="Sponsor">
        <MemberValue field="sponsorId" display={<Person name={account.sponsorName} />} />
      </Fact>
    </section>
  );
}
