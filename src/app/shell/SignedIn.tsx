// The gate to the signed-in app: asks who is there, sends strangers to sign-in and first visitors to set-up, then shows the shell.
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { call } from '../../kernel/web/call.ts';
import { useCall } from '../../kernel/web/queries.ts';
import { SessionProvider } from '../../kernel/web/session.ts';
import { me, setupState } from '../../modules/people/api.ts';
import { Failed, Waiting } from './Fallbacks.tsx';
import { Shell } from './Shell.tsx';
import { Ui } from './Ui.tsx';

export function SignedIn() {
  const router = useRouter();
  const location = useLocation();
  const who = useCall(me, {}, { staleTime: 60_000 });
  const signedOut = who.error?.status === 401;

  useEffect(() => {
    if (!signedOut) return;
    let gone = false;
    void call(setupState, {}).then(({ needed }) => {
      if (gone) return;
      router.history.replace(needed ? '/setup' : `/sign-in?next=${encodeURIComponent(location.href)}`);
    });
    return () => {
      gone = true;
    };
  }, [signedOut, router, location.href]);

  if (who.data) {
    return (
      <SessionProvider value={who.data}>
        <Ui locale={who.data.workspace.locale} timeZone={who.data.workspace.zone}>
          <Shell>
            <Outlet />
          </Shell>
        </Ui>
      </SessionProvider>
    );
  }
  if (who.error && !signedOut) return <Failed error={who.error} reset={() => void who.refetch()} />;
  return <Waiting />;
}
