// Names in files that no product has: one click says which product is meant, and it is remembered.
import { Check, PackageCheck, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import {
  Banner,
  Button,
  DateText,
  EmptyState,
  ErrorState,
  type Option,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { confirmName, createProduct, dismissName, listUnknown, type UnknownName } from '../api.ts';
import { ProductField } from './pickers.tsx';

const refreshes = ['products.', 'pipeline.', 'contracts.', 'revenue.', 'growth.', 'insights.'];

export function UnknownNames() {
  const list = useList(listUnknown, { query: { limit: 100 } });
  const mayConfirm = list.data?.pages[0]?.can.confirm === true;
  if (list.isPending) return <SkeletonRows rows={4} columns={3} />;
  if (list.isError && list.items.length === 0)
    return <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0)
    return (
      <EmptyState
        icon={<PackageCheck />}
        title="Every name is known"
        text="When a file names a product that is not in the catalogue, it waits here until you say which one is meant."
      />
    );
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="info" title="Say once what these names mean">
        Their rows were taken without product. Your answer is remembered and reaches the rows that are here already.
      </Banner>
      <ul className="divide-y divide-line rounded-ui border border-line bg-surface">
        {list.items.map((n) => (
          <One key={n.id} name={n} mayConfirm={mayConfirm} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button isLoading={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()} className="self-center">
          Show more
        </Button>
      )}
    </div>
  );
}

function One({ name, mayConfirm }: { name: UnknownName; mayConfirm: boolean }) {
  const [picked, setPicked] = useState<Option | null>(null);
  const confirm = useVerb(confirmName, { refreshes });
  const create = useVerb(createProduct, { refreshes });
  const dismiss = useVerb(dismissName, { refreshes: ['products.'] });
  const choice = picked ?? (name.suggestion ? { value: name.suggestion.id, label: name.suggestion.name } : null);
  const accept = () =>
    confirm.mutate(
      { params: { id: name.id }, body: choice ? { productId: choice.value } : {} },
      {
        onSuccess: (done) =>
          toast.show({
            title: `“${done.alias}” is ${done.productName}`,
            text: done.linked ? `${done.linked} rows have their product now.` : 'It is remembered.',
            tone: 'good',
          }),
        onError: (error) => toast.show({ title: 'Not confirmed', text: error.message, tone: 'poor' }),
      },
    );
  // Rows that wait for a name find the product that is called so.
  const add = () =>
    create.mutate(
      { body: { name: name.name } },
      {
        onSuccess: (made) =>
          toast.show({ title: `${made.name} is a product now`, text: 'Rows that name it have it.', tone: 'good' }),
        onError: (error) => toast.show({ title: 'Not added', text: error.message, tone: 'poor' }),
      },
    );
  return (
    <li className="flex flex-wrap items-end gap-3 p-3">
      <div className="min-w-40 flex-1 self-center">
        <div className="font-medium">{name.name}</div>
        <div className="text-sm text-muted">
          {name.seen} {name.seen === 1 ? 'row' : 'rows'}, last seen <DateText value={name.lastSeenAt} />
        </div>
      </div>
      {mayConfirm && (
        <>
          <div className="w-64 max-sm:w-full">
            <ProductField label={`“${name.name}” is`} value={choice} onChange={setPicked} />
          </div>
          <Button
            variant="primary"
            icon={<Check />}
            isDisabled={!choice}
            isLoading={confirm.isPending}
            onPress={accept}
            aria-label={`Confirm ${name.name}`}
          >
            Confirm
          </Button>
          {!choice && (
            <Button
              icon={<Plus />}
              isLoading={create.isPending}
              onPress={add}
              aria-label={`Add as a product: ${name.name}`}
            >
              Add as a product
            </Button>
          )}
          <Button
            variant="quiet"
            icon={<X />}
            isLoading={dismiss.isPending}
            aria-label={`${name.name} is no product`}
            onPress={() =>
              dismiss.mutate(
                { params: { id: name.id } },
                { onError: (error) => toast.show({ title: 'Not dismissed', text: error.message, tone: 'poor' }) },
              )
            }
          >
            No product
          </Button>
        </>
      )}
    </li>
  );
}
