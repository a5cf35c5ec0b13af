// Where the scores of a criterion come from: people, a field, or one field by another; and how a value becomes a score.
import { Plus, Trash2 } from 'lucide-react';
import { useSession } from '../../../kernel/web/session.ts';
import { minorDigits } from '../../../ui/format.ts';
import { Button, IconButton, NumberField, RadioGroup, SegmentedControl, Select } from '../../../ui/index.ts';
import { derivationFor } from './criterionDraft.ts';
import type { Criterion } from './words.ts';

type FeedingField = { field: string; label: string; unit: string };
type Props = {
  criterion: Criterion;
  fields: readonly FeedingField[];
  problems: Record<string, string>;
  onChange: (criterion: Criterion) => void;
};
type Kind = Criterion['source']['kind'];
type Bands = Extract<NonNullable<Criterion['derivation']>, { method: 'bands' }>;

const START_BANDS: Bands['bands'] = [
  { from: null, score: 1 },
  { from: 1, score: 4 },
  { from: 5, score: 7 },
  { from: 10, score: 10 },
];

export function SourceEditor({ criterion: c, fields, problems, onChange }: Props) {
  const { workspace } = useSession();
  const { source, derivation } = c;
  const unitOf = (field: string) => fields.find((f) => f.field === field)?.unit ?? '';
  const options = (now: string) => [
    ...fields.map((f) => ({ value: f.field, label: f.label })),
    ...(now !== '' && !fields.some((f) => f.field === now) ? [{ value: now, label: `${now} (not here)` }] : []),
  ];
  const setSource = (next: Criterion['source']) =>
    onChange({ ...c, source: next, derivation: derivationFor(next, derivation) });
  const setKind = (kind: Kind) => {
    if (kind === 'manual') setSource({ kind });
    else if (kind === 'field') setSource({ kind, field: '', unit: '' });
    else setSource({ kind, numerator: '', denominator: '', unit: '' });
  };
  const unit = source.kind === 'manual' ? '' : source.unit;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <RadioGroup<Kind>
        label="Where scores come from"
        value={source.kind}
        onChange={setKind}
        options={[
          { value: 'manual', label: 'People', description: 'Scored by hand, each score with its evidence.' },
          { value: 'field', label: 'A field', description: 'A number of the account becomes the score.' },
          { value: 'ratio', label: 'Two fields', description: 'One number divided by another.' },
        ]}
      />
      {source.kind === 'field' && (
        <Select
          label="Field"
          value={source.field || null}
          options={options(source.field)}
          onChange={(field) => setSource({ kind: 'field', field, unit: unitOf(field) })}
          {...(problems.field ? { error: problems.field } : {})}
        />
      )}
      {source.kind === 'ratio' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            label="Divide"
            value={source.numerator || null}
            options={options(source.numerator)}
            onChange={(numerator) =>
              setSource({ ...source, numerator, unit: ratioUnit(unitOf(numerator), unitOf(source.denominator)) })
            }
            {...(problems.numerator ? { error: problems.numerator } : {})}
          />
          <Select
            label="By"
            value={source.denominator || null}
            options={options(source.denominator)}
            onChange={(denominator) =>
              setSource({ ...source, denominator, unit: ratioUnit(unitOf(source.numerator), unitOf(denominator)) })
            }
            {...(problems.denominator ? { error: problems.denominator } : {})}
          />
        </div>
      )}
      {derivation && (
        <>
          <div className="flex flex-wrap gap-4">
            <Choice
              label="How a value becomes a score"
              value={derivation.method}
              options={[
                { value: 'percentile', label: 'Place among all' },
                { value: 'bands', label: 'Bands' },
              ]}
              onChange={(method) =>
                onChange({
                  ...c,
                  derivation:
                    method === 'bands'
                      ? {
                          method,
                          direction: derivation.direction,
                          bands:
                            derivation.direction === 'up'
                              ? START_BANDS
                              : START_BANDS.map((band) => ({ ...band, score: 11 - band.score })),
                        }
                      : { method: 'percentile', direction: derivation.direction },
                })
              }
            />
            <Choice
              label="Better is"
              value={derivation.direction}
              options={[
                { value: 'up', label: 'More' },
                { value: 'down', label: 'Less' },
              ]}
              onChange={(direction) =>
                onChange({
                  ...c,
                  derivation:
                    derivation.method === 'bands' && direction !== derivation.direction
                      ? {
                          ...derivation,
                          direction,
                          // The same steps, counted from the other end.
                          bands: derivation.bands.map((band, at) => ({
                            ...band,
                            score: derivation.bands.at(-1 - at)!.score,
                          })),
                        }
                      : { ...derivation, direction },
                })
              }
            />
          </div>
          {derivation.method === 'bands' && (
            <BandsEditor
              derivation={derivation}
              unit={unit === 'money' ? workspace.currency : unit}
              perUnit={unit === 'money' ? 10 ** minorDigits(workspace.currency) : 1}
              error={problems.bands}
              onChange={(bands) => onChange({ ...c, derivation: { ...derivation, bands } })}
            />
          )}
          {derivation.method === 'percentile' && (
            <p className="text-sm text-muted">
              The {derivation.direction === 'up' ? 'largest' : 'smallest'} value gets a 10, the{' '}
              {derivation.direction === 'up' ? 'smallest' : 'largest'} a 1, those between by their place.
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** Money by a count stays money; anything else has no unit of its own. */
const ratioUnit = (top: string, bottom: string) => (top === 'money' && bottom !== 'money' ? 'money' : '');

function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="text-sm font-medium">{label}</span>
      <SegmentedControl label={label} value={value} options={options} onChange={onChange} />
    </div>
  );
}

function BandsEditor({
  derivation: { bands },
  unit,
  perUnit,
  error,
  onChange,
}: {
  derivation: Bands;
  unit: string;
  /** Stored units in one shown unit: cents in a euro. */
  perUnit: number;
  error: string | undefined;
  onChange: (bands: Bands['bands']) => void;
}) {
  const set = (at: number, change: Partial<Bands['bands'][number]>) =>
    onChange(bands.map((band, index) => (index === at ? { ...band, ...change } : band)));
  const last = bands.at(-1);
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden="true" className="flex gap-2 text-sm text-muted">
        <span className="flex-1">From{unit && ` (${unit})`}</span>
        <span className="w-28">Score</span>
        <span className="w-control" />
      </div>
      <ul className="flex flex-col gap-2">
        {bands.map((band, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bands are told apart by their place only.
          <li key={at} className="flex items-end gap-2">
            {at === 0 && band.from === null ? (
              <span className="flex h-control flex-1 items-center text-base text-muted">Below the next band</span>
            ) : (
              <NumberField
                className="flex-1"
                label={`Band ${at + 1}: from`}
                hideLabel
                value={band.from === null ? null : band.from / perUnit}
                onChange={(from) => from !== null && set(at, { from: from * perUnit })}
                hideStepper
                {...(unit ? { unit } : {})}
              />
            )}
            <NumberField
              className="w-28"
              label={`Band ${at + 1}: score`}
              hideLabel
              hideStepper
              value={band.score}
              minValue={1}
              maxValue={10}
              step={0.5}
              onChange={(score) => score !== null && set(at, { score })}
            />
            <IconButton
              label={`Remove band ${at + 1}`}
              icon={<Trash2 />}
              isDisabled={bands.length <= 2}
              onPress={() => onChange(bands.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="text-sm text-poor-text">
          {error}
        </p>
      )}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          isDisabled={bands.length >= 20}
          onPress={() => onChange([...bands, { from: (last?.from ?? 0) + perUnit, score: last?.score ?? 5 }])}
        >
          Band
        </Button>
      </div>
    </div>
  );
}
