// A new password for the one who is signed in.
import { useState } from 'react';
import { Banner, Button, Card, PasswordField, toast } from '../../../ui/index.ts';
import { changePassword } from './auth-client.ts';
import { useSubmit } from './useSubmit.ts';

export function ChangePassword({ email, onChanged }: { email: string; onChanged: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useSubmit(async () => {
    await changePassword(current, next);
    setCurrent('');
    setNext('');
    toast.show({ title: 'Password changed', text: 'Your other browsers were signed out.', tone: 'good' });
    onChanged();
  });
  const code = save.problem?.code;
  const atCurrent = code === 'invalid_password';
  const atNext = code === 'password_too_short' || code === 'password_too_long';

  return (
    <Card title="Password" subtitle="Changing it signs out your other browsers.">
      <form
        className="flex max-w-md flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        {save.problem && !atCurrent && !atNext && <Banner tone="poor">{save.problem.message}</Banner>}
        {/* Tells password managers whose password this is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          error={atCurrent ? save.problem?.message : null}
          isRequired
        />
        <PasswordField
          label="New password"
          description="At least 10 characters. A few words are easier to remember than symbols."
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={atNext ? save.problem?.message : null}
          hasStrength
          isRequired
        />
        <div>
          <Button type="submit" isLoading={save.isBusy} isDisabled={!current || !next}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
