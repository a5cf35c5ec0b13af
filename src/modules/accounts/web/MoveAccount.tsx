// Giving an account another parent, or none. A loop is refused by the server and said in words.
import { useId, useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Button, Dialog, type Option, toast } from '../../../ui/index.ts';
import { moveAccount } from '../api.ts';
import { AccountField } from './pickers.tsx';

type Movable = { id: string; name: string; parentId: string | null; parentName?: string | null };

/** What the server says about a loop, with the names. */
export const moveProblem = (error: { code?: string; message: string }, name: string, parent: string | null): string =>
  error.code === 'account_cycle' && parent
    ? `${parent} is ${name} itself or stands below it. An account cannot be below itself.`
    : error.message;

/** Moves and offers to move back. */
export function useMove() {
  const move = useVerb(moveAccount);
  return {
    isBusy: move.isPending,
    run: async (account: Movable, parent: Option | null): Promise<void> => {
      const params = { id: account.id };
      await move.mutateAsync({ params, body: { parentId: parent?.value ?? null } });
      toast.show({
        title: parent ? `${account.name} is now below ${parent.label}` : `${account.name} stands at the top now`,
        tone: 'good',
        action: {
          label: 'Undo',
          onAction: () =>
            move.mutate(
              { params, body: { parentId: account.parentId } },
              { onError: (error) => toast.show({ title: 'Not moved back', text: error.message, tone: 'poor' }) },
            ),
        },
      });
    },
  };
}

export default function MoveAccount({ account, onClose }: { account: Movable; onClose: () => void }) {
  const id = useId();
  const { run, isBusy } = useMove();
  const [parent, setParent] = useState<Option | null>(
    account.parentId && account.parentName ? { value: account.parentId, label: account.parentName } : null,
  );
  const [error, setError] = useState<string | null>(null);
  const submit = async (to: Option | null) => {
    setError(null);
    try {
      await run(account, to);
      onClose();
    } catch (reason) {
      setError(moveProblem(reason as Error, account.name, to?.label ?? null));
    }
  };
  const isSame = (parent?.value ?? null) === account.parentId;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="sm"
      title={`Move ${account.name}`}
      description="Accounts below it move along."
      footer={
        <>
          {account.parentId && (
            <Button variant="quiet" isDisabled={isBusy} onPress={() => void submit(null)}>
              Stand at the top
            </Button>
          )}
          <Button variant="primary" type="submit" form={id} isLoading={isBusy} isDisabled={isSame || !parent}>
            Move
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (parent && !isSame) void submit(parent);
        }}
      >
        <AccountField
          label="New parent"
          value={parent}
          onChange={(next) => {
            setParent(next);
            setError(null);
          }}
          except={account.id}
          autoFocus
          {...(error ? { error } : {})}
        />
      </form>
    </Dialog>
  );
}
