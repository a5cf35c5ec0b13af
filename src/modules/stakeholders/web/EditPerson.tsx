// One person in a drawer: who they are, and what they are at the account. Typed changes survive; two people at once are both heard.
import { Ellipsis, ExternalLink, GitMerge, LogOut, Trash2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import type { Problem } from '../../../kernel/contract/problem.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  ConflictNotice,
  Drawer,
  ErrorState,
  IconButton,
  Menu,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { getPerson, type PersonPage, putRole, updatePerson } from '../api.ts';
import { changesOf, clashesOf, FIELD_LABELS, type Form, formOf, rebase, valueText } from './editing.ts';
import { OwnFields, RoleFields } from './PersonFields.tsx';
import type { AtAccount } from './peopleAt.ts';
import { cycleText, useRoleVerbs } from './roleVerbs.ts';

const MergePerson = lazy(() => import('./MergePerson.tsx'));

type Props = {
  personId: string;
  /** Whose role is edited; without it only the person. */
  accountId?: string;
  /** Everybody at that account, for "Reports to". */
  people?: readonly AtAccount[];
  onClose: () => void;
};

export default function EditPerson(props: Props) {
  const person = useCall(getPerson, { params: { id: props.personId } });
  if (person.data) return <Loaded key={person.data.id} {...props} person={person.data} />;
  return (
    <Drawer isOpen onOpenChange={(isOpen) => !isOpen && props.onClose()} title="Person">
      {person.isError ? (
        <ErrorState text={person.error.message} onRetry={() => void person.refetch()} />
      ) : (
        <SkeletonRows rows={8} columns={2} />
      )}
    </Drawer>
  );
}

type Draft = { base: PersonPage; form: Form };

function Loaded({ person, accountId, people = [], onClose }: Props & { person: PersonPage }) {
  const formId = useId();
  const roleIn = (page: PersonPage) => page.accounts.find((r) => r.accountId === accountId);
  const [draft, setDraft] = useDraft<Draft>(`people.${person.id}.${accountId ?? ''}`);
  const base = draft?.base ?? person;
  const role = roleIn(base);
  const before = formOf(base, role);
  const form = draft?.form ?? before;
  const [theirs, setTheirs] = useState<PersonPage | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isMerging, setMerging] = useState(false);
  const savePerson = useVerb(updatePerson, { refreshes: ['stakeholders.'] });
  const saveRole = useVerb(putRole, { refreshes: ['stakeholders.'] });
  const mayEdit = person.can.update && !person.archivedAt;
  const set = (change: Partial<Form>) => setDraft({ base, form: { ...form, ...change } });
  const nameOf = (id: string) => people.find((p) => p.person.id === id)?.person.name ?? 'Somebody else';
  const { own, role: atAccount } = changesOf(before, form);
  const isChanged = Object.keys(own).length + Object.keys(atAccount).length > 0;

  const send = async (from: PersonPage, wanted: Form) => {
    setProblem(null);
    setBusy(true);
    let now = from;
    try {
      const change = changesOf(formOf(from, roleIn(from)), wanted);
      if (Object.keys(change.own).length > 0)
        now = await savePerson.mutateAsync({
          params: { id: person.id },
          body: { version: from.version, ...change.own },
        });
      const known = roleIn(from);
      if (accountId && known && Object.keys(change.role).length > 0)
        await saveRole.mutateAsync({
          params: { id: person.id, accountId },
          body: { version: known.version, ...change.role },
        });
      setDraft(null);
      toast.show({ title: `${wanted.name} saved`, tone: 'good' });
      onClose();
    } catch (reason) {
      const failed = asProblem(reason);
      if (failed.code === 'version_conflict' && failed.current) setTheirs(failed.current as PersonPage);
      else setProblem(failed);
      // The person may be stored already while the role was refused.
      setDraft({ base: now, form: wanted });
    } finally {
      setBusy(false);
    }
  };
  const settle = (giveWay: boolean) => {
    if (!theirs) return;
    const next = rebase(before, form, formOf(theirs, roleIn(theirs)), giveWay);
    setTheirs(null);
    setDraft({ base: theirs, form: next });
    void send(theirs, next);
  };
  const isCycle = problem?.code === 'reports_to_cycle';
  const errorOf = (field: string): { error: string } | undefined => {
    if (isCycle && field === 'reportsToId')
      return { error: cycleText(problem, person.name, form.reportsToId ? nameOf(form.reportsToId) : '') };
    const found = problem?.fields?.find((f) => f.field === field);
    return found ? { error: found.message } : undefined;
  };
  const at = accountId ? people.find((p) => p.person.id === person.id) : undefined;

  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={person.name}
      description={role ? [role.title, role.accountName].filter(Boolean).join(' · ') : undefined}
      size="md"
      actions={<PersonMenu person={person} at={at} people={people} onMerge={() => setMerging(true)} onGone={onClose} />}
      footer={
        mayEdit ? (
          <>
            {isChanged && (
              <Button
                variant="quiet"
                onPress={() => {
                  setDraft(null);
                  setProblem(null);
                  setTheirs(null);
                }}
              >
                Discard changes
              </Button>
            )}
            <Button variant="primary" type="submit" form={formId} isLoading={isBusy} isDisabled={!isChanged}>
              Save
            </Button>
          </>
        ) : undefined
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged && form.name.trim()) void send(base, form);
        }}
      >
        {theirs && (
          <ConflictNotice
            what="This person"
            fields={clashesOf(before, form, formOf(theirs, roleIn(theirs))).map((field) => ({
              label: FIELD_LABELS[field],
              theirs: valueText(field, formOf(theirs, roleIn(theirs)), nameOf),
              mine: valueText(field, form, nameOf),
            }))}
            onKeepMine={() => settle(false)}
            onTakeTheirs={() => settle(true)}
            isBusy={isBusy}
          />
        )}
        {problem && !problem.fields?.length && !isCycle && <Banner tone="poor">{problem.message}</Banner>}
        {person.doNotContact && <Banner tone="watch">This person asked not to be contacted.</Banner>}
        {role && (
          <RoleFields
            role={role}
            form={form}
            set={set}
            errorOf={errorOf}
            isReadOnly={!mayEdit}
            people={people.filter((p) => p.person.id !== person.id)}
          />
        )}
        <OwnFields person={person} form={form} set={set} errorOf={errorOf} isReadOnly={!mayEdit} except={accountId} />
      </form>
      <Suspense>{isMerging && <MergePerson person={person} onClose={() => setMerging(false)} />}</Suspense>
    </Drawer>
  );
}

