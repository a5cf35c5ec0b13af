// The fields of a person, and of what they are at an account.
import {
  Badge,
  Checkbox,
  ComboBox,
  Link,
  NumberField,
  RadioGroup,
  Select,
  Switch,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import type { PersonPage, Role } from '../api.ts';
import type { FieldName, Form } from './editing.ts';
import { Private } from './marks.tsx';
import type { AtAccount } from './peopleAt.ts';
import { coverageOptions, influenceOptions, PART_WORDS, partOptions, privacyOptions, stanceOptions } from './words.ts';

type Shared = {
  form: Form;
  set: (change: Partial<Form>) => void;
  errorOf: (field: FieldName) => { error: string } | undefined;
  isReadOnly: boolean;
};

const heading = 'text-base font-semibold text-ink';

export function RoleFields({
  role,
  form,
  set,
  errorOf,
  isReadOnly,
  people,
}: Shared & { role: Role; people: readonly AtAccount[] }) {
  const options = people.map(({ person, role: r }) => ({
    value: person.id,
    label: person.name,
    ...(r.title ? { description: r.title } : {}),
  }));
  const manager = form.reportsToId
    ? (options.find((o) => o.value === form.reportsToId) ?? {
        value: form.reportsToId,
        label: role.reportsToName ?? 'Somebody who left',
      })
    : null;
  const unknown = { clearLabel: 'Not known yet', placeholder: 'Not known yet' };
  return (
    <section className="flex flex-col gap-4" aria-label={`At ${role.accountName}`}>
      <h3 className={heading}>At {role.accountName}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Title"
          value={form.title}
          onChange={(title) => set({ title })}
          maxLength={200}
          isReadOnly={isReadOnly}
          {...errorOf('title')}
        />
        <TextField
          label="Department"
          value={form.department}
          onChange={(department) => set({ department })}
          maxLength={200}
          isReadOnly={isReadOnly}
          {...errorOf('department')}
        />
        <ComboBox
          label="Reports to"
          value={manager}
          options={options}
          onChange={(option) => set({ reportsToId: option?.value ?? null })}
          placeholder="Nobody named"
          isDisabled={isReadOnly}
          {...errorOf('reportsToId')}
        />
        <NumberField
          label="In touch every"
          unit="days"
          value={form.cadenceDays}
          onChange={(cadenceDays) => set({ cadenceDays })}
          minValue={1}
          maxValue={3650}
          isReadOnly={isReadOnly}
          description={`Empty: the workspace’s default for the part${role.cadenceIsDefault ? `, ${role.cadenceDays} days` : ''}`}
          {...errorOf('cadenceDays')}
        />
      </div>
      <div className="flex items-center gap-2 pt-1">
        <h4 className="text-base font-medium">Our judgement</h4>
        {role.hidden && <Private />}
      </div>
      {role.hidden ? (
        <p className="text-base text-muted">
          Part, stance, influence and coverage are kept private by their author. Ask the account’s owner.
        </p>
      ) : (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Part in the decision"
              value={form.part}
              options={partOptions}
              onChange={(part) => set({ part })}
              placeholder={PART_WORDS.none}
              isDisabled={isReadOnly}
            />
            <Select
              label="Stance towards us"
              value={form.stance === null ? null : String(form.stance)}
              options={stanceOptions}
              onChange={(stance) => set({ stance: Number(stance) })}
              onClear={() => set({ stance: null })}
              {...unknown}
              isDisabled={isReadOnly}
            />
            <Select
              label="Influence"
              value={form.influence === null ? null : String(form.influence)}
              options={influenceOptions}
              onChange={(influence) => set({ influence: Number(influence) })}
              onClear={() => set({ influence: null })}
              {...unknown}
              isDisabled={isReadOnly}
            />
            <Select
              label="Coverage"
              description="How well we know the person"
              value={form.coverage}
              options={coverageOptions}
              onChange={(coverage) => set({ coverage })}
              {...unknown}
              isDisabled={isReadOnly}
            />
          </div>
          <Switch
            label="Confirmed"
            description="On: the person said or showed it. Off: we assume it."
            isSelected={form.confirmed}
            onChange={(confirmed) => set({ confirmed })}
            isDisabled={isReadOnly}
          />
          <RadioGroup
            label="Who may read this judgement"
            value={form.privacy}
            options={privacyOptions}
            onChange={(privacy) => set({ privacy })}
            isDisabled={isReadOnly}
          />
        </>
      )}
    </section>
  );
}

export function OwnFields({
  person,
  form,
  set,
  errorOf,
  isReadOnly,
  except,
}: Shared & { person: PersonPage; except: string | undefined }) {
  const others = person.accounts.filter((r) => r.accountId !== except);
  const field = (name: 'phone' | 'mobile' | 'language', label: string, maxLength: number) => (
    <TextField
      label={label}
      value={form[name]}
      onChange={(value) => set({ [name]: value })}
      maxLength={maxLength}
      isReadOnly={isReadOnly}
      {...errorOf(name)}
    />
  );
  return (
    <section className="flex flex-col gap-4" aria-label="The person">
      <h3 className={heading}>The person</h3>
      <TextField
        label="Name"
        value={form.name}
        onChange={(name) => set({ name })}
        maxLength={300}
        isRequired
        isReadOnly={isReadOnly}
        {...(form.name.trim() ? errorOf('name') : { error: 'Required' })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="E-mail"
          type="email"
          value={form.email}
          onChange={(email) => set({ email })}
          maxLength={254}
          isReadOnly={isReadOnly}
          {...errorOf('email')}
        />
        {field('language', 'Language', 35)}
        {field('phone', 'Phone', 60)}
        {field('mobile', 'Mobile', 60)}
      </div>
      <Checkbox
        isSelected={form.doNotContact}
        onChange={(doNotContact) => set({ doNotContact })}
        isDisabled={isReadOnly}
      >
        Do not contact
      </Checkbox>
      <TextArea
        label="Notes"
        value={form.notes}
        onChange={(notes) => set({ notes })}
        rows={3}
        maxLength={20_000}
        isReadOnly={isReadOnly}
        {...errorOf('notes')}
      />
      {others.length > 0 && (
        <div>
          <h4 className="pb-1.5 text-base font-medium">{except ? 'Also at' : 'At'}</h4>
          <ul className="flex flex-col gap-1.5">
            {others.map((r) => (
              <li key={r.accountId} className="flex flex-wrap items-center gap-2">
                <Link href={`/accounts/${r.accountId}?tab=people`}>{r.accountName}</Link>
                {r.title && <span className="text-muted">{r.title}</span>}
                {r.isPrimary && <Badge tone="outline">Main</Badge>}
                {r.endedOn && <Badge tone="outline">Left</Badge>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
