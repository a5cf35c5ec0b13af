// The door: e-mail and password, then the second step where one is set up; or a passkey.
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { AuthLayout, Banner, Button, Link, PasswordField, TextField } from '../../../ui/index.ts';
import { passkeysWork, signedInUser, signIn, signInWithPasskey, signOut } from './auth-client.ts';
import { safeNext } from './places.ts';
import { isMember, setupNeeded } from './queries.ts';
import { SecondStep } from './SecondStep.tsx';
import { useSubmit } from './useSubmit.ts';

/** A fresh page, so that nothing of another person's session stays in memory. */
const enter = () => location.assign(safeNext(location.search));

/** A new installation has nobody to sign in yet; somebody who is in already needs no form. */
async function whereToInstead(): Promise<{ go?: string; stranded?: string }> {
  const [needed, user] = await Promise.all([setupNeeded(), signedInUser()]);
  if (needed) return { go: '/setup' };
  if (!user) return {};
  return (await isMember()) ? { go: 'in' } : { stranded: user.email };
}

function NoMember({ email }: { email: string }) {
  const leave = useSubmit(async () => {
    await signOut();
    location.reload();
  });
  return (
    <AuthLayout
      productName="OpenKAM"
      title="You have no workspace here"
      text={`${email} is signed in, but is not a member any more, or not yet. Ask an administrator of your workspace.`}
    >
      <div className="flex flex-col gap-4">
        {leave.problem && <Banner tone="poor">{leave.problem.message}</Banner>}
        <Button isLoading={leave.isBusy} onPress={() => void leave.run()} fullWidth>
          Sign in with another account
        </Button>
      </div>
    </AuthLayout>
  );
}

export function SignIn() {
  const [step, setStep] = useState<'password' | 'second-step'>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const byPassword = useSubmit(async () => {
    if ((await signIn(email.trim(), password)) === 'second-step') setStep('second-step');
    else enter();
  });
  const byPasskey = useSubmit(async () => {
    await signInWithPasskey();
    enter();
  });

  const [stranded, setStranded] = useState<string | null>(null);
  useEffect(() => {
    // Without answers the form simply stays.
    void whereToInstead().then(
      (found) => {
        if (found.go === 'in') enter();
        else if (found.go) location.replace(found.go);
        else setStranded(found.stranded ?? null);
      },
      () => {},
    );
  }, []);

  if (stranded) return <NoMember email={stranded} />;

  if (step === 'second-step') {
    return (
      <AuthLayout productName="OpenKAM" title="One more step" text="Your account is protected by a second factor.">
        <SecondStep
          onDone={enter}
          onStartAgain={() => {
            setPassword('');
            setStep('password');
          }}
        />
      </AuthLayout>
    );
  }

  const problem = byPassword.problem ?? byPasskey.problem;
  return (
    <AuthLayout
      productName="OpenKAM"
      title="Sign in"
      footer="No account yet? Ask an administrator of your workspace for an invitation."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          byPasskey.clear();
          void byPassword.run();
        }}
      >
        {problem && <Banner tone="poor">{problem.message}</Banner>}
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
        <div className="flex flex-col gap-1.5">
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
          <div className="text-right text-sm">
            <Link href={`/forgot-password${email ? `?email=${encodeURIComponent(email)}` : ''}`} tone="muted">
              Forgot password?
            </Link>
          </div>
        </div>
        <Button type="submit" variant="primary" isLoading={byPassword.isBusy} fullWidth>
          Sign in
        </Button>
      </form>
      {passkeysWork() && (
        <div className="mt-4 flex flex-col gap-4 border-t border-line pt-4">
          <Button
            icon={<KeyRound />}
            isLoading={byPasskey.isBusy}
            fullWidth
            onPress={() => {
              byPassword.clear();
              void byPasskey.run();
            }}
          >
            Sign in with a passkey
          </Button>
        </div>
      )}
    </AuthLayout>
  );
}
