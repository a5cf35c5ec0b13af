// Series: products that belong together. Named in place.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Button,
  ConfirmDialog,
  ErrorState,
  IconButton,
  InlineEdit,
  SkeletonRows,
  TextField,
} from '../../../ui/index.ts';
import { createSeries, listSeries, removeSeries, type Series, updateSeries } from '../api.ts';

const refreshes = ['products.', 'growth.'];

export function SeriesList({ mayEdit }: { mayEdit: boolean }) {
  const series = useCall(listSeries, {});
  const [name, setName] = useState('');
  const [going, setGoing] = useState<Series | null>(null);
  const create = useVerb(createSeries, { refreshes });
  const update = useVerb(updateSeries, { refreshes });
  const remove = useVerb(removeSeries, { refreshes });
  const submit = useSubmit(async () => {
    await create.mutateAsync({ body: { name } });
    setName('');
  });
  if (series.isPending) return <SkeletonRows rows={4} columns={2} />;
  if (series.isError) return <ErrorState text={series.error.message} onRetry={() => void series.refetch()} />;
  return (
    <div className="flex max-w-xl flex-col gap-4">
      {series.data.items.length === 0 && (
        <p className="text-base text-muted">
          No series yet. Series group products: in the grid, in filters, and as categories of the wallet.
        </p>
      )}
      <ul className="divide-y divide-line">
        {series.data.items.map((s) => (
          <li key={s.id} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <InlineEdit
                kind="text"
                label={`Name of ${s.name}`}
                value={s.name}
                isReadOnly={!mayEdit}
                validate={(next) => (next.trim() ? null : 'A series needs a name')}
                onSave={(next) =>
                  update.mutateAsync({ params: { id: s.id }, body: { version: s.version, name: next } })
                }
              />
            </div>
            <span className="text-sm text-muted">
              {s.products} {s.products === 1 ? 'product' : 'products'}
            </span>
            {mayEdit && (
              <IconButton label={`Remove ${s.name}`} icon={<Trash2 />} size="sm" onPress={() => setGoing(s)} />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void submit.run();
          }}
        >
          <TextField
            label="New series"
            value={name}
            onChange={setName}
            maxLength={200}
            className="flex-1"
            {...(submit.problem ? { error: submit.problem.message } : {})}
          />
          <Button type="submit" icon={<Plus />} isLoading={submit.isBusy} isDisabled={!name.trim()}>
            Add series
          </Button>
        </form>
      )}
      {going && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && setGoing(null)}
          title={`Remove ${going.name}?`}
          text={`Its ${going.products} products stay, without series.`}
          confirmLabel="Remove series"
          tone="danger"
          onConfirm={async () => {
            await remove.mutateAsync({ params: { id: going.id } });
            setGoing(null);
          }}
        />
      )}
    </div>
  );
}
