// An account's revenue: what it pays now, how it came there month by month, the lines that make it up, and its invoices.
import { useMemo, useState } from 'react';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { wholeList } from '../../../kernel/web/whole.ts';
import { formatDate, formatMoney, toMajor, toMinor } from '../../../ui/format.ts';
import {
  Badge,
  Button,
  Card,
  DateText,
  EmptyState,
  ErrorState,
  Link,
  Money,
  Skeleton,
  StatusPill,
  Switch,
  useFormatSettings,
  useIsPhone,
} from '../../../ui/index.ts';
import { LineChart } from '../../../ui/LineChart.tsx';
import { type Invoice, listInvoices, listLines, type RevenueLine } from '../api.ts';

const YEARS_BACK = 3;
const SOURCE_WORDS: Record<RevenueLine['source'], string> = {
  contract: 'Contract',
  subscription: 'Subscription',
  invoice: 'Invoice',
};
const STATE: Record<Invoice['status'], { label: string; tone: 'good' | 'watch' | 'poor' | 'neutral' | 'info' }> = {
  draft: { label: 'Draft', tone: 'neutral' },
  open: { label: 'Open', tone: 'info' },
  paid: { label: 'Paid', tone: 'good' },
  void: { label: 'Void', tone: 'neutral' },
  uncollectible: { label: 'Uncollectible', tone: 'poor' },
};

export default function RevenueTab({ accountId }: { accountId: string }) {
  const [withChildren, setWithChildren] = useState(false);
  const scope = useMemo(
    () => ({ accountId, ...(withChildren ? { withChildren: 'true' as const } : {}) }),
    [accountId, withChildren],
  );
  const lines = useList(listLines, { query: { ...scope, limit: 50 } });
  const invoices = useList(listInvoices, { query: { ...scope, limit: 20 } });
  if (lines.error && lines.items.length === 0)
    return <ErrorState text={lines.error.message} onRetry={() => void lines.refetch()} />;
  if (lines.isPending) return <Skeleton className="h-60 w-full" />;
  const isEmpty = lines.items.length === 0 && invoices.items.length === 0;
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label="With the accounts below"
        description="Adds what daughters of this account pay"
        isSelected={withChildren}
        onChange={setWithChildren}
      />
      {isEmpty && !invoices.isPending ? (
        <EmptyState
          title="No recurring revenue"
          text="Lines come from contracts of this account and from imported subscriptions or invoices."
          actions={
            <Button variant="primary" href={`/accounts/${accountId}?tab=contracts`}>
              Contracts of this account
            </Button>
          }
        />
      ) : (
        <>
          <section
            aria-label="Revenue of the account"
            className="grid grid-cols-2 rounded-ui border border-line bg-surface shadow-card md:grid-cols-4 [&>*]:px-4 [&>*]:py-3"
          >
            <MetricStat metric="mrr" label="MRR" query={scope} />
            <MetricStat metric="arr" label="ARR" query={scope} />
            <MetricStat metric="nrr" label="NRR, 12 months" query={scope} />
            <MetricStat metric="mrr-movements" label="Change, 12 months" query={scope} />
          </section>
          <History scope={scope} />
          <Lines lines={lines} withAccount={withChildren} scope={scope} />
          {invoices.items.length > 0 && <Invoices invoices={invoices} withAccount={withChildren} scope={scope} />}
        </>
      )}
    </div>
  );
}

type Scope = { accountId: string; withChildren?: 'true' };

function History({ scope }: { scope: Scope }) {
  const { workspace } = useSession();
  const isPhone = useIsPhone();
  const settings = useFormatSettings();
  const today = new Date().toISOString().slice(0, 10);
  const from = `${Number(today.slice(0, 4)) - YEARS_BACK}${today.slice(4, 7)}-01`;
  const answer = useCall(
    getMetric,
    { params: { id: 'mrr-movements' }, query: { ...scope, from, to: today, groupBy: 'month' } },
    { keepPrevious: true },
  );
  const groups = answer.data?.groups;
  const currency = workspace.currency;
  const data = useMemo(() => {
    const value = (v: unknown) => (v && typeof v === 'object' ? toMajor(v as { amount: number; currency: string }) : 0);
    return {
      categories: (groups ?? []).map((g) => formatDate(`${g.key}-01`, settings.locale, 'month')),
      series: [{ name: 'MRR', values: (groups ?? []).map((g) => value(g.parts.end)) }],
    };
  }, [groups, settings.locale]);
  const text = (style: 'whole' | 'compact') => (v: number) =>
    formatMoney({ amount: toMinor(v, currency), currency }, settings.locale, style);
  if (answer.error) return <ErrorState text={answer.error.message} onRetry={() => void answer.refetch()} />;
  if (!groups) return <Skeleton className="h-64 w-full" />;
  const last = data.series[0]!.values.at(-1) ?? 0;
  return (
    <Card>
      <LineChart
        title={isPhone ? `MRR by month (${currency})` : 'Monthly recurring revenue at the end of each month'}
        summary={`${text('whole')(last)} a month at present, over ${data.categories.length} months.`}
        categories={data.categories}
        series={data.series}
        categoryLabel="Month"
        formatValue={text('whole')}
        formatAxis={text('compact')}
        isArea
        height={220}
        fileName="mrr"
      />
    </Card>
  );
}

