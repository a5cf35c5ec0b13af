// The ranking and what the weights do to it: sliders above, table or bubbles beneath; what-if until saved.
import { ChartScatter, RotateCcw, Save, Table2 } from 'lucide-react';
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { Badge, Button, Checkbox, SegmentedControl, SkeletonRows, useIsPhone } from '../../../ui/index.ts';
import { suggestions as suggestionsRoute } from '../api.ts';
import { packScores, rankAll, type Weight } from '../rules.ts';
import { CapacityLine } from './CapacityLine.tsx';
import { MatrixTable } from './MatrixTable.tsx';
import { SaveVersion } from './SaveVersion.tsx';
import { useStability } from './useStability.ts';
import { Weights } from './Weights.tsx';
import { rankedRows, weightsFrom } from './whatIf.ts';
import type { Matrix } from './words.ts';

const MatrixChart = lazy(() => import('./MatrixChart.tsx'));

export function MatrixTab({ matrix, onOpen }: { matrix: Matrix; onOpen: (id: string) => void }) {
  const [state, setState] = useUrlState();
  const { criteria } = matrix.model;
  const names = useMemo(() => new Map(criteria.map((c) => [c.key, c.name])), [criteria]);
  const savedWeights = useMemo(() => criteria.map((c) => c.weight), [criteria]);
  const fromUrl = weightsFrom(state.w, criteria.length);
  const [weights, setWeights] = useState<Weight[]>(() =>
    criteria.map((c, at) => ({ key: c.key, weight: (fromUrl ?? savedWeights)[at]! })),
  );
  const [isResting, setResting] = useState(true);
  const [isSaving, setSaving] = useState(false);
  const [areWeightsOpen, setWeightsOpen] = useState(false);
  const isPhone = useIsPhone();
  const back = () => {
    setWeights(criteria.map((c) => ({ key: c.key, weight: c.weight })));
    setState({ w: undefined });
  };
  // Another model came from the server: its weights are the ground to stand on, unless the address says others.
  const modelKey = `${matrix.model.number}:${criteria.map((c) => `${c.key}=${c.weight}`).join()}`;
  const [seenModel, setSeenModel] = useState(modelKey);
  if (seenModel !== modelKey) {
    setSeenModel(modelKey);
    setWeights(criteria.map((c) => ({ key: c.key, weight: c.weight })));
  }
  useEffect(() => {
    if (state.w === savedWeights.join('-')) setState({ w: undefined });
  }, [state.w, savedWeights, setState]);

  const numbers = weights.map((w) => w.weight);
  const isWhatIf = numbers.some((weight, at) => weight !== savedWeights[at]);
  const shownKey = useDeferredValue(numbers.join('-'));
  const packed = useMemo(
    () =>
      packScores(
        matrix.rows.map((r) => r.scores),
        criteria.length,
      ),
    [matrix.rows, criteria.length],
  );
  const saved = useMemo(
    () => rankAll(packed, savedWeights, matrix.leastCoverage),
    [packed, savedWeights, matrix.leastCoverage],
  );
  const shown = useMemo(() => shownKey.split('-').map(Number), [shownKey]);
  const now = useMemo(() => rankAll(packed, shown, matrix.leastCoverage), [packed, shown, matrix.leastCoverage]);
  const stability = useStability(packed, isResting ? numbers : null, matrix.lines, matrix.leastCoverage);
  const rows = useMemo(
    () => rankedRows(matrix.rows, now, saved, matrix.lines, stability),
    [matrix.rows, now, saved, matrix.lines, stability],
  );
  const suggested = useCall(suggestionsRoute, {}, { keepPrevious: true });
  const suggestionOf = useMemo(
    () => new Map((suggested.data?.items ?? []).map((s) => [s.accountId, s])),
    [suggested.data],
  );
  const [onlyKey, setOnlyKey] = [state.key === '1', (on: boolean) => setState({ key: on ? '1' : undefined })];
  const list = onlyKey ? rows.filter((r) => r.row.isKey) : rows;
  const view = state.show === 'chart' ? 'chart' : 'table';
  const moved = isWhatIf ? rows.filter((r) => r.moved !== null && r.moved !== 0).length : 0;
  const crossed = isWhatIf
    ? rows.filter((r) => (r.zone === 'above') !== (saved.place[r.at]! > 0 && saved.place[r.at]! <= matrix.lines.upper))
        .length
    : 0;

  const toolbar = (
    <>
      <SegmentedControl
        label="Show the ranking as"
        value={view}
        options={[
          { value: 'table', label: 'Table', icon: <Table2 /> },
          { value: 'chart', label: 'Bubbles', icon: <ChartScatter /> },
        ]}
        onChange={(value) => setState({ show: value === 'chart' ? 'chart' : undefined })}
      />
      <Checkbox isSelected={onlyKey} onChange={setOnlyKey}>
        Key accounts only
      </Checkbox>
      {matrix.cut && (
        <span className="text-sm text-muted">Only the first {matrix.rows.length} accounts are ranked here.</span>
      )}
    </>
  );
  return (
    <div className="flex flex-col gap-4">
      <section aria-label="Weights" className="rounded-ui border border-line bg-surface px-pad py-3 shadow-card">
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="text-base font-semibold">Weights</h2>
          <span className="text-sm text-muted">
            {matrix.model.number > 0 ? `Model version ${matrix.model.number}` : 'Suggested model'}
          </span>
          {isWhatIf && <Badge tone="accent">What if</Badge>}
          <p aria-live="polite" className="min-w-0 flex-1 text-sm text-muted">
            {!isWhatIf
              ? !isPhone && 'Move a slider to see what would change. Nothing is saved until you say so.'
              : moved === 0
                ? 'No account changes its place.'
                : `${moved} of ${matrix.rows.length} accounts change place, ${crossed} cross the line.`}
          </p>
          {isPhone && (
            <Button size="sm" aria-pressed={areWeightsOpen} onPress={() => setWeightsOpen(!areWeightsOpen)}>
              {areWeightsOpen ? 'Hide sliders' : 'What if…'}
            </Button>
          )}
          {isWhatIf && (
            <div className="flex flex-wrap gap-2">
              {matrix.model.can.change && (
                <Button size="sm" variant="primary" icon={<Save />} onPress={() => setSaving(true)}>
                  Save as new version
                </Button>
              )}
              <Button size="sm" icon={<RotateCcw />} onPress={back}>
                Back to the saved model
              </Button>
            </div>
          )}
        </div>
        {(!isPhone || areWeightsOpen) && (
          <div className="mt-2">
            <Weights
              layout="row"
              weights={weights}
              nameOf={(key) => names.get(key) ?? key}
              onChange={(next, isFinal) => {
                setWeights(next);
                setResting(isFinal);
                if (isFinal) setState({ w: next.map((w) => w.weight).join('-') });
              }}
              onLock={(key, isLocked) =>
                setWeights(weights.map((w) => (w.key === key ? { ...w, locked: isLocked } : w)))
              }
            />
          </div>
        )}
      </section>
      <CapacityLine matrix={matrix} isBrief />
      {view === 'chart' ? (
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-2">{toolbar}</div>
          <Suspense fallback={<SkeletonRows rows={8} columns={3} />}>
            <MatrixChart rows={list} criteria={criteria} weights={shown} onOpen={onOpen} />
          </Suspense>
        </div>
      ) : (
        <MatrixTable
          rows={list}
          matrix={matrix}
          weights={shown}
          isWhatIf={isWhatIf}
          suggestionOf={suggestionOf}
          toolbar={toolbar}
          onOpen={onOpen}
        />
      )}
      {isSaving && (
        <SaveVersion
          model={matrix.model}
          criteria={criteria.map((c, at) => ({ ...c, weight: numbers[at]! }))}
          onClose={() => setSaving(false)}
          onSaved={() => setState({ w: undefined })}
        />
      )}
    </div>
  );
}
