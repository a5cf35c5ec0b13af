// Saving fields of an account: shown at once, saved under the version that was seen, and what somebody else wrote meanwhile is never overwritten unasked.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { keyOf, refresh } from '../../../kernel/web/queries.ts';
import { toast } from '../../../ui/index.ts';
import { type AccountPage, getAccount, updateAccount } from '../api.ts';
import { Conflict, type Dispute } from './Conflict.tsx';
import { type Change, collisions, partsOf, without } from './values.ts';
import { FIELD_WORDS } from './words.ts';

/** Names for ids in a change, so that the new owner shows at once. */
export type Names = Partial<Pick<AccountPage, 'ownerName' | 'sponsorName' | 'parentName'>>;

type Profile = {
  account: AccountPage;
  mayEdit: boolean;
  /** The reader is asked which of two versions holds. */
  isDisputed: boolean;
  /** Remembers what the reader saw when they began to type. */
  begin: () => void;
  save: (change: Change, names?: Names) => Promise<void>;
};

const Current = createContext<Profile | null>(null);

export function useProfile(): Profile {
  const profile = useContext(Current);
  if (!profile) throw new Error('useProfile needs an account page');
  return profile;
}

export function ProfileProvider({ account, children }: { account: AccountPage; children: ReactNode }) {
  const client = useQueryClient();
  const seen = useRef<AccountPage | null>(null);
  const latest = useRef(account);
  latest.current = account;
  const [dispute, setDispute] = useState<(Dispute & { decide: (mine: Change | null) => void }) | null>(null);

  const save = useCallback(
    async (change: Change, names: Names = {}) => {
      const key = keyOf(getAccount, { params: { id: latest.current.id } });
      const base = seen.current ?? latest.current;
      seen.current = null;
      const show = (page: AccountPage) => client.setQueryData(key, page);
      const send = async (body: Change, version: number): Promise<void> => {
        const params = { id: base.id };
        show(await call(updateAccount, { params, body: { ...body, version } } as CallInput<typeof updateAccount>));
      };
      await client.cancelQueries({ queryKey: key });
      show({
        ...latest.current,
        ...change,
        ...names,
        custom: { ...latest.current.custom, ...change.custom },
      } as AccountPage);
      try {
        await send(change, base.version);
      } catch (error) {
        const isStale = error instanceof Problem && error.code === 'version_conflict' && error.current;
        if (!isStale) {
          await client.invalidateQueries({ queryKey: key });
          throw error;
        }
        const current = error.current as AccountPage;
        show(current);
        const disputed = collisions(base, current, change);
        if (disputed.length === 0) {
          // Somebody changed other fields: both changes hold.
          await send(change, current.version);
          toast.show({
            title: 'Saved beside a colleague’s change',
            text: 'Somebody else changed other fields of this account meanwhile.',
          });
        } else {
          const mine = await new Promise<Change | null>((decide) =>
            setDispute({ base, current, change, names, parts: disputed, decide }),
          );
          setDispute(null);
          const rest = mine ?? without(change, disputed);
          if (partsOf(rest).length > 0) await send(rest, current.version);
        }
      }
      void refresh(client, ['accounts.']);
    },
    [client],
  );

  const profile = useMemo(
    () => ({
      account,
      mayEdit: account.can.update && account.archivedAt === null,
      isDisputed: dispute !== null,
      begin: () => {
        seen.current = latest.current;
      },
      save,
    }),
    [account, save, dispute],
  );
  return (
    <Current value={profile}>
      {children}
      {dispute && <Conflict dispute={dispute} onDecide={dispute.decide} />}
    </Current>
  );
}

/** The message of a refused field, else of the whole. */
export function refusal(error: unknown): string {
  if (!(error instanceof Problem)) return 'Not saved. Try again.';
  const [first] = error.fields ?? [];
  return first ? `${FIELD_WORDS[first.field] ?? first.field}: ${first.message}` : error.message;
}
