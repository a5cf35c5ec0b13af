// The forecast on a phone: a card an owner with the figures that matter, opened to kinds of business.
import { useState } from 'react';
import { FigureButton } from '../../../kernel/web/Figure.tsx';
import { SumDrawer } from '../../../kernel/web/SumStat.tsx';
import { Button, Card, Missing, Money, StatusPill } from '../../../ui/index.ts';
import type { OwnerRow } from '../api-forecast.ts';
import type { ForecastTableProps } from './ForecastTable.tsx';
import {
  COLUMNS,
  type Column,
  type Explained,
  ofCell,
  ofManagerCall,
  ofSubmissions,
  type Place,
  type Whose,
} from './forecastFigures.tsx';
import { kindsIn, type ShownKind, STEPS } from './forecastTable.ts';
import { KIND_WORDS } from './words.ts';

export function ForecastCards({ forecast: f, restated, scope, onSubmit, onCall }: ForecastTableProps) {
  const [explained, setExplained] = useState<Explained | null>(null);
  const place: Place = { forecast: f, restated, scope };
  const kinds = kindsIn(f.rows);
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? null : { amount, currency: f.currency };
  const everybody = f.teams.find((t) => t.teamId === null);
  return (
    <ul aria-label="Forecast by owner" className="flex flex-col gap-3">
      {f.rows.map((row) => (
        <li key={row.ownerId ?? 'none'}>
          <Card title={row.ownerName}>
            <div className="flex flex-col gap-3">
              <Sums whose={{ name: row.ownerName, owner: row }} place={place} onExplain={setExplained} />
              <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
                <Said
                  label="Owner’s call"
                  who={row.ownerName}
                  value={money(row.submission?.commit)}
                  stale={row.submission?.stale}
                  onExplain={() => setExplained(ofSubmissions(place, row.ownerName, [row]))}
                />
                {row.can.submit && (
                  <Button size="sm" onPress={() => onSubmit(row)}>
                    {row.submission ? 'Submit again' : 'Submit'}
                  </Button>
                )}
              </div>
              <div className="flex flex-wrap items-center justify-between gap-2">
                <Said
                  label="Manager’s call"
                  who={row.ownerName}
                  value={money(row.managerCall?.commit)}
                  onExplain={() => setExplained(ofManagerCall(place, row.ownerName, 'owner', row.managerCall))}
                />
                {row.can.call && row.ownerId && (
                  <Button
                    size="sm"
                    onPress={() => onCall({ ownerId: row.ownerId!, name: row.ownerName, figures: row.total })}
                  >
                    {row.managerCall ? 'Call again' : 'Call'}
                  </Button>
                )}
              </div>
              <Kinds row={row} kinds={kinds} place={place} onExplain={setExplained} />
            </div>
          </Card>
        </li>
      ))}
      {everybody && f.rows.length > 1 && (
        <li>
          <Card title="Everybody" className="bg-sunken">
            <Sums whose={{ name: everybody.teamName, team: everybody }} place={place} onExplain={setExplained} />
          </Card>
        </li>
      )}
      <SumDrawer sum={explained} onClose={() => setExplained(null)} />
    </ul>
  );
}

type ToMoney = (amount: number | null | undefined) => { amount: number; currency: string } | null;

type Explaining = { place: Place; onExplain: (explained: Explained) => void };

/** One figure with its explanation; nothing stands behind a zero. */
function Amount({ whose, column, kind = null, place, onExplain }: Explaining & AmountOf) {
  const figures = whose.owner ?? whose.team;
  const amount = (kind ? figures?.kinds[kind]?.[column] : figures?.total[column]) ?? 0;
  const money = <Money value={{ amount, currency: place.forecast.currency }} style="compact" />;
  if (amount === 0) return money;
  return (
    <FigureButton
      label={[COLUMNS[column].label, ...(kind ? [KIND_WORDS[kind]] : []), whose.name].join(', ')}
      onPress={() => onExplain(ofCell(place, whose, column, kind))}
    >
      {money}
    </FigureButton>
  );
}
type AmountOf = { whose: Whose; column: Column; kind?: ShownKind | null };

function Sums({ whose, ...explaining }: Explaining & { whose: Whose }) {
  return (
    <dl className="grid grid-cols-3 gap-3">
      {(['upToCommit', 'upToBest', 'weighted'] as const).map((column) => (
        <div key={column}>
          <dt className="text-sm text-muted">{COLUMNS[column].label}</dt>
          <dd className="font-semibold">
            <Amount whose={whose} column={column} {...explaining} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type SaidProps = {
  label: string;
  who: string;
  value: ReturnType<ToMoney>;
  stale?: boolean | undefined;
  onExplain: () => void;
};

function Said({ label, who, value, stale = false, onExplain }: SaidProps) {
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <span className="text-sm text-muted">{label}</span>
      {value ? (
        <FigureButton label={`${label}, ${who}`} onPress={onExplain}>
          <Money value={value} style="compact" />
        </FigureButton>
      ) : (
        <Missing label="None yet" />
      )}
      {stale && <StatusPill variant="plain" tone="watch" label="Stale" />}
    </p>
  );
}

function Kinds({ row, kinds, ...explaining }: Explaining & { row: OwnerRow; kinds: readonly ShownKind[] }) {
  const whose = { name: row.ownerName, owner: row };
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
                  <Amount whose={whose} column={step.key} kind={kind} {...explaining} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
