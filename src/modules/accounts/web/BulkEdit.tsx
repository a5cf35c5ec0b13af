// Changing many accounts at once from the bar over the list. Every change answers what stood there before, so it can be undone.
import { CircleUser, Tag, TextSelect } from 'lucide-react';
import { useState } from 'react';
import type { BodyOf } from '../../../kernel/contract/route.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Button, Dialog, Menu, type Option, TextField, toast } from '../../../ui/index.ts';
import { bulkUpdateAccounts, revertBulkAccounts, STATUSES } from '../api.ts';
import { MemberField } from './pickers.tsx';
import { STATUS_WORDS } from './words.ts';

type Change = BodyOf<typeof bulkUpdateAccounts>['set'];
const CHUNK = 1000;

/** Applies a change and offers to take it back; larger selections go in portions, each all or none. */
export function useBulkEdit() {
  const update = useVerb(bulkUpdateAccounts);
  const revert = useVerb(revertBulkAccounts);
  return {
    isBusy: update.isPending,
    run: async (ids: readonly string[], set: Change, said: string): Promise<boolean> => {
      const undo: BodyOf<typeof revertBulkAccounts>['undo'] = [];
      let changed = 0;
      try {
        for (let at = 0; at < ids.length; at += CHUNK) {
          const answer = await update.mutateAsync({ body: { ids: ids.slice(at, at + CHUNK), set } });
          undo.push(...answer.undo);
          changed += answer.changed;
        }
      } catch (error) {
        toast.show({
          title: changed > 0 ? `${changed} accounts changed, then it stopped` : 'Nothing was changed',
          text: (error as Error).message,
          tone: 'poor',
        });
        if (changed === 0) return false;
      }
      const takeBack = async () => {
        try {
          for (let at = 0; at < undo.length; at += CHUNK)
            await revert.mutateAsync({ body: { undo: undo.slice(at, at + CHUNK) } });
          toast.show({ title: 'Taken back' });
        } catch (error) {
          toast.show({ title: 'Could not take it back', text: (error as Error).message, tone: 'poor' });
        }
      };
      toast.show({
        title: `${said} for ${changed === 1 ? '1 account' : `${changed} accounts`}`,
        tone: 'good',
        action: { label: 'Undo', onAction: () => void takeBack() },
      });
      return true;
    },
  };
}

type Props = {
  ids: string[];
  tiers: readonly string[];
  tags: readonly string[];
  mayAssign: boolean;
  clear: () => void;
};

export default function BulkEdit({ ids, tiers, tags, mayAssign, clear }: Props) {
  const { run, isBusy } = useBulkEdit();
  const [asking, setAsking] = useState<'owner' | 'tag' | null>(null);
  const apply = async (set: Change, said: string) => {
    if (await run(ids, set, said)) clear();
  };
  return (
    <>
      {mayAssign && (
        <Button size="sm" icon={<CircleUser />} isDisabled={isBusy} onPress={() => setAsking('owner')}>
          Owner
        </Button>
      )}
      <Menu
        label="Tier"
        placement="top start"
        trigger={
          <Button size="sm" isDisabled={isBusy}>
            Tier
          </Button>
        }
        items={[
          ...tiers.map((tier) => ({
            id: tier,
            label: tier,
            onAction: () => void apply({ tier }, `Tier set to ${tier}`),
          })),
          { id: 'line', separator: true as const },
          { id: 'none', label: 'No tier', onAction: () => void apply({ tier: null }, 'Tier removed') },
        ]}
      />
      <Menu
        label="Status"
        placement="top start"
        trigger={
          <Button size="sm" icon={<TextSelect />} isDisabled={isBusy}>
            Status
          </Button>
        }
        items={STATUSES.map((status) => ({
          id: status,
          label: STATUS_WORDS[status].label,
          onAction: () => void apply({ status }, `Status set to ${STATUS_WORDS[status].label.toLowerCase()}`),
        }))}
      />
      <Button size="sm" icon={<Tag />} isDisabled={isBusy} onPress={() => setAsking('tag')}>
        Tags
      </Button>
      {asking === 'owner' && (
        <AskOwner
          count={ids.length}
          onClose={() => setAsking(null)}
          onDone={(owner) => {
            setAsking(null);
            void apply({ ownerId: owner?.value ?? null }, owner ? `Owner set to ${owner.label}` : 'Owner removed');
          }}
        />
      )}
      {asking === 'tag' && (
        <AskTag
          count={ids.length}
          known={tags}
          onClose={() => setAsking(null)}
          onDone={(tag, isRemoval) => {
            setAsking(null);
            void apply(
              isRemoval ? { removeTags: [tag] } : { addTags: [tag] },
              isRemoval ? `Tag “${tag}” removed` : `Tag “${tag}” added`,
            );
          }}
        />
      )}
    </>
  );
}

type AskOwnerProps = { count: number; onClose: () => void; onDone: (owner: Option | null) => void };

function AskOwner({ count, onClose, onDone }: AskOwnerProps) {
  const [owner, setOwner] = useState<Option | null>(null);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="sm"
      title={count === 1 ? 'Owner of 1 account' : `Owner of ${count} accounts`}
      footer={
        <>
          <Button variant="quiet" onPress={() => onDone(null)}>
            Leave without owner
          </Button>
          <Button variant="primary" isDisabled={!owner} onPress={() => onDone(owner)}>
            Set owner
          </Button>
        </>
      }
    >
      <MemberField label="Owner" value={owner} onChange={setOwner} autoFocus />
    </Dialog>
  );
}

type AskTagProps = {
  count: number;
  known: readonly string[];
  onClose: () => void;
  onDone: (tag: string, isRemoval: boolean) => void;
};

function AskTag({ count, known, onClose, onDone }: AskTagProps) {
  const [tag, setTag] = useState('');
  const clean = tag.trim();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="sm"
      title={count === 1 ? 'Tags of 1 account' : `Tags of ${count} accounts`}
      footer={
        <>
          <Button isDisabled={!clean} onPress={() => onDone(clean, true)}>
            Remove tag
          </Button>
          <Button variant="primary" type="submit" form="bulk-tag" isDisabled={!clean}>
            Add tag
          </Button>
        </>
      }
    >
      <form
        id="bulk-tag"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (clean) onDone(clean, false);
        }}
      >
        <TextField label="Tag" value={tag} onChange={setTag} maxLength={50} autoFocus />
        {known.length > 0 && (
          <div className="flex flex-wrap gap-1.5">
            {known.slice(0, 20).map((word) => (
              <Button key={word} size="sm" aria-pressed={word === clean} onPress={() => setTag(word)}>
                {word}
              </Button>
            ))}
          </div>
        )}
      </form>
    </Dialog>
  );
}
