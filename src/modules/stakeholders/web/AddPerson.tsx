// Adding a person by hand; warns when they may be here already and offers to take the known one instead. What was typed survives.
import { useId } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { Banner, Button, Dialog, Link, type Option, Select, TextField, toast } from '../../../ui/index.ts';
import { AccountField } from '../../accounts/web/index.ts';
import { createPerson, listPeople, type Part, type Person, putRole } from '../api.ts';
import { useSettled } from './settled.ts';
import { partOptions, stanceOptions } from './words.ts';

type Draft = {
  name: string;
  email: string;
  phone: string;
  title: string;
  account: Option | null;
  part: Part | null;
  stance: string | null;
};
const empty: Draft = { name: '', email: '', phone: '', title: '', account: null, part: null, stance: null };

type Props = {
  onClose: () => void;
  /** Where the person is to be added; without it the account is asked. */
  accountId?: string;
  /** Stays on the page instead of opening the new person. */
  stays?: boolean;
};

export default function AddPerson({ onClose, accountId, stays = false }: Props) {
  const form = useId();
  const go = useGo();
  const [draft, setDraft] = useDraft<Draft>(`people.new${accountId ?? ''}`);
  const value = { ...empty, ...draft };
  const set = (change: Partial<Draft>) => setDraft({ ...value, ...change });
  const create = useVerb(createPerson, { refreshes: ['stakeholders.'] });
  const put = useVerb(putRole, { refreshes: ['stakeholders.'] });
  const place = accountId ?? value.account?.value;
  const role = {
    ...(value.title.trim() ? { title: value.title.trim() } : {}),
    ...(value.part ? { part: value.part } : {}),
    ...(value.stance === null ? {} : { stance: Number(value.stance), confirmed: false }),
  };
  const done = (person: { id: string; name: string }, title: string) => {
    setDraft(null);
    onClose();
    if (stays)
      toast.show({ title, tone: 'good', action: { label: 'Open', onAction: () => go(`/people/${person.id}`) } });
    else go(`/people/${person.id}`);
  };
  const submit = useSubmit(async () => {
    const made = await create.mutateAsync({
      body: {
        name: value.name,
        ...(value.email.trim() ? { email: value.email.trim() } : {}),
        ...(value.phone.trim() ? { phone: value.phone.trim() } : {}),
        ...(place ? { accounts: [{ accountId: place, ...role }] } : {}),
      },
    });
    done(made, `${made.name} added`);
  });
  const take = useSubmit(async (known: Person) => {
    if (place) await put.mutateAsync({ params: { id: known.id, accountId: place }, body: role });
    done(known, `${known.name} is now at this account, too`);
  });
  const isReady = value.name.trim() !== '';
  const error = (field: string) => {
    const message = submit.fieldError(field);
    return message ? { error: message } : {};
  };
  const message = submit.message('name', 'email', 'phone') ?? take.message();

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add person"
      footer={
        <Button variant="primary" type="submit" form={form} isLoading={submit.isBusy} isDisabled={!isReady}>
          Add person
        </Button>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void submit.run();
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        <TextField
          label="Name"
          value={value.name}
          onChange={(name) => set({ name })}
          maxLength={300}
          autoFocus
          isRequired
          autoComplete="off"
          {...error('name')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="E-mail"
            type="email"
            inputMode="email"
            value={value.email}
            onChange={(email) => set({ email })}
            maxLength={254}
            autoComplete="off"
            {...error('email')}
          />
          <TextField
            label="Phone"
            type="tel"
            value={value.phone}
            onChange={(phone) => set({ phone })}
            maxLength={60}
            autoComplete="off"
            {...error('phone')}
          />
        </div>
        <Known
          name={value.name}
          email={value.email}
          placeId={place}
          onTake={(person) => void take.run(person)}
          isBusy={take.isBusy}
        />
        {!accountId && (
          <AccountField
            label="Account"
            value={value.account}
            onChange={(account) => set({ account: account && { value: account.value, label: account.label } })}
          />
        )}
        <TextField
          label="Title"
          value={value.title}
          onChange={(title) => set({ title })}
          maxLength={200}
          autoComplete="off"
          isDisabled={!place}
          {...(place ? {} : { description: 'Choose an account first' })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Part in the decision"
            value={value.part}
            options={partOptions}
            onChange={(part) => set({ part })}
            onClear={() => set({ part: null })}
            clearLabel="Not known yet"
            placeholder="Not known yet"
            isDisabled={!place}
          />
          <Select
            label="Stance towards us"
            value={value.stance}
            options={stanceOptions}
            onChange={(stance) => set({ stance })}
            onClear={() => set({ stance: null })}
            clearLabel="Not known yet"
            placeholder="Not known yet"
            isDisabled={!place}
          />
        </div>
      </form>
    </Dialog>
  );
}

type KnownProps = {
  name: string;
  email: string;
  placeId: string | undefined;
  onTake: (person: Person) => void;
  isBusy: boolean;
};

/** People who may be the same: by e-mail for certain, by name perhaps. */
function Known({ name, email, placeId, onTake, isBusy }: KnownProps) {
  const wantedEmail = useSettled(email.trim());
  const wantedName = useSettled(name.trim());
  const byEmail = useCall(
    listPeople,
    { query: { email: wantedEmail, limit: 3 } },
    { enabled: /^\S+@\S+\.\S+$/.test(wantedEmail) },
  );
  const byName = useCall(
    listPeople,
    { query: { q: wantedName.slice(0, 100), limit: 3 } },
    { enabled: wantedName.length >= 4 },
  );
  const same = byEmail.data?.items ?? [];
  const alike = (byName.data?.items ?? []).filter((p) => !same.some((s) => s.id === p.id));
  const found = [...same, ...alike].slice(0, 3);
  if (found.length === 0) return null;
  return (
    <Banner
      tone="watch"
      title={same.length > 0 ? 'Somebody has this e-mail already' : 'Perhaps this person is here already'}
    >
      <ul className="mt-1 flex flex-col gap-1">
        {found.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center gap-x-2">
            <span className="min-w-0 flex-1">
              <Link href={`/people/${person.id}`}>{person.name}</Link>
              <span className="text-muted">
                {[person.email, person.accounts[0]?.accountName].filter(Boolean).map((text) => ` · ${text}`)}
              </span>
            </span>
            {placeId && !person.accounts.some((r) => r.accountId === placeId) && (
              <Button size="sm" isDisabled={isBusy} onPress={() => onTake(person)}>
                Add them here
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
