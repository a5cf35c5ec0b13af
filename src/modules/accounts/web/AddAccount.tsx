// Adding an account by hand: its name is enough. Warns while typing when it may be here already; what was typed survives.
import { useEffect, useId, useMemo, useState } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import {
  Banner,
  Button,
  Dialog,
  Link,
  MoneyField,
  type MoneyValue,
  type Option,
  Select,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { getWorkspace } from '../../settings/api.ts';
import { accountFacets, createAccount, listAccounts } from '../api.ts';
import { currenciesWith } from './currencies.ts';
import { AccountField, MemberField } from './pickers.tsx';
import { likeness, searchWord } from './similar.ts';
import { tierWords } from './words.ts';

type Draft = {
  name: string;
  parent: Option | null;
  owner: Option | null;
  tier: string | null;
  arr: MoneyValue | null;
};
const empty: Draft = { name: '', parent: null, owner: null, tier: null, arr: null };
const plain = (option: Option | null) => option && { value: option.value, label: option.label };

/** The text as it was when typing paused. */
function useSettled(text: string, ms = 250): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

export default function AddAccount({ onClose, accountId }: { onClose: () => void; accountId?: string }) {
  const go = useGo();
  const form = useId();
  const { workspace, member } = useSession();
  const mayAssign = useMay()('accounts.assign');
  const [draft, setDraft] = useDraft<Draft>(`accounts.new${accountId ?? ''}`);
  const value = draft ?? empty;
  const set = (change: Partial<Draft>) => setDraft({ ...value, ...change });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const facets = useCall(accountFacets, {}, { staleTime: 60_000 });
  const settings = useCall(getWorkspace, {}, { staleTime: 60_000 });
  const create = useVerb(createAccount);

  const name = useSettled(value.name.trim());
  const word = searchWord(name);
  const near = useCall(listAccounts, { query: { q: word ?? '', limit: 50 } }, { enabled: word !== null });
  const alike = useMemo(
    () =>
      (word === null ? [] : (near.data?.items ?? []))
        .map((a) => ({ account: a, share: likeness(name, a.name) }))
        .filter((a) => a.share >= 0.6)
        .toSorted((a, b) => b.share - a.share)
        .slice(0, 3),
    [near.data, name, word],
  );
  const tiers = tierWords(settings.data?.preferences.tiers ?? [], facets.data?.tiers ?? []);

  const submit = async (andAnother: boolean) => {
    setErrors({});
    setProblem(null);
    try {
      const made = await create.mutateAsync({
        body: {
          name: value.name,
          ...(value.parent ? { parentId: value.parent.value } : {}),
          ...(value.owner ? { ownerId: value.owner.value } : {}),
          ...(value.tier ? { tier: value.tier } : {}),
          ...(value.arr ? { arr: value.arr } : {}),
        },
      });
      setDraft(null);
      if (andAnother) {
        toast.show({
          title: `${made.name} added`,
          tone: 'good',
          action: { label: 'Open', onAction: () => go(`/accounts/${made.id}`) },
        });
        return;
      }
      onClose();
      go(`/accounts/${made.id}`);
    } catch (reason) {
      const failed = reason instanceof Problem ? reason : null;
      setErrors(Object.fromEntries((failed?.fields ?? []).map((f) => [f.field.split('.')[0], f.message])));
      if (!failed?.fields?.length) setProblem((reason as Error).message);
    }
  };
  const error = (field: string) => (errors[field] ? { error: errors[field] } : {});
  const isReady = value.name.trim() !== '';

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add account"
      footer={
        <>
          <Button variant="quiet" isDisabled={!isReady || create.isPending} onPress={() => void submit(true)}>
            Add and start another
          </Button>
          <Button variant="primary" type="submit" form={form} isLoading={create.isPending} isDisabled={!isReady}>
            Add account
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void submit(false);
        }}
      >
        {problem && <Banner tone="poor">{problem}</Banner>}
        <TextField
          label="Name"
          value={value.name}
          onChange={(next) => set({ name: next })}
          maxLength={200}
          autoFocus
          isRequired
          autoComplete="off"
          {...error('name')}
        />
        {alike.length > 0 && (
          <Banner
            tone="watch"
            title={alike.some((a) => a.share === 1) ? 'This account is here already' : 'Perhaps it is here already'}
          >
            <ul className="mt-1">
              {alike.map(({ account }) => (
                <li key={account.id}>
                  <Link href={`/accounts/${account.id}`}>{account.name}</Link>
                  <span className="text-muted">
                    {[account.city, account.ownerName].filter(Boolean).map((text) => ` · ${text}`)}
                  </span>
                </li>
              ))}
            </ul>
          </Banner>
        )}
        <AccountField
          label="Parent account"
          value={value.parent}
          onChange={(next) => set({ parent: plain(next) })}
          {...error('parentId')}
        />
        <MemberField
          label="Owner"
          value={value.owner}
          onChange={(next) => set({ owner: plain(next) })}
          isDisabled={!mayAssign}
          {...(mayAssign ? {} : { description: `${member.name} will own it` })}
          {...error('ownerId')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Tier"
            value={value.tier}
            options={tiers.map((tier) => ({ value: tier, label: tier }))}
            onChange={(tier) => set({ tier })}
            onClear={() => set({ tier: null })}
            placeholder="No tier"
            {...error('tier')}
          />
          <MoneyField
            label="ARR"
            value={value.arr}
            onChange={(arr) => set({ arr })}
            currencies={currenciesWith(workspace.currency)}
            {...error('arr')}
          />
        </div>
      </form>
    </Dialog>
  );
}
