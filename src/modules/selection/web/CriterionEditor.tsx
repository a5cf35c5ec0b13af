// Edits one criterion: name, why, axis, the anchored texts, and where its scores come from.
import { useState } from 'react';
import { Button, Drawer, SegmentedControl, TextArea, TextField } from '../../../ui/index.ts';
import type { Axis } from '../rules.ts';
import { problemsOf } from './criterionDraft.ts';
import { SourceEditor } from './SourceEditor.tsx';
import { AXIS_WORD, type Criterion } from './words.ts';

type Props = {
  criterion: Criterion;
  fields: readonly { field: string; label: string; unit: string }[];
  onClose: () => void;
  onKeep: (criterion: Criterion) => void;
};

export function CriterionEditor({ criterion, fields, onClose, onKeep }: Props) {
  const [c, setC] = useState(criterion);
  const [isChecked, setChecked] = useState(false);
  const problems = problemsOf(c);
  const shown = isChecked ? problems : {};
  const errorOf = (field: string) => (shown[field] ? { error: shown[field] } : {});
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title={criterion.name === '' ? 'A criterion of your own' : criterion.name}
      description="Kept in your draft of the model until you save a version."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={() => {
              setChecked(true);
              if (Object.keys(problems).length === 0) onKeep({ ...c, name: c.name.trim(), why: c.why.trim() });
            }}
          >
            Keep
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <TextField
          label="Name"
          value={c.name}
          onChange={(name) => setC({ ...c, name })}
          maxLength={100}
          isRequired
          autoFocus
          {...errorOf('name')}
        />
        <TextArea
          label="Why it matters"
          description="One sentence that the raters see."
          value={c.why}
          onChange={(why) => setC({ ...c, why })}
          maxLength={500}
          rows={2}
        />
        <div className="flex flex-col items-start gap-1.5">
          <span className="text-sm font-medium">It speaks for</span>
          <SegmentedControl<Axis>
            label="It speaks for"
            value={c.axis}
            options={(['attractiveness', 'strength'] as const).map((value) => ({ value, label: AXIS_WORD[value] }))}
            onChange={(axis) => setC({ ...c, axis })}
          />
        </div>
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-medium">What the scores mean</legend>
          {([1, 4, 7, 10] as const).map((at) => (
            <TextField
              key={at}
              label={`A ${at} means`}
              value={c.anchors[at]}
              onChange={(text) => setC({ ...c, anchors: { ...c.anchors, [at]: text } })}
              maxLength={300}
              {...errorOf(`anchor${at}`)}
            />
          ))}
        </fieldset>
        <SourceEditor criterion={c} fields={fields} problems={shown} onChange={setC} />
      </div>
    </Drawer>
  );
}
