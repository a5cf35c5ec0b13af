// Other names under which files know a product.
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Badge, Button, TextField, toast } from '../../../ui/index.ts';
import { addAlias, type Product, removeAlias } from '../api.ts';

const refreshes = ['products.', 'pipeline.', 'contracts.', 'revenue.', 'growth.'];

export function Names({ product, mayEdit }: { product: Product; mayEdit: boolean }) {
  const [name, setName] = useState('');
  const add = useVerb(addAlias, { refreshes });
  const remove = useVerb(removeAlias, { refreshes: ['products.'] });
  const params = { id: product.id };
  const submit = useSubmit(async () => {
    await add.mutateAsync({ params, body: { name } });
    setName('');
  });
  const drop = (alias: { id: string; name: string }) =>
    remove.mutate(
      { params: { ...params, aliasId: alias.id } },
      {
        onSuccess: () =>
          toast.show({
            title: `“${alias.name}” is no longer a name of ${product.name}`,
            action: { label: 'Undo', onAction: () => add.mutate({ params, body: { name: alias.name } }) },
          }),
        onError: (error) => toast.show({ title: 'Not removed', text: error.message, tone: 'poor' }),
      },
    );
  return (
    <section aria-labelledby="other-names">
      <h3 id="other-names" className="mb-2 text-base font-semibold">
        Other names
      </h3>
      {product.aliases.length === 0 ? (
        <p className="text-sm text-muted">Files find this product by its name and code. Add what else they call it.</p>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {product.aliases.map((a) => (
            <li key={a.id}>
              <Badge tone="outline" {...(mayEdit ? { onRemove: () => drop(a) } : {})}>
                {a.name}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {mayEdit && (
        <form
          className="mt-3 flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void submit.run();
          }}
        >
          <TextField
            label="Another name"
            size="sm"
            value={name}
            onChange={setName}
            maxLength={300}
            className="flex-1"
            {...(submit.problem ? { error: submit.problem.message } : {})}
          />
          <Button size="sm" type="submit" icon={<Plus />} isLoading={submit.isBusy} isDisabled={!name.trim()}>
            Add
          </Button>
        </form>
      )}
    </section>
  );
}
