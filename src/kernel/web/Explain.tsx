// "Explain this number": what a figure means, what it is as of, what it is made of, and the rows behind it, to look at or take along.
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { saveBlob, toCsv } from '../../ui/chartFiles.ts';
import { minorDigits } from '../../ui/format.ts';
import { Badge, Banner, Button, DateText, Drawer, ErrorState, Link, Select, Skeleton, toast } from '../../ui/index.ts';
import {
  explainMetric,
  type Figure,
  getMetric,
  type MetricAnswer,
  type MetricDefinition,
} from '../contract/metrics.ts';
import type { AnswerOf, CallInput } from '../contract/route.ts';
import { call } from './call.ts';
import { FigureText, type MetricAsk, useDefinition } from './Figure.tsx';
import { useCall, useList } from './queries.ts';

export type ExplainProps = {
  /** Id of the figure: `nrr`. */
  metric: string;
  /** The very question that the figure on the page answers. */
  query?: MetricAsk;
  /** With `groupBy` in the question: only rows of this group. */
  group?: string;
  /** Only rows that add to this part: `churn`. */
  part?: string;
  onClose: () => void;
};

type RowsInput = CallInput<typeof explainMetric>;
export type Row = AnswerOf<typeof explainMetric>['items'][number];

/** Definition, value, parts and rows of one figure in a drawer. Load it lazily. */
export default function Explain({ metric, query = {}, group, part: firstPart, onClose }: ExplainProps) {
  const [part, setPart] = useState<string | null>(firstPart ?? null);
  const definition = useDefinition(metric);
  const answer = useCall(getMetric, { params: { id: metric }, query });
  const rowsInput: RowsInput = {
    params: { id: metric },
    query: { ...query, ...(group === undefined ? {} : { group }), ...(part ? { part } : {}), limit: 50 },
  };
  const rows = useList(explainMetric, rowsInput);
  const shown = group === undefined ? answer.data : answer.data?.groups?.find((g) => g.key === group);
  const label = definition?.label ?? metric;
  const title =
    group === undefined ? label : `${label} · ${answer.data?.groups?.find((g) => g.key === group)?.label ?? group}`;

  return (
    <Drawer isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title} size="lg">
      <div className="flex flex-col gap-6">
        {answer.error ? (
          <ErrorState
            title="This figure could not be loaded"
            text={answer.error.message}
            onRetry={() => void answer.refetch()}
          />
        ) : answer.isPending ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <section>
            <div className="tabular text-3xl font-semibold tracking-tight">
              <FigureText value={shown?.value} unit={answer.data.unit} style="full" />
            </div>
            <p className="mt-1 text-sm text-muted">
              <AsOf answer={answer.data} />
            </p>
            {(shown?.value === null || shown === undefined) && (
              <p className="mt-2 text-base text-muted">
                Not enough data: there is nothing to compare with at the start.
              </p>
            )}
          </section>
        )}
        {answer.data?.warnings.map((w) => (
          <Banner key={w.message} tone="watch" title={w.message}>
            {w.code === 'rate_missing' && <Link href="/settings/rates">Enter or import rates</Link>}
          </Banner>
        ))}
        {definition && <Meaning definition={definition} />}
        {shown && <Parts parts={shown.parts} currencies={group === undefined ? answer.data?.byCurrency : undefined} />}
        <section>
          <div className="flex flex-wrap items-end justify-between gap-2">
            <h3 className="text-lg font-semibold">Rows behind it</h3>
            <div className="flex items-end gap-2">
              {shown && (
                <Select
                  label="Rows that add to"
                  hideLabel
                  size="sm"
                  value={part}
                  onChange={setPart}
                  onClear={() => setPart(null)}
                  clearLabel="All rows"
                  placeholder="All rows"
                  options={Object.keys(shown.parts)
                    .filter((key) => key !== 'net')
                    .map((key) => ({ value: key, label: words(key, shown.parts) }))}
                />
              )}
              <Take metric={metric} input={rowsInput} isDisabled={rows.items.length === 0} />
            </div>
          </div>
          <Rows
            rows={rows.items as Row[]}
            isLoading={rows.isPending}
            error={rows.error ? rows.error.message : null}
            onRetry={() => void rows.refetch()}
          />
          {rows.hasNextPage && (
            <Button
              variant="quiet"
              isLoading={rows.isFetchingNextPage}
              onPress={() => void rows.fetchNextPage()}
              className="mt-2"
            >
              Show more
            </Button>
          )}
        </section>
      </div>
    </Drawer>
  );
}

function AsOf({ answer }: { answer: MetricAnswer }) {
  return (
    <>
      {answer.from && answer.to ? (
        <>
          From <DateText value={answer.from} /> to <DateText value={answer.to} />
          {', '}
        </>
      ) : null}
      as of <DateText value={answer.asOf} />
    </>
  );
}

