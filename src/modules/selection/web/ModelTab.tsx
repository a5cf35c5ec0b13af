// The model: which three to five criteria count, how much, and how each gets its scores; and the versions so far.
import { Pencil, Plus, Save } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  DateText,
  ErrorState,
  IconButton,
  SkeletonRows,
  Switch,
} from '../../../ui/index.ts';
import { type ActiveCriterion, getLibrary, getModel, listModels } from '../api.ts';
import { addWeight, checkModel, MOST_CRITERIA, removeWeight, type Weight } from '../rules.ts';
import { CriterionEditor } from './CriterionEditor.tsx';
import { emptyCriterion } from './criterionDraft.ts';
import { SaveVersion } from './SaveVersion.tsx';
import { Weights } from './Weights.tsx';
import { AXIS_WORD, type Criterion, type Model, sourceWord } from './words.ts';

export default function ModelTab() {
  const model = useCall(getModel, {});
  const library = useCall(getLibrary, {});
  const failed = model.error ?? library.error;
  if (failed && (!model.data || !library.data))
    return (
      <ErrorState
        text={failed.message}
        onRetry={() => {
          void model.refetch();
          void library.refetch();
        }}
      />
    );
  if (!model.data || !library.data) return <SkeletonRows rows={8} columns={3} label="Loading the model" />;
  return <Shown key={model.data.number} model={model.data} library={library.data} />;
}

type Library = { criteria: Criterion[]; fields: { field: string; label: string; unit: string }[] };
/** What somebody works on: the active criteria, and inactive ones that are new or reworded. */
type Draft = { base: number; active: ActiveCriterion[]; others: Criterion[] };

