// The second step of signing in: the code of the authenticator app, or one of the backup codes.
import { useState } from 'react';
import { Banner, Button, Checkbox, OtpField, TextField } from '../../../ui/index.ts';
import { sendBackupCode, sendCode } from './auth-client.ts';
import { tidyBackupCode } from './places.ts';
import { useSubmit } from './useSubmit.ts';

export function SecondStep({ onDone, onStartAgain }: { onDone: () => void; onStartAgain: () => void }) {
  const [way, setWay] = useState<'app' | 'backup'>('app');
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const send = useSubmit(async (given: string) => {
    if (way === 'app') await sendCode(given, trust);
    else await sendBackupCode(tidyBackupCode(given));
    onDone();
  });
  const submit = async (given: string) => {
    if (!(await send.run(given))) setCode('');
  };
  const change = (value: string) => {
    setCode(value);
    if (value) send.clear();
  };
  const over =
    send.problem?.code === 'invalid_two_factor_cookie' || send.problem?.code === 'too_many_attempts_request_new_code';

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(code);
      }}
    >
      {send.problem && <Banner tone="poor">{send.problem.message}</Banner>}
      {way === 'app' ? (
        <>
          <OtpField
            label="Code from your authenticator app"
            value={code}
            onChange={change}
            onComplete={(all) => void submit(all)}
            autoFocus
          />
          <Checkbox isSelected={trust} onChange={setTrust}>
            Do not ask on this device for 30 days
          </Checkbox>
        </>
      ) : (
        <TextField
          key="backup"
          label="Backup code"
          description="One of the ten codes you saved, such as k7m2p-x9f4d. Each works once."
          value={code}
          onChange={change}
          autoComplete="off"
          spellCheck="false"
          autoFocus
        />
      )}
      <Button type="submit" variant="primary" isLoading={send.isBusy} fullWidth>
        Continue
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button
          variant="quiet"
          size="sm"
          onPress={() => {
            setWay(way === 'app' ? 'backup' : 'app');
            setCode('');
            send.clear();
          }}
        >
          {way === 'app' ? 'Use a backup code' : 'Use the authenticator app'}
        </Button>
        <Button variant={over ? 'secondary' : 'quiet'} size="sm" onPress={onStartAgain}>
          Start again
        </Button>
      </div>
    </form>
  );
}
