// One member: what an admin decides about them, and what can be done about their access. Others read it.
import { Ellipsis, KeyRound, Mail, UserCheck, UserX } from 'lucide-react';
import { useId, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import {
  Banner,
  Button,
  ConflictNotice,
  Drawer,
  ErrorState,
  IconButton,
  KeyValueList,
  Menu,
  type MenuEntry,
  SkeletonRows,
  StatusPill,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { getMember, type Member, reactivateMember, updateMember } from '../api.ts';
import { InviteMember } from './InviteMember.tsx';
import { DeactivateMember, ResetTwoFactor } from './MemberAccess.tsx';
import { MemberFields, RIGHTS, type Rights } from './MemberFields.tsx';
import { levelLabel, roleLabel, STATE_WORDS } from './roleWords.ts';
import { type Team, teamPath } from './teamTree.ts';
import { asProblem, useSubmit } from './useSubmit.ts';

type Props = { id: string; teams: readonly Team[]; onClose: () => void };

export function MemberDrawer({ id, teams, onClose }: Props) {
  const found = useCall(getMember, { params: { id } });
  const close = (isOpen: boolean) => !isOpen && onClose();
  if (!found.data) {
    return (
      <Drawer isOpen onOpenChange={close} title="Member">
        {found.error ? (
          <ErrorState
            title="This member cannot be shown"
            text={found.error.message}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <SkeletonRows rows={6} columns={1} />
        )}
      </Drawer>
    );
  }
  return found.data.can.update ? (
    <Change member={found.data} teams={teams} onClose={onClose} onReload={() => void found.refetch()} />
  ) : (
    <Drawer isOpen onOpenChange={close} title={found.data.name} description={found.data.title}>
      <Facts member={found.data} teams={teams} />
    </Drawer>
  );
}

function Facts({ member, teams }: { member: Member; teams: readonly Team[] }) {
  return (
    <KeyValueList
      items={[
        { label: 'E-mail', value: member.email },
        { label: 'Role', value: roleLabel(member.role) },
        { label: 'Sees', value: levelLabel(member.level) },
        { label: 'Team', value: teamPath(teams, member.teamId).join(' › ') || 'No team' },
        { label: 'State', value: STATE_WORDS[member.state].label },
      ]}
    />
  );
}

type Draft = Rights & { name: string; email: string; title: string };
const FIELDS = ['name', 'email', 'title', ...RIGHTS] as const;
const LABELS: Record<keyof Draft, string> = {
  name: 'Name',
  email: 'E-mail',
  title: 'Title',
  role: 'Role',
  level: 'Sees',
  teamId: 'Team',
  capacity: 'Key accounts at most',
};

type ChangeProps = { member: Member; teams: readonly Team[]; onClose: () => void; onReload: () => void };

function Change({ member, teams, onClose, onReload }: ChangeProps) {
  const form = useId();
  // Kept with the version it was typed over, so that somebody else's change in between is noticed after a reload too.
  const [draft, setDraft] = useDraft<{ version: number; change: Partial<Draft> }>(`people.member.${member.id}`);
  const [open, setOpen] = useState<null | 'deactivate' | 'invite' | 'two-factor'>(null);
  const value: Draft = { ...member, ...draft?.change };
  const changed = FIELDS.filter((field) => value[field] !== member[field]);
  const set = (change: Partial<Draft>) =>
    setDraft({ version: draft?.version ?? member.version, change: { ...draft?.change, ...change } });
  const update = useVerb(updateMember, { refreshes: ['members.', 'teams.', 'me.'] });
  const save = useSubmit(async (version: number) => {
    const body = { version, ...Object.fromEntries(changed.map((field) => [field, value[field]])) };
    await update.mutateAsync({ params: { id: member.id }, body });
    setDraft(null);
    toast.show({ title: `${value.name} saved`, tone: 'good' });
    onClose();
  });
  const current = save.problem?.code === 'version_conflict' ? (save.problem.current as Member) : null;
  const message = current ? null : save.message(...FIELDS);

  const reactivate = useVerb(reactivateMember, { refreshes: ['members.', 'teams.'] });
  const giveBack = async () => {
    try {
      await reactivate.mutateAsync({ params: { id: member.id } });
      toast.show({ title: `${member.name} may sign in again`, tone: 'good' });
    } catch (error) {
      toast.show({ title: 'That did not work', text: asProblem(error).message, tone: 'poor' });
    }
  };
  const actions: MenuEntry[] = [
    ...(member.can.invite && member.state !== 'deactivated'
      ? [
          {
            id: 'invite',
            label: member.state === 'invited' ? 'Invite again' : 'Invite',
            icon: <Mail />,
            onAction: () => setOpen('invite'),
          },
        ]
      : []),
    ...(member.state === 'active'
      ? [
          {
            id: 'two-factor',
            label: 'Reset two-factor sign-in',
            description: 'When phone and backup codes are lost',
            icon: <KeyRound />,
            onAction: () => setOpen('two-factor'),
          },
        ]
      : []),
    ...(member.state === 'deactivated'
      ? [{ id: 'reactivate', label: 'Give access back', icon: <UserCheck />, onAction: () => void giveBack() }]
      : []),
    ...(member.can.deactivate
      ? [
          {
            id: 'deactivate',
            label: 'Deactivate',
            icon: <UserX />,
            tone: 'danger' as const,
            onAction: () => setOpen('deactivate'),
          },
        ]
      : []),
  ];
  const show = (field: keyof Draft, from: Draft): string => {
    if (field === 'role') return roleLabel(from.role);
    if (field === 'level') return levelLabel(from.level);
    if (field === 'teamId') return teamPath(teams, from.teamId).join(' › ') || 'No team';
    return String(from[field] ?? '') || 'Empty';
  };

  return (
    <>
      <Drawer
        isOpen={open === null}
        onOpenChange={(isOpen) => !isOpen && onClose()}
        title={member.name}
        description={<StatusPill variant="plain" {...pillOf(member)} />}
        actions={
          <Menu
            label={`More for ${member.name}`}
            placement="bottom end"
            items={actions}
            trigger={<IconButton label="More" icon={<Ellipsis />} size="sm" className="mt-1" />}
          />
        }
        footer={
          <>
            {changed.length > 0 && (
              <Button variant="quiet" onPress={() => setDraft(null)} isDisabled={save.isBusy}>
                Discard
              </Button>
            )}
            <Button
              variant="primary"
              type="submit"
              form={form}
              isLoading={save.isBusy}
              isDisabled={changed.length === 0 || !value.name.trim()}
            >
              Save
            </Button>
          </>
        }
      >
        <form
          id={form}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save.run(draft?.version ?? member.version);
          }}
        >
          {message && <Banner tone="poor">{message}</Banner>}
          {current && (
            <ConflictNotice
              what="This member"
              fields={changed
                .filter((field) => current[field] !== value[field])
                .map((field) => ({ label: LABELS[field], theirs: show(field, current), mine: show(field, value) }))}
              onKeepMine={() => void save.run(current.version)}
              onTakeTheirs={() => {
                setDraft(null);
                save.clear();
                onReload();
              }}
              isBusy={save.isBusy}
            />
          )}
          <TextField
            label="Name"
            value={value.name}
            onChange={(name) => set({ name })}
            error={save.fieldError('name')}
            maxLength={200}
            isRequired
          />
          <TextField
            label="E-mail"
            type="email"
            value={value.email}
            onChange={(email) => set({ email })}
            error={save.fieldError('email')}
            isReadOnly={member.state === 'active'}
            {...(member.state === 'active' ? { description: 'They sign in with it, so it stays.' } : {})}
          />
          <TextField
            label="Title"
            value={value.title}
            onChange={(title) => set({ title })}
            error={save.fieldError('title')}
            maxLength={200}
          />
          <MemberFields value={value} onChange={set} teams={teams} error={save.fieldError} />
        </form>
      </Drawer>
      {open === 'invite' && <InviteMember known={member} teams={teams} onClose={() => setOpen(null)} />}
      {open === 'deactivate' && <DeactivateMember member={member} onClose={() => setOpen(null)} onDone={onClose} />}
      {open === 'two-factor' && <ResetTwoFactor member={member} onClose={() => setOpen(null)} />}
    </>
  );
}

const pillOf = (member: Member) => ({ tone: STATE_WORDS[member.state].tone, label: STATE_WORDS[member.state].label });
