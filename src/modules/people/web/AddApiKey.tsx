// A new API key: name, for whom, until when; then the key itself, which is shown this once.
import { useCallback, useId, useState } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { Banner, Button, ComboBox, CopyField, Dialog, type Option, Select, TextField } from '../../../ui/index.ts';
import { createApiKey, listMembers } from '../api.ts';
import { roleLabel } from './roleWords.ts';
import { useSubmit } from './useSubmit.ts';

const LASTS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'open', label: 'Until it is withdrawn' },
] as const;
type Lasts = (typeof LASTS)[number]['value'];

export function AddApiKey({ onClose }: { onClose: () => void }) {
  const form = useId();
  const mayManage = useMay()('members.manage');
  const { member } = useSession();
  const [name, setName] = useState('');
  const [owner, setOwner] = useState<Option | null>({ value: member.id, label: member.name });
  const [lasts, setLasts] = useState<Lasts>('365');
  const [key, setKey] = useState<string | null>(null);
  const create = useVerb(createApiKey);
  const make = useSubmit(async () => {
    const made = await create.mutateAsync({
      body: {
        name,
        ...(owner && owner.value !== member.id ? { memberId: owner.value } : {}),
        expiresAt: lasts === 'open' ? null : new Date(Date.now() + Number(lasts) * 86_400_000).toISOString(),
      },
    });
    setKey(made.key);
  });
  const load = useCallback(async (q: string, signal: AbortSignal) => {
    const { items } = await call(listMembers, { query: { limit: 50, ...(q ? { q } : {}) } }, { signal });
    return items.map((m) => ({ value: m.id, label: m.name, description: roleLabel(m.role) }));
  }, []);

  if (key) return <Show name={name} apiKey={key} onClose={onClose} />;
  const message = make.message('name', 'memberId', 'expiresAt');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="New API key"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isLoading={make.isBusy}
            isDisabled={!name.trim() || !owner}
          >
            Make the key
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        <TextField
          label="Name"
          description="What uses it: “Revenue spreadsheet”."
          value={name}
          onChange={setName}
          error={make.fieldError('name')}
          maxLength={100}
          autoComplete="off"
          autoFocus
          isRequired
        />
        {mayManage && (
          <ComboBox
            label="Acts as"
            description="The key may do what this member may do, and sees the same accounts."
            value={owner}
            onChange={setOwner}
            load={load}
            error={make.fieldError('memberId')}
            isRequired
          />
        )}
        <Select
          label="Works for"
          options={LASTS}
          value={lasts}
          onChange={setLasts}
          error={make.fieldError('expiresAt')}
        />
      </form>
    </Dialog>
  );
}

function Show({ name, apiKey, onClose }: { name: string; apiKey: string; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      title={`Copy the key for ${name}`}
      description="It is shown now and never again; we keep only a fingerprint of it."
      footer={
        <Button variant="primary" onPress={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <CopyField label="Key" value={apiKey} />
        <CopyField
          label="Try it"
          value={`curl -H "Authorization: Bearer ${apiKey}" ${window.location.origin}/api/v1/me`}
        />
      </div>
    </Dialog>
  );
}