type Listed<T> = { items: T[]; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
const head = 'px-3 py-2 text-left text-sm font-medium whitespace-nowrap text-muted first:pl-pad last:pr-pad';
const cell = 'px-3 py-1.5 first:pl-pad last:pr-pad';

/** The last day on which a line is in force, as contracts say it; a line that ended as it began keeps its one day. */
function lastDay({ startsOn, until }: RevenueLine): string | null {
  if (until === null) return null;
  const at = new Date(`${until}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  const last = at.toISOString().slice(0, 10);
  return last < startsOn ? startsOn : last;
}

function Lines({ lines, withAccount, scope }: { lines: Listed<RevenueLine>; withAccount: boolean; scope: Scope }) {
  return (
    <Card
      title="Lines"
      subtitle="What the revenue is made of, the latest first"
      padding="none"
      actions={
        <TakeCsv
          size="sm"
          fileName="revenue-lines"
          head={['Account', 'What', 'From', 'First day', 'Last day', 'A month', 'A year']}
          rows={async () =>
            (await wholeList(listLines, { query: { ...scope, limit: 200 } })).map((l) => [
              l.accountName,
              l.label,
              SOURCE_WORDS[l.source],
              l.startsOn,
              lastDay(l),
              l.mrr,
              l.arr,
            ])
          }
        />
      }
    >
      <Table
        label="Lines of recurring revenue"
        heads={[...(withAccount ? ['Account'] : []), 'What', 'From', 'First day', 'Last day']}
        numbers={['A month', 'A year']}
        more={lines}
      >
        {lines.items.map((l) => (
          <tr key={`${l.source}${l.id}`} className="border-t border-line">
            {withAccount && (
              <td className={cell}>
                <Link href={`/accounts/${l.accountId}?tab=revenue`}>{l.accountName}</Link>
              </td>
            )}
            <th scope="row" className={`${cell} text-left font-normal`}>
              {l.label || 'Without a name'}
            </th>
            <td className={cell}>
              {l.contractId ? (
                <Link href={`/contracts/${l.contractId}`}>{SOURCE_WORDS[l.source]}</Link>
              ) : (
                <Badge tone="outline">{SOURCE_WORDS[l.source]}</Badge>
              )}
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              <DateText value={l.startsOn} />
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              {l.until ? <DateText value={lastDay(l)} /> : <span className="text-muted">goes on</span>}
            </td>
            <td className={`${cell} text-right`}>
              <Money value={l.mrr} />
            </td>
            <td className={`${cell} text-right`}>
              <Money value={l.arr} />
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function Invoices({ invoices, withAccount, scope }: { invoices: Listed<Invoice>; withAccount: boolean; scope: Scope }) {
  return (
    <Card
      title="Invoices"
      padding="none"
      actions={
        <TakeCsv
          size="sm"
          fileName="invoices"
          head={['Account', 'Number', 'Issued', 'Due', 'Status', 'Amount', 'Paid']}
          rows={async () =>
            (await wholeList(listInvoices, { query: { ...scope, limit: 200 } })).map((i) => [
              i.accountName,
              i.number,
              i.issuedOn,
              i.dueOn,
              i.isOverdue ? 'Overdue' : STATE[i.status].label,
              i.amount,
              i.paid,
            ])
          }
        />
      }
    >
      <Table
        label="Table of invoices"
        heads={[...(withAccount ? ['Account'] : []), 'Number', 'Issued', 'Due', 'Status']}
        numbers={['Amount', 'Paid']}
        more={invoices}
      >
        {invoices.items.map((i) => (
          <tr key={i.id} className="border-t border-line">
            {withAccount && (
              <td className={cell}>
                <Link href={`/accounts/${i.accountId}?tab=revenue`}>{i.accountName}</Link>
              </td>
            )}
            <th scope="row" className={`${cell} text-left font-normal`}>
              {i.number}
            </th>
            <td className={`${cell} whitespace-nowrap`}>
              <DateText value={i.issuedOn} />
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              <DateText value={i.dueOn} />
            </td>
            <td className={cell}>
              {i.isOverdue ? <StatusPill tone="poor" label="Overdue" /> : <StatusPill {...STATE[i.status]} />}
            </td>
            <td className={`${cell} text-right`}>
              <Money value={i.amount} />
            </td>
            <td className={`${cell} text-right`}>
              <Money value={i.paid} />
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

type TableProps = {
  label: string;
  heads: readonly string[];
  numbers: readonly string[];
  more: Omit<Listed<unknown>, 'items'>;
  children: React.ReactNode;
};

function Table({ label, heads, numbers, more, children }: TableProps) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="scroll-quiet overflow-x-auto">
        <table className="w-full text-base">
          <thead>
            <tr>
              {heads.map((h) => (
                <th key={h} scope="col" className={head}>
                  {h}
                </th>
              ))}
              {numbers.map((h) => (
                <th key={h} scope="col" className={`${head} text-right!`}>
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
      {more.hasNextPage && (
        <div className="border-t border-line px-pad py-2">
          <Button
            variant="quiet"
            size="sm"
            isLoading={more.isFetchingNextPage}
            onPress={() => void more.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
