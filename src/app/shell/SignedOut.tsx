// The session ended while somebody works: they sign in again over the page, and nothing typed is lost.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../kernel/contract/problem.ts';
import { useSession } from '../../kernel/web/session.ts';
import { signIn } from '../../modules/people/web/index.ts';
import { Button, Dialog, PasswordField, toast } from '../../ui/index.ts';

export default function SignedOut({ onDone }: { onDone: () => void }) {
  const { member } = useSession();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);

  const elsewhere = `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      if ((await signIn(member.email, password)) === 'second-step') {
        window.location.assign(elsewhere);
        return;
      }
      onDone();
      toast.show({ title: 'Signed in again', tone: 'good' });
      await client.invalidateQueries();
    } catch (reason) {
      setError(reason instanceof Problem ? reason.message : 'That did not work. Try again.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onDone()}
      isDismissable={false}
      size="sm"
      title="Your session has ended"
      description="Sign in again to go on where you are. What you typed is still here."
      footer={
        <>
          <Button variant="quiet" onPress={() => window.location.assign(elsewhere)}>
            Sign in another way
          </Button>
          <Button variant="primary" type="submit" form="sign-in-again" isLoading={isBusy} isDisabled={password === ''}>
            Sign in
          </Button>
        </>
      }
    >
      <form
        id="sign-in-again"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={member.email} readOnly />
        <PasswordField
          label={`Password of ${member.email}`}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus
          {...(error ? { error } : {})}
        />
      </form>
    </Dialog>
  );
}
