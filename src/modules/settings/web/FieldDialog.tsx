// Adding a custom field, or changing one: its label always, its choices by adding. Type and key stay as they were made.
import { useId } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Badge,
  Banner,
  Button,
  CodeText,
  ConflictNotice,
  Dialog,
  Select,
  TextArea,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { type CustomFieldAnswer, createField, updateField } from '../api.ts';
import { choicesIn, ENTITY_WORDS, type Entity, TYPE_WORDS, typeOptions } from './fieldWords.ts';

type Props = { entity: Entity; field: CustomFieldAnswer | null; onClose: () => void };
type Draft = { label: string; type: CustomFieldAnswer['type']; choices: string };

export function FieldDialog({ entity, field, onClose }: Props) {
  const form = useId();
  const [draft, setDraft] = useDraft<Draft>(`settings.field.${field?.id ?? `new.${entity}`}`);
  const value = draft ?? { label: field?.label ?? '', type: field?.type ?? 'text', choices: '' };
  const set = (change: Partial<Draft>) => setDraft({ ...value, ...change });
  const refreshes = ['fields.'];
  const create = useVerb(createField, { refreshes });
  const update = useVerb(updateField, { refreshes });
  const isChoice = value.type === 'choice';
  const added = isChoice ? choicesIn(value.choices) : [];

  const save = useSubmit(async (now: CustomFieldAnswer | null) => {
    if (now) {
      const choices = [...new Set([...now.choices, ...added])];
      await update.mutateAsync({
        params: { id: now.id },
        body: {
          version: now.version,
          label: value.label,
          ...(choices.length > now.choices.length ? { choices } : {}),
        },
      });
    } else {
      await create.mutateAsync({
        body: { entity, label: value.label, type: value.type, ...(isChoice ? { choices: added } : {}) },
      });
      toast.show({ title: `${value.label.trim()} added`, tone: 'good' });
    }
    setDraft(null);
    onClose();
  });
  const current = save.problem?.code === 'version_conflict' ? (save.problem.current as CustomFieldAnswer) : null;
  const message = current ? null : save.message('label', 'type', 'choices');
  const isReady = value.label.trim() !== '' && (field !== null || !isChoice || added.length > 0);

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={field ? `Change ${field.label}` : `Add a field for ${ENTITY_WORDS[entity].label.toLowerCase()}`}
      {...(field
        ? {
            description: (
              <>
                In files and the API it is <CodeText>{field.key}</CodeText>, and stays so.
              </>
            ),
          }
        : {})}
      footer={
        <>
          <Button
            variant="quiet"
            onPress={() => {
              setDraft(null);
              onClose();
            }}
          >
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isLoading={save.isBusy} isDisabled={!isReady}>
            {field ? 'Save' : 'Add field'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save.run(field);
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        {current && (
          <ConflictNotice
            what="This field"
            fields={[
              ...(current.label === value.label ? [] : [{ label: 'Label', theirs: current.label, mine: value.label }]),
              ...(added.length === 0
                ? []
                : [{ label: 'Choices', theirs: current.choices.join(', '), mine: `and ${added.join(', ')}` }]),
            ]}
            onKeepMine={() => void save.run(current)}
            onTakeTheirs={() => {
              setDraft(null);
              onClose();
            }}
            isBusy={save.isBusy}
          />
        )}
        <TextField
          label="Label"
          value={value.label}
          onChange={(label) => set({ label })}
          error={save.fieldError('label')}
          maxLength={100}
          autoComplete="off"
          autoFocus
          isRequired
        />
        {field ? (
          field.choices.length > 0 && (
            <div>
              <div className="pb-1.5 text-sm font-medium">Choices</div>
              <div className="flex flex-wrap gap-1.5">
                {field.choices.map((choice) => (
                  <Badge key={choice}>{choice}</Badge>
                ))}
              </div>
            </div>
          )
        ) : (
          <Select
            label="Type"
            description={TYPE_WORDS[value.type].text}
            options={typeOptions}
            value={value.type}
            onChange={(type) => set({ type })}
            error={save.fieldError('type')}
          />
        )}
        {isChoice && (
          <TextArea
            label={field ? 'More choices' : 'Choices'}
            description={field ? 'One a line. Choices in use cannot be taken away.' : 'One a line.'}
            value={value.choices}
            onChange={(choices) => set({ choices })}
            rows={4}
            error={save.fieldError('choices')}
            isRequired={!field}
          />
        )}
      </form>
    </Dialog>
  );
}
