// The forecast on a phone: a card an owner with the figures that matter, opened to kinds of business.
import { Button, Card, Missing, Money, StatusPill } from '../../../ui/index.ts';
import type { Figures, OwnerRow } from '../api-forecast.ts';
import type { ForecastTableProps } from './ForecastTable.tsx';
import { kindsIn, STEPS } from './forecastTable.ts';
import { KIND_WORDS } from './words.ts';

export function ForecastCards({ forecast: f, onSubmit, onCall }: Omit<ForecastTableProps, 'restated'>) {
  const kinds = kindsIn(f.rows);
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? null : { amount, currency: f.currency };
  const everybody = f.teams.find((t) => t.teamId === null);
  return (
    <ul aria-label="Forecast by owner" className="flex flex-col gap-3">
      {f.rows.map((row) => (
        <li key={row.ownerId ?? 'none'}>
          <Card title={row.ownerName} level={3}>
            <div className="flex flex-col gap-3">
              <Sums of={row.total} money={money} />
              <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
                <Said label="Owner’s call" value={money(row.submission?.commit)} stale={row.submission?.stale} />
                {row.can.submit && (
                  <Button size="sm" onPress={() => onSubmit(row)}>
                    {row.submission ? 'Submit again' : 'Submit'}
                  </Button>
                )}
              </div>
              <div className="flex flex-wrap items-center justify-between gap-2">
                <Said label="Manager’s call" value={money(row.managerCall?.commit)} />
                {row.can.call && row.ownerId && (
                  <Button
                    size="sm"
                    onPress={() => onCall({ ownerId: row.ownerId!, name: row.ownerName, figures: row.total })}
                  >
                    {row.managerCall ? 'Call again' : 'Call'}
                  </Button>
                )}
              </div>
              <Kinds row={row} kinds={kinds} money={money} />
            </div>
          </Card>
        </li>
      ))}
      {everybody && f.rows.length > 1 && (
        <li>
          <Card title="Everybody" level={3} className="bg-sunken">
            <Sums of={everybody.total} money={money} />
          </Card>
        </li>
      )}
    </ul>
  );
}

type ToMoney = (amount: number | null | undefined) => { amount: number; currency: string } | null;

function Sums({ of, money }: { of: Figures; money: ToMoney }) {
  const items = [
    ['To commit', of.upToCommit],
    ['To best', of.upToBest],
    ['Weighted', of.weighted],
  ] as const;
  return (
    <dl className="grid grid-cols-3 gap-3">
      {items.map(([label, amount]) => (
        <div key={label}>
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="font-semibold">
            <Money value={money(amount)} style="compact" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Said({
  label,
  value,
  stale = false,
}: {
  label: string;
  value: ReturnType<ToMoney>;
  stale?: boolean | undefined;
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <span className="text-sm text-muted">{label}</span>
      {value ? <Money value={value} style="compact" /> : <Missing label="None yet" />}
      {stale && <StatusPill variant="plain" tone="watch" label="Stale" />}
    </p>
  );
}

function Kinds({ row, kinds, money }: { row: OwnerRow; kinds: ReturnType<typeof kindsIn>; money: ToMoney }) {
  return (
    <details>
      <summary className="cursor-pointer text-sm text-muted">By kind of business</summary>
      <table className="mt-2 w-full text-sm">
        <thead>
          <tr className="text-muted">
            <td />
            {STEPS.map((step) => (
              <th key={step.key} scope="col" className="py-1 text-right font-medium">
                {step.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {KIND_WORDS[kind]}
              </th>
              {STEPS.map((step) => (
                <td key={step.key} className="py-1 text-right">
                  <Money value={money(row.kinds[kind]?.[step.key] ?? 0)} style="compact" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
