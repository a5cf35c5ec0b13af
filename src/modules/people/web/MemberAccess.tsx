// Taking a member's access away, and taking a lost second factor off: each says first what will happen.
import { useVerb } from '../../../kernel/web/queries.ts';
import { ConfirmDialog, toast } from '../../../ui/index.ts';
import { deactivateMember, type Member, reactivateMember, resetTwoFactor } from '../api.ts';
import { asProblem } from './useSubmit.ts';

type Props = { member: Member; onClose: () => void };

export function DeactivateMember({ member, onClose, onDone }: Props & { onDone: () => void }) {
  const refreshes = ['members.', 'teams.', 'apiKeys.'];
  const deactivate = useVerb(deactivateMember, { refreshes });
  const reactivate = useVerb(reactivateMember, { refreshes });
  const undo = async () => {
    try {
      await reactivate.mutateAsync({ params: { id: member.id } });
    } catch (error) {
      toast.show({ title: 'Not undone', text: asProblem(error).message, tone: 'poor' });
    }
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Deactivate ${member.name}?`}
      text={
        <ul className="list-disc space-y-1 pl-5">
          <li>They are signed out everywhere, at once, and their API keys stop working.</li>
          <li>Accounts, plans and actions stay theirs. Give them to somebody else in the portfolio.</li>
          <li>What they did stays in the history. You can give the access back at any time.</li>
        </ul>
      }
      confirmLabel="Deactivate"
      onConfirm={async () => {
        await deactivate.mutateAsync({ params: { id: member.id } });
        toast.show({
          title: `${member.name} is deactivated`,
          action: { label: 'Undo', onAction: () => void undo() },
        });
        onDone();
      }}
    />
  );
}

export function ResetTwoFactor({ member, onClose }: Props) {
  const reset = useVerb(resetTwoFactor, { refreshes: [] });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Reset two-factor sign-in of ${member.name}?`}
      text="Make sure that it is really them who ask. Until they set it up again, their password alone signs in. They are told by mail and in OpenKAM."
      confirmLabel="Reset"
      onConfirm={async () => {
        const { wasOn } = await reset.mutateAsync({ params: { id: member.id } });
        toast.show(
          wasOn
            ? { title: `${member.name} signs in with the password alone now`, tone: 'good' }
            : { title: `${member.name} has no second factor; nothing changed` },
        );
      }}
    />
  );
}
