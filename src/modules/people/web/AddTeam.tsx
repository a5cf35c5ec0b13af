// A new team: its name, and the team that it is part of.
import { useId, useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Banner, Button, Dialog, Select, TextField } from '../../../ui/index.ts';
import { createTeam } from '../api.ts';
import { type Team, teamOptions } from './teamTree.ts';
import { useSubmit } from './useSubmit.ts';

type Props = {
  teams: readonly Team[];
  parentId: string | null;
  onClose: () => void;
  onAdded?: (id: string) => void;
};

export function AddTeam({ teams, parentId: startParent, onClose, onAdded }: Props) {
  const form = useId();
  const [name, setName] = useState('');
  const [parentId, setParentId] = useState(startParent);
  const create = useVerb(createTeam, { refreshes: ['teams.'] });
  const add = useSubmit(async () => {
    const made = await create.mutateAsync({ body: { name, parentId } });
    onAdded?.(made.id);
    onClose();
  });
  const message = add.message('name', 'parentId');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="sm"
      title="Add a team"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isLoading={add.isBusy} isDisabled={!name.trim()}>
            Add team
          </Button>
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
        {message && <Banner tone="poor">{message}</Banner>}
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={add.fieldError('name')}
          maxLength={200}
          autoComplete="off"
          autoFocus
          isRequired
        />
        {teams.length > 0 && (
          <Select
            label="Part of"
            options={teamOptions(teams)}
            value={parentId}
            onChange={setParentId}
            onClear={() => setParentId(null)}
            clearLabel="No other team"
            placeholder="No other team"
            error={add.fieldError('parentId')}
          />
        )}
      </form>
    </Dialog>
  );
}
