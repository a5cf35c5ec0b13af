// Inviting somebody: who, in which role, seeing what. Afterwards the link, to send by hand where mail is not set up.
import { useId, useState } from 'react';
import { DEFAULT_LEVEL } from '../../../kernel/contract/access.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Banner, Button, CopyField, Dialog, TextField } from '../../../ui/index.ts';
import { inviteMember, type Member } from '../api.ts';
import { MemberFields, RIGHTS, type Rights } from './MemberFields.tsx';
import type { Team } from './teamTree.ts';
import { useSubmit } from './useSubmit.ts';

type Draft = Rights & { name: string; email: string; title: string };
type Invited = AnswerOf<typeof inviteMember>;

const blank: Draft = {
  name: '',
  email: '',
  title: '',
  role: 'kam',
  level: DEFAULT_LEVEL.kam,
  teamId: null,
  capacity: null,
};

type Props = {
  teams: readonly Team[];
  onClose: () => void;
  /** Somebody whose name is here already: brought by an import, or invited before. */
  known?: Member;
};

export function InviteMember({ teams, onClose, known }: Props) {
  const form = useId();
  const [draft, setDraft] = useDraft<Draft>(`people.invite.${known?.id ?? 'new'}`);
  const [invited, setInvited] = useState<Invited | null>(null);
  const value = draft ?? (known ? { ...blank, ...known } : blank);
  const set = (change: Partial<Draft>) => setDraft({ ...pick(value), ...change });
  const invite = useVerb(inviteMember, { refreshes: ['members.', 'teams.'] });
  const send = useSubmit(async () => {
    const { name, email, title, ...rights } = pick(value);
    setInvited(await invite.mutateAsync({ body: { name, email: email.trim(), title, ...rights } }));
    setDraft(null);
  });

  if (invited) {
    return <Done invited={invited} onClose={onClose} {...(known ? {} : { onAnother: () => setInvited(null) })} />;
  }
  const message = send.message('name', 'email', 'title', ...RIGHTS);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={known ? `Invite ${known.name}` : 'Invite somebody'}
      description="They get a link that works once, for seven days, and choose their own password."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isLoading={send.isBusy}
            isDisabled={!value.name.trim() || !value.email.trim()}
          >
            Invite
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
          void send.run();
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            value={value.name}
            onChange={(name) => set({ name })}
            error={send.fieldError('name')}
            maxLength={200}
            autoComplete="off"
            isRequired
            autoFocus={!known}
          />
          <TextField
            label="E-mail"
            type="email"
            value={value.email}
            onChange={(email) => set({ email })}
            error={send.fieldError('email')}
            maxLength={254}
            autoComplete="off"
            isRequired
          />
        </div>
        <TextField
          label="Title"
          value={value.title}
          onChange={(title) => set({ title })}
          error={send.fieldError('title')}
          maxLength={200}
          autoComplete="off"
        />
        <MemberFields value={value} onChange={set} teams={teams} error={send.fieldError} />
      </form>
    </Dialog>
  );
}

const pick = ({ name, email, title, role, level, teamId, capacity }: Draft): Draft => ({
  name,
  email,
  title,
  role,
  level,
  teamId,
  capacity,
});

function Done({ invited, onClose, onAnother }: { invited: Invited; onClose: () => void; onAnother?: () => void }) {
  const { member, inviteLink, mailed } = invited;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={mailed ? `${member.name} is invited` : `Send ${member.name} this link`}
      description={
        mailed
          ? `The invitation is on its way to ${member.email}. Should it not arrive, send the link yourself.`
          : 'Mail is not set up on this server, so nothing was sent. Copy the link and send it yourself.'
      }
      footer={
        <>
          {onAnother && (
            <Button variant="quiet" onPress={onAnother}>
              Invite another
            </Button>
          )}
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <CopyField label="Invitation link" value={inviteLink} />
        <p className="text-sm text-muted">
          Whoever opens it first becomes {member.name}. It is shown only now; a new invitation makes this one void.
        </p>
      </div>
    </Dialog>
  );
}
