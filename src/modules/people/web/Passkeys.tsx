// The passkeys of the one who is signed in: list, add, remove.
import { KeyRound, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import {
  Banner,
  Button,
  Card,
  ConfirmDialog,
  DateText,
  Dialog,
  ErrorState,
  SkeletonRows,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { addPasskey, type Passkey, passkeysWork, removePasskey } from './auth-client.ts';
import { browserName } from './places.ts';
import { SignInAgain } from './SignInAgain.tsx';
import { asProblem, useSubmit } from './useSubmit.ts';

type PasskeysProps = { list: Passkey[] | undefined; failed: unknown; onRetry: () => void; onChanged: () => void };

export function Passkeys({ list, failed, onRetry, onChanged }: PasskeysProps) {
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const canAdd = passkeysWork();
  return (
    <Card
      title="Passkeys"
      subtitle="Sign in with your finger, face or PIN instead of a password. The strongest way there is."
      actions={
        canAdd && (
          <Button size="sm" icon={<Plus />} onPress={() => setAdding(true)}>
            Add a passkey
          </Button>
        )
      }
    >
      {!canAdd && <p className="mb-3 text-sm text-muted">{whyNot()}</p>}
      {failed ? (
        <ErrorState title="Your passkeys could not be loaded" text={asProblem(failed).message} onRetry={onRetry} />
      ) : !list ? (
        <SkeletonRows rows={1} columns={2} />
      ) : list.length === 0 ? (
        <p className="text-sm text-muted">You have none yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {list.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-3 py-2">
              <KeyRound aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate">{passkey.name || 'Passkey'}</span>
              {passkey.createdAt && (
                <span className="text-sm text-muted max-sm:hidden">
                  added <DateText value={passkey.createdAt.slice(0, 10)} />
                </span>
              )}
              <Button
                size="sm"
                variant="quiet"
                aria-label={`Remove ${passkey.name || 'passkey'}`}
                onPress={() => setLeaving(passkey)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isAdding && <AddPasskey onClose={() => setAdding(false)} onChanged={onChanged} />}
      <ConfirmDialog
        isOpen={leaving !== null}
        onOpenChange={(isOpen) => !isOpen && setLeaving(null)}
        title="Remove this passkey?"
        text="It no longer signs you in. Your device may still offer it; you can delete it there too."
        confirmLabel="Remove"
        onConfirm={async () => {
          if (!leaving) return;
          try {
            await removePasskey(leaving.id);
            toast.show({ title: 'Passkey removed' });
          } catch (error) {
            toast.show({ title: 'The passkey was not removed', text: asProblem(error).message, tone: 'poor' });
          }
          setLeaving(null);
          onChanged();
        }}
      />
    </Card>
  );
}

function whyNot(): string {
  if (/^127\.|^\[::1\]$/.test(location.hostname)) {
    return `Browsers allow passkeys by name only: open http://localhost${location.port ? `:${location.port}` : ''} instead to add or use one.`;
  }
  return 'Passkeys need a browser that knows them and an address that starts with https.';
}

function AddPasskey({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const form = useId();
  const [name, setName] = useState(() => browserName(navigator.userAgent));
  const add = useSubmit(async () => {
    await addPasskey(name.trim());
    toast.show({ title: 'Passkey added', tone: 'good' });
    onChanged();
    onClose();
  });
  const mustSignIn = add.problem?.code === 'session_not_fresh';
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add a passkey"
      description="Your device will ask for your finger, face or PIN."
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          {mustSignIn ? (
            <SignInAgain />
          ) : (
            <Button type="submit" form={form} variant="primary" isLoading={add.isBusy}>
              Continue
            </Button>
          )}
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        {add.problem && <Banner tone={mustSignIn ? 'info' : 'poor'}>{add.problem.message}</Banner>}
        <TextField
          label="Name"
          description="So that you recognise it in this list."
          value={name}
          onChange={setName}
          maxLength={80}
          isRequired
          autoFocus
        />
      </form>
    </Dialog>
  );
}
