// Rows that may be an account or a person that we have: side by side, the same or a new one. Without an answer a row is new.
import { Badge, Button, Card, RadioGroup } from '../../../ui/index.ts';
import type { ImportFile } from '../api.ts';

/** By file number, then row number: the id of what it is, or `new`. */
export type Decisions = Record<string, Record<string, string>>;

export function LookAlikes({
  file,
  decisions,
  onDecide,
}: {
  file: ImportFile;
  decisions: Decisions;
  onDecide: (rows: Record<string, string>) => void;
}) {
  const candidates = file.report?.candidates ?? [];
  if (candidates.length === 0) return null;
  const mine = decisions[file.no] ?? {};
  const left = candidates.filter((c) => !mine[c.row]).length;
  return (
    <Card
      level={3}
      padding="none"
      title={left > 0 ? `${left} may be here already` : 'All look-alikes are decided'}
      subtitle="Without an answer a row becomes new."
      actions={
        left > 0 ? (
          <>
            <Button
              size="sm"
              onPress={() =>
                onDecide(Object.fromEntries(candidates.map((c) => [c.row, mine[c.row] ?? c.options[0]?.id ?? 'new'])))
              }
            >
              All are the same
            </Button>
            <Button
              size="sm"
              onPress={() => onDecide(Object.fromEntries(candidates.map((c) => [c.row, mine[c.row] ?? 'new'])))}
            >
              All are new
            </Button>
          </>
        ) : undefined
      }
    >
      <ul>
        {candidates.map((c) => (
          <li key={c.row} className="grid gap-x-6 gap-y-2 border-t border-line px-pad py-3 md:grid-cols-2">
            <div className="min-w-0">
              <div className="flex flex-wrap items-center gap-2">
                <span className="font-medium break-words text-ink">{c.name}</span>
                <Badge>Row {c.row}</Badge>
              </div>
              {c.detail && <div className="text-sm break-words text-muted">{c.detail}</div>}
            </div>
            <RadioGroup
              label={`What is ${c.name} in row ${c.row}?`}
              hideLabel
              value={mine[c.row] ?? null}
              onChange={(choice) => onDecide({ ...mine, [c.row]: choice })}
              options={[
                ...c.options.map((o) => ({
                  value: o.id,
                  label: `The same as ${o.name}`,
                  description: [o.detail, `${Math.round(o.similarity * 100)} % alike`].filter(Boolean).join(' · '),
                })),
                { value: 'new', label: 'A new one' },
              ]}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