type MenuProps = {
  person: PersonPage;
  at: AtAccount | undefined;
  people: readonly AtAccount[];
  onMerge: () => void;
  onGone: () => void;
};

function PersonMenu({ person, at, people, onMerge, onGone }: MenuProps) {
  const { remove, left } = useRoleVerbs();
  const { workspace } = useSession();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: workspace.zone }).format(new Date());
  const reports = people.filter((p) => p.role.reportsToId === person.id);
  return (
    <Menu
      label="More actions"
      placement="bottom end"
      trigger={<IconButton label="More actions" icon={<Ellipsis />} size="sm" className="mt-1" />}
      items={[
        { id: 'open', label: 'Open the person’s page', icon: <ExternalLink />, href: `/people/${person.id}` },
        ...(person.can.merge
          ? [{ id: 'merge', label: 'Merge a duplicate…', icon: <GitMerge />, onAction: onMerge }]
          : []),
        ...(at && person.can.update
          ? [
              at.role.endedOn
                ? { id: 'back', label: 'Is back at this account', icon: <Undo2 />, onAction: () => void left(at, null) }
                : {
                    id: 'left',
                    label: 'Has left this account',
                    description: 'Keeps the history',
                    icon: <LogOut />,
                    onAction: () => {
                      void left(at, today);
                      onGone();
                    },
                  },
              {
                id: 'remove',
                label: 'Take off this account',
                ...(at.role.hidden
                  ? { description: 'Has a private judgement that you cannot bring back', isDisabled: true }
                  : {}),
                icon: <Trash2 />,
                tone: 'danger' as const,
                onAction: () => {
                  void remove(at, reports);
                  onGone();
                },
              },
            ]
          : []),
      ]}
    />
  );
}