function Shown({ model, library }: { model: Model; library: Library }) {
  const [draft, setDraft] = useDraft<Draft>('selection:model');
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<Criterion | null>(null);
  const [isSaving, setSaving] = useState(false);
  const versions = useList(listModels, { query: { limit: 20 } });
  const mayChange = model.can.change;
  const active = draft?.active ?? model.criteria;
  const isStale = draft !== null && draft.base !== model.number;
  const change = (next: Partial<Draft>) =>
    setDraft({ base: draft?.base ?? model.number, active, others: draft?.others ?? [], ...next });

  const inactive = useMemo(() => {
    // Own criteria that were active once are only in old versions.
    const known = new Map<string, Criterion>();
    for (const c of [
      ...(draft?.others ?? []),
      ...library.criteria,
      ...versions.items.flatMap((v) => v.criteria.map(({ weight: _, ...c }) => c)),
    ])
      if (!known.has(c.key)) known.set(c.key, c);
    const used = new Set(active.map((c) => c.key));
    return [...known.values()].filter((c) => !used.has(c.key));
  }, [draft, library.criteria, versions.items, active]);

  const labelOf = (field: string) => library.fields.find((f) => f.field === field)?.label ?? null;
  const findings = checkModel(active, (key) => active.find((c) => c.key === key)?.axis);
  const missing = active.flatMap((c) =>
    (c.source.kind === 'manual'
      ? []
      : c.source.kind === 'field'
        ? [c.source.field]
        : [c.source.numerator, c.source.denominator]
    )
      .filter((field) => !library.fields.some((f) => f.field === field))
      .map((field) => ({ name: c.name, field })),
  );
  const hasErrors = findings.some((f) => f.level === 'error');
  const isChanged = draft !== null && JSON.stringify(draft.active) !== JSON.stringify(model.criteria);

  const reweigh = (weights: readonly Weight[], pool: readonly Criterion[]) =>
    weights.map(({ key, weight }) => ({ ...pool.find((c) => c.key === key)!, weight }));
  const activate = (c: Criterion) => change({ active: reweigh(addWeight(active, c.key), [...active, c]) });
  const deactivate = (key: string) => {
    const { weight: _, ...gone } = active.find((c) => c.key === key)!;
    change({
      active: reweigh(removeWeight(active, key), active),
      others: [gone, ...(draft?.others ?? []).filter((c) => c.key !== key)],
    });
  };
  const keep = (edited: Criterion) => {
    if (active.some((c) => c.key === edited.key))
      change({ active: active.map((c) => (c.key === edited.key ? { ...edited, weight: c.weight } : c)) });
    else if (inactive.some((c) => c.key === edited.key) || active.length >= MOST_CRITERIA)
      change({ others: [edited, ...(draft?.others ?? []).filter((c) => c.key !== edited.key)] });
    else activate(edited);
    setEditing(null);
  };
  const line = (c: Criterion, isActive: boolean) => (
    <li key={c.key} className="flex items-start gap-3 border-t border-line px-pad py-3 first:border-t-0">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-base font-medium">{c.name}</span>
          <Badge tone="outline">{AXIS_WORD[c.axis]}</Badge>
        </div>
        <p className="mt-0.5 text-base text-muted">{c.why}</p>
        <p className="mt-0.5 text-sm text-muted">{sourceWord(c.source, labelOf)}</p>
      </div>
      {mayChange && <IconButton label={`Edit ${c.name}`} icon={<Pencil />} size="sm" onPress={() => setEditing(c)} />}
      <Switch
        label={`Use ${c.name}`}
        hideLabel
        isSelected={isActive}
        isDisabled={!mayChange || (!isActive && active.length >= MOST_CRITERIA)}
        onChange={(on) => (on ? activate(c) : deactivate(c.key))}
      />
    </li>
  );
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem] xl:items-start">
      <div className="flex min-w-0 flex-col gap-4">
        <Card
          title={`Active criteria (${active.length})`}
          subtitle="Three to five, the same for every account. Fewer weigh more."
          padding="none"
          actions={
            mayChange && (
              <Button
                size="sm"
                icon={<Plus />}
                onPress={() => setEditing(emptyCriterion([...active, ...inactive].map((c) => c.key)))}
              >
                Own criterion
              </Button>
            )
          }
        >
          <ul>{active.map((c) => line(c, true))}</ul>
        </Card>
        <Card
          title="To choose from"
          subtitle={active.length >= MOST_CRITERIA ? 'Switch one off first: five are active.' : undefined}
          padding="none"
        >
          <ul>{inactive.map((c) => line(c, false))}</ul>
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4">
        <Card title="Weights" actions={isChanged ? <Badge tone="accent">Not saved</Badge> : undefined}>
          <Weights
            weights={active.map((c) => ({ key: c.key, weight: c.weight, locked: locked.has(c.key) }))}
            nameOf={(key) => active.find((c) => c.key === key)?.name ?? key}
            isDisabled={!mayChange}
            onChange={(weights) => change({ active: reweigh(weights, active) })}
            onLock={(key, isLocked) => {
              const next = new Set(locked);
              if (isLocked) next.add(key);
              else next.delete(key);
              setLocked(next);
            }}
          />
          {(findings.length > 0 || missing.length > 0) && (
            <ul className="mt-4 flex flex-col gap-1.5" aria-label="Findings">
              {findings.map((f) => (
                <li key={f.code} className={f.level === 'error' ? 'text-sm text-poor-text' : 'text-sm text-watch-text'}>
                  {f.text}
                </li>
              ))}
              {missing.map((m) => (
                <li key={`${m.name} ${m.field}`} className="text-sm text-watch-text">
                  {m.name}: there is no field “{m.field}” here, so people score it by hand.
                </li>
              ))}
            </ul>
          )}
          {isStale && (
            <Banner tone="watch" className="mt-4">
              Somebody saved version {model.number} since you began.
            </Banner>
          )}
          {mayChange && (draft !== null || model.number === 0) && (
            <div className="mt-4 flex flex-wrap gap-2">
              {(isChanged || model.number === 0) && (
                <Button
                  variant="primary"
                  size="sm"
                  icon={<Save />}
                  isDisabled={hasErrors}
                  onPress={() => setSaving(true)}
                >
                  {model.number === 0 ? 'Use this model' : 'Save as new version'}
                </Button>
              )}
              {draft !== null && (
                <Button size="sm" onPress={() => setDraft(null)}>
                  {isChanged ? 'Back to the saved model' : 'Forget changes'}
                </Button>
              )}
            </div>
          )}
        </Card>
        <Card title="Versions">
          {versions.items.length === 0 ? (
            <p className="text-base text-muted">None yet: the suggested model is shown.</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {versions.items.map((v) => (
                <li key={v.number} className="text-base">
                  <div className="flex items-center justify-between gap-2">
                    <span className="font-medium">
                      Version {v.number}
                      {v.number === model.number && <span className="font-normal text-muted"> in use</span>}
                    </span>
                    {mayChange && v.number !== model.number && (
                      <Button
                        size="sm"
                        variant="quiet"
                        aria-label={`Start from it: version ${v.number}`}
                        onPress={() => change({ base: model.number, active: v.criteria })}
                      >
                        Start from it
                      </Button>
                    )}
                  </div>
                  <p className="text-sm text-muted">
                    <DateText value={v.madeAt.slice(0, 10)} />
                    {v.madeBy && ` · ${v.madeBy}`}
                    {v.note && ` · ${v.note}`}
                  </p>
                  <p className="text-sm text-muted">{v.criteria.map((c) => `${c.name} ${c.weight} %`).join(', ')}</p>
                </li>
              ))}
              {versions.hasNextPage && (
                <li>
                  <Button
                    size="sm"
                    isLoading={versions.isFetchingNextPage}
                    onPress={() => void versions.fetchNextPage()}
                  >
                    Earlier versions
                  </Button>
                </li>
              )}
            </ul>
          )}
        </Card>
      </div>
      {editing && (
        <CriterionEditor
          key={editing.key}
          criterion={editing}
          fields={library.fields}
          onClose={() => setEditing(null)}
          onKeep={keep}
        />
      )}
      {isSaving && (
        <SaveVersion model={model} criteria={active} onClose={() => setSaving(false)} onSaved={() => setDraft(null)} />
      )}
    </div>
  );
}