/** What a definition says. */
export function Meaning({ definition }: { definition: MetricDefinition }) {
  return (
    <section className="flex flex-col gap-3">
      <p className="text-base text-pretty">{definition.meaning}</p>
      <p className="rounded-ui bg-sunken px-3 py-2 font-mono text-sm text-pretty">{definition.formula}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Listed title="In it" items={definition.includes} />
        <Listed title="Not in it" items={definition.excludes} />
      </div>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <Badge tone="outline">{definition.id}</Badge>
        Definition version {definition.version}
      </p>
    </section>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-medium text-muted">{title}</h3>
      <ul className="mt-1 list-disc pl-5 text-base text-pretty">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

type PartsProps = { parts: Record<string, Figure>; currencies?: MetricAnswer['byCurrency'] };

function Parts({ parts, currencies }: PartsProps) {
  const keys = Object.keys(parts);
  if (keys.length === 0) return null;
  const columns: { label: string; of: Record<string, Figure> }[] = [
    { label: 'Value', of: parts },
    ...(currencies ?? []).map((c) => ({ label: `in ${c.currency}`, of: c.parts })),
  ];
  return (
    <Scroll label="What it is made of">
      <table className="w-full text-base">
        <caption className="pb-1 text-left text-sm font-medium text-muted">What it is made of</caption>
        {columns.length > 1 && (
          <thead>
            <tr className="text-sm text-muted">
              <td />
              {columns.map((c) => (
                <th key={c.label} scope="col" className="py-1 pl-4 text-right font-medium">
                  {c.label}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {keys.map((key) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {words(key, parts)}
              </th>
              {columns.map((c) => (
                <td key={c.label} className="tabular py-1.5 pl-4 text-right font-medium">
                  <FigureText value={c.of[key]} unit="part" style="full" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

type RowsProps = { rows: readonly Row[]; isLoading: boolean; error: string | null; onRetry: () => void };

/** Rows behind a figure. */
export function Rows({ rows, isLoading, error, onRetry }: RowsProps) {
  if (error) return <ErrorState title="The rows could not be loaded" text={error} onRetry={onRetry} />;
  if (isLoading) return <Skeleton className="mt-2 h-40 w-full" />;
  if (rows.length === 0) return <p className="mt-2 text-base text-muted">No row adds to it.</p>;
  const keys = [...new Set(rows.flatMap((r) => Object.keys(r.parts)))];
  return (
    <Scroll label="Rows behind the figure">
      <table className="mt-2 w-full text-base">
        <thead>
          <tr className="text-sm text-muted">
            <th scope="col" className="py-1 text-left font-medium">
              What
            </th>
            {keys.map((key) => (
              <th key={key} scope="col" className="py-1 pl-4 text-right font-medium whitespace-nowrap">
                {words(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {row.href ? <Link href={row.href}>{row.label}</Link> : row.label}
              </th>
              {keys.map((key) => (
                <td key={key} className="tabular py-1.5 pl-4 text-right">
                  {key in row.parts ? <FigureText value={row.parts[key]} unit="part" style="full" /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A wide table scrolls by itself, by keyboard too. */
function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="scroll-quiet overflow-x-auto">
      {children}
    </section>
  );
}

const MOST_ROWS = 10_000;

function Take({ metric, input, isDisabled }: { metric: string; input: RowsInput; isDisabled: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const all: Row[] = [];
      let definition: MetricDefinition | undefined;
      for (let cursor: string | undefined; all.length < MOST_ROWS; ) {
        const page = await call(explainMetric, {
          ...input,
          query: { ...input.query, limit: 200, ...(cursor ? { cursor } : {}) },
        });
        all.push(...page.items);
        definition = page.definition;
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      saveRows(metric, all, definition);
    } catch (error) {
      toast.show({ title: 'The rows could not be loaded', text: (error as Error).message, tone: 'poor' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="sm"
      icon={<Download aria-hidden="true" />}
      isLoading={isBusy}
      isDisabled={isDisabled}
      onPress={() => void take()}
    >
      CSV
    </Button>
  );
}

/** Saves rows behind a figure as a file. */
export function saveRows(metric: string, rows: readonly Row[], definition: MetricDefinition | undefined): void {
  saveBlob(new Blob(['\uFEFF', csvOf(rows, definition)], { type: 'text/csv;charset=utf-8' }), `${metric}-rows.csv`);
}

/** The rows with each part in a column of its own, money in whole units beside its currency; definition and version in every row. */
function csvOf(rows: readonly Row[], definition: MetricDefinition | undefined): string {
  const keys = [...new Set(rows.flatMap((r) => Object.keys(r.parts)))];
  const hasMoney = new Set(keys.filter((k) => rows.some((r) => typeof r.parts[k] === 'object' && r.parts[k] !== null)));
  return toCsv(
    [
      'What',
      'Account id',
      ...keys.flatMap((k) => (hasMoney.has(k) ? [words(k), `${words(k)} currency`] : [words(k)])),
      'Definition',
    ],
    rows.map((r) => [
      r.label,
      r.accountId,
      ...keys.flatMap((k) => {
        const value = r.parts[k] ?? null;
        if (typeof value === 'object' && value !== null)
          return [value.amount / 10 ** minorDigits(value.currency), value.currency];
        return hasMoney.has(k) ? [null, null] : [value];
      }),
      definition ? `${definition.id} v${definition.version}` : '',
    ]),
  );
}

const SPECIAL: Record<string, string> = {
  start: 'Start',
  end: 'End',
  kept: 'Kept, without growth',
  accounts: 'Accounts at the start',
  endAccounts: 'of them at the end',
  startTotal: 'All accounts, start',
  endTotal: 'All accounts, end',
  mrr: 'MRR',
  arr: 'ARR',
  hhi: 'Herfindahl index',
  periods: 'Billing periods a year',
  datesAndFigures: 'Dates and figures',
  once: 'Once',
};
/** `bestCase` → "Best case", `top10` → "Top 10". */
function words(key: string, beside: Record<string, unknown> = {}): string {
  // Only a figure of a period has accounts at its start and at its end.
  const known = key === 'accounts' && !('endAccounts' in beside) ? undefined : SPECIAL[key];
  if (known) return known;
  const text = key
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
