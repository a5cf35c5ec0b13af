// Two-factor sign-in: set up an authenticator app, keep the backup codes, renew them, turn it off.
import { Check, Copy, Download } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import {
  Banner,
  Button,
  Card,
  CopyField,
  Dialog,
  OtpField,
  PasswordField,
  Skeleton,
  StatusPill,
  toast,
} from '../../../ui/index.ts';
import { newBackupCodes, sendCode, startTwoFactor, stopTwoFactor } from './auth-client.ts';
import { useSubmit } from './useSubmit.ts';

const QrCode = lazy(async () => ({ default: (await import('../../../ui/QrCode.tsx')).QrCode }));

type Open = null | 'turn-on' | 'turn-off' | 'new-codes';

export function TwoFactor({ isOn, onChanged }: { isOn: boolean; onChanged: () => void }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Card
      title="Two-factor sign-in"
      subtitle="After the password, your phone shows a code. A stolen password alone then opens nothing."
      actions={<StatusPill tone={isOn ? 'good' : 'neutral'} label={isOn ? 'On' : 'Off'} />}
    >
      <div className="flex flex-wrap gap-2">
        {isOn ? (
          <>
            <Button onPress={() => setOpen('new-codes')}>New backup codes</Button>
            <Button variant="quiet" onPress={() => setOpen('turn-off')}>
              Turn off
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={() => setOpen('turn-on')}>
            Set up
          </Button>
        )}
      </div>
      {open === 'turn-on' && <TurnOn onClose={close} onChanged={onChanged} />}
      {open === 'turn-off' && <TurnOff onClose={close} onChanged={onChanged} />}
      {open === 'new-codes' && <NewCodes onClose={close} />}
    </Card>
  );
}

function TurnOn({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const [offer, setOffer] = useState<{ totpURI: string; backupCodes: string[] } | null>(null);
  const [isProven, setProven] = useState(false);
  const [code, setCode] = useState('');
  const start = useSubmit(async (password: string) => setOffer(await startTwoFactor(password)));
  const prove = useSubmit(async (given: string) => {
    await sendCode(given);
    setProven(true);
    onChanged();
  });

  if (!offer) {
    return <AskPassword title="Set up two-factor sign-in" action="Continue" submit={start} onClose={onClose} />;
  }
  if (isProven) return <BackupCodes codes={offer.backupCodes} title="Two-factor sign-in is on" onClose={onClose} />;
  const secret = new URL(offer.totpURI).searchParams.get('secret') ?? '';
  const send = async (given: string) => {
    if (!(await prove.run(given))) setCode('');
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Scan with your authenticator app"
      description="Any app that makes six-digit codes will do: the one of your password manager, your phone, Aegis, Google or Microsoft Authenticator."
    >
      <div className="flex flex-col gap-5">
        <div className="flex justify-center">
          <Suspense fallback={<Skeleton className="size-48" />}>
            <QrCode value={offer.totpURI} label="QR code for your authenticator app" size={192} />
          </Suspense>
        </div>
        <CopyField label="Or type this key into the app" value={secret} />
        {prove.problem && <Banner tone="poor">{prove.problem.message}</Banner>}
        <OtpField
          label="Code that the app shows"
          value={code}
          onChange={(value) => {
            setCode(value);
            if (value) prove.clear();
          }}
          onComplete={(all) => void send(all)}
          autoFocus
        />
      </div>
    </Dialog>
  );
}

function TurnOff({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const stop = useSubmit(async (password: string) => {
    await stopTwoFactor(password);
    toast.show({ title: 'Two-factor sign-in is off' });
    onChanged();
    onClose();
  });
  return (
    <AskPassword
      title="Turn off two-factor sign-in?"
      text="From then on your password alone opens your account. The backup codes stop working."
      action="Turn off"
      tone="danger"
      submit={stop}
      onClose={onClose}
    />
  );
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const renew = useSubmit(async (password: string) => setCodes(await newBackupCodes(password)));
  return codes ? (
    <BackupCodes codes={codes} title="Your new backup codes" onClose={onClose} />
  ) : (
    <AskPassword
      title="New backup codes"
      text="The old ones stop working."
      action="Make new codes"
      submit={renew}
      onClose={onClose}
    />
  );
}

type AskPasswordProps = {
  title: string;
  text?: string;
  action: string;
  tone?: 'primary' | 'danger';
  submit: ReturnType<typeof useSubmit<[string]>>;
  onClose: () => void;
};

function AskPassword({ title, text, action, tone = 'primary', submit, onClose }: AskPasswordProps) {
  const form = useId();
  const [password, setPassword] = useState('');
  const isWrong = submit.problem?.code === 'invalid_password';
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={text}
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant={tone} isLoading={submit.isBusy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit.run(password);
        }}
      >
        {submit.problem && !isWrong && <Banner tone="poor">{submit.problem.message}</Banner>}
        <PasswordField
          label="Your password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={isWrong ? submit.problem?.message : null}
          isRequired
          autoFocus
        />
      </form>
    </Dialog>
  );
}

function BackupCodes({ codes, title, onClose }: { codes: string[]; title: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const text = codes.join('\n');
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`OpenKAM backup codes, each works once:\n\n${text}\n`)}`;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      title={title}
      description="Keep these codes where you find them without your phone. Each opens your account once when the app is not at hand. They are shown only now."
      footer={
        <Button variant="primary" onPress={onClose}>
          I have kept them
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ul
          aria-label="Backup codes"
          className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-ui bg-sunken p-4 font-mono text-base"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button
            icon={isCopied ? <Check /> : <Copy />}
            onPress={() =>
              void navigator.clipboard.writeText(text).then(
                () => setCopied(true),
                () =>
                  toast.show({
                    title: 'The browser did not allow copying',
                    text: 'Select the codes and copy them by hand.',
                    tone: 'poor',
                  }),
              )
            }
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
          <Button icon={<Download />} href={file} download="openkam-backup-codes.txt">
            Download
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
