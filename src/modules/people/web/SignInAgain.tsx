// For steps that need a fresh sign-in: leads to the door and back to this page.
import { Button } from '../../../ui/index.ts';
import { signOut } from './auth-client.ts';
import { useSubmit } from './useSubmit.ts';

export function SignInAgain() {
  const leave = useSubmit(async () => {
    await signOut();
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
  return (
    <Button variant="primary" isLoading={leave.isBusy} onPress={() => void leave.run()}>
      Sign in again
    </Button>
  );
}
