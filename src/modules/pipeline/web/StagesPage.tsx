// The stages of the pipeline under Settings: names, order, probabilities, what category a stage starts with. Saved as a whole.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Card,
  ErrorState,
  IconButton,
  NumberField,
  PaneHeader,
  Select,
  SkeletonRows,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { SortableList } from '../../../ui/SortableList.tsx';
import { listStages, OPEN_CATEGORIES, type Stage, saveStages } from '../api.ts';
import { CATEGORY_WORDS } from './words.ts';

type Form = {
  key: string;
  id?: string;
  name: string;
  probability: number;
  outcome: Stage['outcome'];
  category: (typeof OPEN_CATEGORIES)[number];
  openCount: number;
};
const formOf = (s: Stage): Form => ({
  key: s.id,
  id: s.id,
  name: s.name,
  probability: s.probability,
  outcome: s.outcome,
  category: s.category === 'closed' ? 'pipeline' : s.category,
  openCount: s.openCount,
});

export default function StagesPage() {
  const found = useCall(listStages, {});
  const verb = useVerb(saveStages, { refreshes: ['pipeline.', 'forecast.'] });
  const [draft, setDraft] = useState<Form[] | null>(null);
  const stages = draft ?? found.data?.items.map(formOf) ?? [];
  const save = useSubmit(async () => {
    await verb.mutateAsync({
      body: {
        stages: stages.map(({ id, name, probability, outcome, category }) => ({
          ...(id ? { id } : {}),
          name: name.trim(),
          probability,
          outcome,
          category,
        })),
      },
    });
    setDraft(null);
    toast.show({ title: 'Stages saved', tone: 'good' });
  });
  const set = (key: string, change: Partial<Form>) =>
    setDraft(stages.map((s) => (s.key === key ? { ...s, ...change } : s)));
  const add = () => {
    const at = stages.findIndex((s) => s.outcome !== 'open');
    const fresh: Form = {
      key: crypto.randomUUID(),
      name: '',
      probability: 50,
      outcome: 'open',
      category: 'pipeline',
      openCount: 0,
    };
    setDraft([...stages.slice(0, at < 0 ? undefined : at), fresh, ...(at < 0 ? [] : stages.slice(at))]);
  };
  const mayChange = found.data?.can.update ?? false;
  const message = save.problem && !save.problem.fields?.length ? save.problem.message : save.fieldError('stages');
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PaneHeader
        title="Stages"
        text="The steps that an opportunity takes. A stage gives its probability and its category to what comes into it, unless a person has set one: that is never overwritten."
        actions={
          mayChange && (
            <Button icon={<Plus />} onPress={add}>
              Add a stage
            </Button>
          )
        }
      />
      {message && <Banner tone="poor">{message}</Banner>}
      {found.error ? (
        <ErrorState
          title="The stages cannot be shown"
          text={found.error.message}
          onRetry={() => void found.refetch()}
        />
      ) : !found.data ? (
        <SkeletonRows rows={7} columns={3} />
      ) : (
        <Card padding="none">
          <SortableList
            label="Stages in their order"
            {...(mayChange
              ? { onReorder: (keys: string[]) => setDraft(keys.flatMap((k) => stages.filter((s) => s.key === k))) }
              : {})}
            items={stages.map((s, i) => ({
              id: s.key,
              label: s.name || 'New stage',
              content: (
                <div className="flex flex-wrap items-end gap-2 py-1">
                  <TextField
                    label={`Name of stage ${i + 1}`}
                    hideLabel
                    size="sm"
                    value={s.name}
                    isReadOnly={!mayChange}
                    onChange={(name) => set(s.key, { name })}
                    maxLength={100}
                    placeholder="Name"
                    error={save.fieldError(`stages.${i}.name`)}
                    className="min-w-40 flex-1"
                  />
                  {s.outcome === 'open' ? (
                    <>
                      <NumberField
                        label={`Probability of ${s.name || 'the stage'}`}
                        hideLabel
                        size="sm"
                        unit="%"
                        hideStepper
                        value={s.probability}
                        isReadOnly={!mayChange}
                        minValue={0}
                        maxValue={100}
                        onChange={(probability) => set(s.key, { probability: probability ?? 0 })}
                        className="w-24"
                      />
                      <Select
                        label={`Category of ${s.name || 'the stage'}`}
                        hideLabel
                        size="sm"
                        value={s.category}
                        isDisabled={!mayChange}
                        options={OPEN_CATEGORIES.map((value) => ({ value, label: CATEGORY_WORDS[value] }))}
                        onChange={(category) => set(s.key, { category })}
                        className="w-36"
                      />
                    </>
                  ) : (
                    <span className="flex h-control-sm w-62 items-center text-sm text-muted">
                      {s.outcome === 'won' ? 'Counts as won' : 'Counts as lost'}
                    </span>
                  )}
                </div>
              ),
              ...(mayChange
                ? {
                    actions: (
                      <IconButton
                        label={`Remove ${s.name || 'the stage'}`}
                        icon={<Trash2 />}
                        size="sm"
                        isDisabled={s.openCount > 0}
                        onPress={() => setDraft(stages.filter((x) => x.key !== s.key))}
                      />
                    ),
                  }
                : {}),
            }))}
          />
        </Card>
      )}
      {draft && (
        <div className="flex justify-end gap-2">
          <Button
            variant="quiet"
            onPress={() => {
              setDraft(null);
              save.clear();
            }}
            isDisabled={save.isBusy}
          >
            Discard
          </Button>
          <Button
            variant="primary"
            onPress={() => void save.run()}
            isLoading={save.isBusy}
            isDisabled={stages.some((s) => !s.name.trim())}
          >
            Save the stages
          </Button>
        </div>
      )}
    </div>
  );
}
