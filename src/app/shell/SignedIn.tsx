// The gate to the signed-in app: asks who is there, sends strangers to sign-in and first visitors to set-up, then shows the shell.
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { call } from '../../kernel/web/call.ts';
import { useCall } from '../../kernel/web/queries.ts';
import { SessionProvider } from '../../kernel/web/session.ts';
import { me, setupState } from '../../modules/people/api.ts';
import { Failed, Starting } from './Fallbacks.tsx';
import { Shell } from './Shell.tsx';

export function SignedIn() {
  const router = useRouter();
  const who = useCall(me, {}, { staleTime: 60_000 });
  const isStranger = who.error?.status === 401 && !who.data;

  useEffect(() => {
    if (!isStranger) return;
    let gone = false;
    // Read once: while the way to sign-in is taken the address changes already, and would be nested into itself.
    const wanted = router.history.location.href;
    void call(setupState, {})
      .catch(() => ({ needed: false }))
      .then(({ needed }) => {
        if (!gone) router.history.replace(needed ? '/setup' : `/sign-in?next=${encodeURIComponent(wanted)}`);
      });
    return () => {
      gone = true;
    };
  }, [isStranger, router]);

  if (who.data) {
    return (
      <SessionProvider value={who.data}>
        <Shell>
          <Outlet />
        </Shell>
      </SessionProvider>
    );
  }
  if (who.error && !isStranger) return <Failed error={who.error} reset={() => void who.refetch()} />;
  return <Starting />;
}
