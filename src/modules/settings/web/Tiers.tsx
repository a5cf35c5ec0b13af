// The words for tiers, the highest first: added, reworded, put in order, taken out.
import { Plus, Trash2 } from 'lucide-react';
import { Button, Card, IconButton, TextField } from '../../../ui/index.ts';
import { SortableList } from '../../../ui/SortableList.tsx';
import type { FormProps } from './workspaceForm.ts';

export function Tiers({ value, onChange, error, isReadOnly }: FormProps) {
  const { tiers } = value;
  const set = (next: string[]) => onChange({ tiers: next });
  const word = (tier: string, index: number) => (
    <TextField
      label={`Tier ${index + 1}`}
      hideLabel
      size="sm"
      value={tier}
      onChange={(next) => set(tiers.with(index, next))}
      maxLength={60}
      isReadOnly={isReadOnly}
      autoComplete="off"
    />
  );
  return (
    <Card
      title="Tiers"
      subtitle="The highest first. Accounts keep the word that they have: reword those under Portfolio, several at once."
      actions={
        !isReadOnly && (
          <Button size="sm" icon={<Plus />} isDisabled={tiers.length >= 12} onPress={() => set([...tiers, ''])}>
            Add
          </Button>
        )
      }
    >
      <SortableList
        label="Tiers, the highest first"
        {...(isReadOnly ? {} : { onReorder: (ids: string[]) => set(ids.map((id) => tiers[Number(id)] ?? '')) })}
        items={tiers.map((tier, index) => ({
          id: String(index),
          label: tier || `tier ${index + 1}`,
          content: word(tier, index),
          actions: !isReadOnly && (
            <IconButton
              label={`Take out ${tier || `tier ${index + 1}`}`}
              size="sm"
              icon={<Trash2 />}
              isDisabled={tiers.length === 1}
              onPress={() => set(tiers.toSpliced(index, 1))}
            />
          ),
        }))}
      />
      {error('tiers') && (
        <p role="alert" className="pt-1.5 text-sm text-poor-text">
          {error('tiers')}
        </p>
      )}
    </Card>
  );
}
