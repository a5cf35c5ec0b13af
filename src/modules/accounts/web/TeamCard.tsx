// Colleagues around the account, by what they do there; added and removed at once, with undo.
import { UserPlus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Avatar, Button, Card, Dialog, IconButton, type Option, Select, toast } from '../../../ui/index.ts';
import { type AccountPage, FUNCTIONS, setAccountTeam } from '../api.ts';
import { MemberField } from './pickers.tsx';
import { functionWord } from './words.ts';

type Member = AccountPage['team'][number];
const bare = (team: readonly Member[]) => team.map(({ memberId, function: does }) => ({ memberId, function: does }));

export function TeamCard({ account }: { account: AccountPage }) {
  const [isAdding, setAdding] = useState(false);
  const set = useVerb(setAccountTeam);
  const params = { id: account.id };
  const mayEdit = account.can.update && !account.archivedAt;
  const fail = (error: Error) => toast.show({ title: 'The team was not changed', text: error.message, tone: 'poor' });
  const remove = (member: Member) =>
    set.mutate(
      { params, body: { members: bare(account.team.filter((m) => m !== member)) } },
      {
        onSuccess: () =>
          toast.show({
            title: `${member.memberName} left the account team`,
            action: {
              label: 'Undo',
              onAction: () => set.mutate({ params, body: { members: bare(account.team) } }, { onError: fail }),
            },
          }),
        onError: fail,
      },
    );
  return (
    <Card
      title="Account team"
      padding="none"
      actions={
        mayEdit && account.team.length > 0 ? (
          <IconButton label="Add a colleague" icon={<UserPlus />} size="sm" onPress={() => setAdding(true)} />
        ) : undefined
      }
    >
      {account.team.length === 0 ? (
        <div className="flex flex-col items-start gap-3 px-pad pb-4">
          <p className="text-base text-muted">
            Name who does support, delivery or product here. They will see the account, too.
          </p>
          {mayEdit && (
            <Button size="sm" icon={<UserPlus />} onPress={() => setAdding(true)}>
              Add a colleague
            </Button>
          )}
        </div>
      ) : (
        <ul>
          {account.team.map((member) => (
            <li
              key={`${member.memberId} ${member.function}`}
              className="group flex items-center gap-3 border-t border-line px-pad py-2"
            >
              <Avatar name={member.memberName} size="md" isDecorative />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-base">{member.memberName}</span>
                <span className="block truncate text-sm text-muted">
                  {functionWord(member.function)}
                  {member.title && ` · ${member.title}`}
                </span>
              </span>
              {mayEdit && (
                <IconButton
                  label={`Remove ${member.memberName}, ${functionWord(member.function)}`}
                  icon={<X />}
                  size="sm"
                  isDisabled={set.isPending}
                  onPress={() => remove(member)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <AddMember
          onClose={() => setAdding(false)}
          onAdd={async (member, does) => {
            const known = account.team.some((m) => m.memberId === member.value && m.function === does);
            if (!known)
              await set.mutateAsync({
                params,
                body: { members: [...bare(account.team), { memberId: member.value, function: does }] },
              });
            setAdding(false);
          }}
        />
      )}
    </Card>
  );
}

function AddMember({
  onClose,
  onAdd,
}: {
  onClose: () => void;
  onAdd: (member: Option, does: string) => Promise<void>;
}) {
  const id = useId();
  const [member, setMember] = useState<Option | null>(null);
  const [does, setDoes] = useState<(typeof FUNCTIONS)[number]>('support');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="sm"
      title="Add a colleague"
      footer={
        <Button variant="primary" type="submit" form={id} isDisabled={!member} isLoading={isBusy}>
          Add to the team
        </Button>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          if (!member) return;
          setBusy(true);
          try {
            await onAdd(member, does);
          } catch (reason) {
            setError((reason as Error).message);
            setBusy(false);
          }
        }}
      >
        <MemberField label="Colleague" value={member} onChange={setMember} autoFocus {...(error ? { error } : {})} />
        <Select
          label="What they do here"
          value={does}
          options={FUNCTIONS.map((value) => ({ value, label: functionWord(value) }))}
          onChange={setDoes}
        />
      </form>
    </Dialog>
  );
}
