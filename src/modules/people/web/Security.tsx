// Everything about one's own way in: password, second factor, passkeys, signed-in browsers.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorState, SkeletonRows } from '../../../ui/index.ts';
import { passkeys, sessions, signedInUser } from './auth-client.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { Passkeys } from './Passkeys.tsx';
import { Sessions } from './Sessions.tsx';
import { TwoFactor } from './TwoFactor.tsx';
import { asProblem } from './useSubmit.ts';

export function Security() {
  const client = useQueryClient();
  const user = useQuery({ queryKey: ['sign-in', 'user'], queryFn: signedInUser });
  const browsers = useQuery({ queryKey: ['sign-in', 'sessions'], queryFn: sessions });
  const keys = useQuery({ queryKey: ['sign-in', 'passkeys'], queryFn: passkeys });
  const changed = () => void client.invalidateQueries({ queryKey: ['sign-in'] });

  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <header>
        <h1 className="text-xl font-semibold tracking-tight text-ink">Security</h1>
        <p className="text-base text-muted">How you sign in, and where you are signed in.</p>
      </header>
      {user.data ? (
        <>
          <ChangePassword email={user.data.email} onChanged={changed} />
          <TwoFactor isOn={user.data.twoFactorEnabled} onChanged={changed} />
        </>
      ) : user.isError ? (
        <ErrorState
          title="This page could not be loaded"
          text={asProblem(user.error).message}
          onRetry={() => void user.refetch()}
        />
      ) : (
        <SkeletonRows rows={4} columns={1} />
      )}
      <Passkeys list={keys.data} failed={keys.error} onRetry={() => void keys.refetch()} onChanged={changed} />
      <Sessions
        list={browsers.data}
        failed={browsers.error}
        onRetry={() => void browsers.refetch()}
        onChanged={changed}
      />
    </div>
  );
}
