// Where the mailed link leads: a new password, once.
import { useState } from 'react';
import { AuthLayout, Banner, Button, Link, PasswordField } from '../../../ui/index.ts';
import { resetPassword } from './auth-client.ts';
import { tokenIn } from './places.ts';
import { useSubmit } from './useSubmit.ts';

export function ResetPassword() {
  const [token] = useState(() => tokenIn(location.hash));
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const save = useSubmit(async () => {
    await resetPassword(token, password);
    setDone(true);
  });

  if (isDone) {
    return (
      <AuthLayout productName="OpenKAM" title="Your new password is set" text="All browsers were signed out.">
        <Button href="/sign-in" variant="primary" fullWidth>
          Sign in
        </Button>
      </AuthLayout>
    );
  }
  if (!token || save.problem?.code === 'invalid_token') {
    return (
      <AuthLayout
        productName="OpenKAM"
        title="This link does not work any more"
        text="It was used already, is older than half an hour, or was not copied whole."
      >
        <Button href="/forgot-password" variant="primary" fullWidth>
          Ask for a new link
        </Button>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      productName="OpenKAM"
      title="Choose a new password"
      footer={<Link href="/sign-in">Back to sign in</Link>}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        {save.problem && <Banner tone="poor">{save.problem.message}</Banner>}
        <PasswordField
          label="New password"
          description="At least 10 characters. A few words are easier to remember than symbols."
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          hasStrength
          isRequired
          autoFocus
        />
        <Button type="submit" variant="primary" isLoading={save.isBusy} fullWidth>
          Set the password
        </Button>
      </form>
    </AuthLayout>
  );
}
