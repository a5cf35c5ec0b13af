// Asks for a mail with a link to a new password. Says the same whether or not anybody has the address.
import { useState } from 'react';
import { AuthLayout, Banner, Button, Link, TextField } from '../../../ui/index.ts';
import { requestPasswordReset } from './auth-client.ts';
import { useSubmit } from './useSubmit.ts';

export function ForgotPassword() {
  const [email, setEmail] = useState(() => new URLSearchParams(location.search).get('email') ?? '');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = useSubmit(async () => {
    await requestPasswordReset(email.trim());
    setSentTo(email.trim());
  });
  const back = <Link href="/sign-in">Back to sign in</Link>;

  if (sentTo) {
    return (
      <AuthLayout productName="OpenKAM" title="Look at your mail" footer={back}>
        <div className="flex flex-col gap-3" role="status">
          <p>
            If somebody signs in with <strong className="font-medium">{sentTo}</strong>, a mail is on its way. Its link
            works once, for half an hour.
          </p>
          <p className="text-muted">
            Nothing there after a few minutes? Look in the spam folder, or ask your administrator whether mail is set
            up.
          </p>
        </div>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      productName="OpenKAM"
      title="Forgot your password?"
      text="We send you a link to choose a new one."
      footer={back}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send.run();
        }}
      >
        {send.problem && <Banner tone="poor">{send.problem.message}</Banner>}
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <Button type="submit" variant="primary" isLoading={send.isBusy} fullWidth>
          Send the link
        </Button>
      </form>
    </AuthLayout>
  );
}
