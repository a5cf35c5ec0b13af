// Where an invitation leads: choose a password, or prove the one you have, and you are in.
import { useEffect, useState } from 'react';
import { AuthLayout, Banner, Button, Link, PasswordField, Skeleton, TextField } from '../../../ui/index.ts';
import { signIn } from './auth-client.ts';
import { tokenIn } from './places.ts';
import { acceptInvitation, type Invitation, lookAtInvitation } from './queries.ts';
import { SecondStep } from './SecondStep.tsx';
import { useSubmit } from './useSubmit.ts';

const enter = () => location.assign('/');

export function AcceptInvite() {
  const [token] = useState(() => tokenIn(location.hash));
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [secondStep, setSecondStep] = useState(false);
  const look = useSubmit(async () => {
    const found = await lookAtInvitation(token);
    setInvitation(found);
    setName(found.name);
  });
  const accept = useSubmit(async (found: Invitation) => {
    await acceptInvitation(found.hasAccount ? { token, password } : { token, name: name.trim(), password });
    if ((await signIn(found.email, password)) === 'second-step') setSecondStep(true);
    else enter();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => void look.run(), []);

  const isOver =
    !token ||
    look.problem?.code === 'invitation_over' ||
    look.problem?.code === 'invalid' ||
    accept.problem?.code === 'invitation_over';
  if (isOver) {
    return (
      <AuthLayout
        productName="OpenKAM"
        title="This invitation does not work any more"
        text="It was accepted already, withdrawn, is older than seven days, or was not copied whole. Ask the person who invited you for a new one."
      >
        <Button href="/sign-in" fullWidth>
          Go to sign in
        </Button>
      </AuthLayout>
    );
  }
  if (look.problem) {
    return (
      <AuthLayout productName="OpenKAM" title="Your invitation">
        <div className="flex flex-col gap-4">
          <Banner tone="poor">{look.problem.message}</Banner>
          <Button onPress={() => void look.run()} isLoading={look.isBusy} fullWidth>
            Try again
          </Button>
        </div>
      </AuthLayout>
    );
  }
  if (!invitation) {
    return (
      <AuthLayout productName="OpenKAM" title="Your invitation">
        <div className="flex flex-col gap-4" aria-busy="true">
          <Skeleton className="h-control w-full" />
          <Skeleton className="h-control w-full" />
        </div>
      </AuthLayout>
    );
  }
  if (secondStep) {
    return (
      <AuthLayout productName="OpenKAM" title="One more step" text={`You have joined ${invitation.workspaceName}.`}>
        <SecondStep onDone={enter} onStartAgain={() => location.assign('/sign-in')} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      productName="OpenKAM"
      title={`Join ${invitation.workspaceName}`}
      text={
        invitation.hasAccount
          ? 'You have an account here already: use its password.'
          : 'Choose a password and you are in.'
      }
      footer={
        <>
          Not you? <Link href="/sign-in">Sign in with another account</Link>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void accept.run(invitation);
        }}
      >
        {accept.message('name', 'password') && <Banner tone="poor">{accept.message('name', 'password')}</Banner>}
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={invitation.email}
          isReadOnly
        />
        {invitation.hasAccount ? (
          <PasswordField
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={accept.fieldError('password')}
            isRequired
            autoFocus
          />
        ) : (
          <>
            <TextField
              label="Your name"
              autoComplete="name"
              value={name}
              onChange={setName}
              error={accept.fieldError('name')}
              isRequired
              autoFocus
            />
            <PasswordField
              label="Password"
              description="At least 10 characters. A few words are easier to remember than symbols."
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
              error={accept.fieldError('password')}
              hasStrength
              isRequired
            />
          </>
        )}
        <Button type="submit" variant="primary" isLoading={accept.isBusy} fullWidth>
          Join
        </Button>
      </form>
    </AuthLayout>
  );
}
