// Adding a product by hand: its name is enough.
import { useId } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { Banner, Button, Dialog, toast } from '../../../ui/index.ts';
import { createProduct, listSeries } from '../api.ts';
import { ProductFields } from './ProductFields.tsx';
import { EMPTY, type ProductForm, productChange } from './productForm.ts';

export default function AddProduct({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const go = useGo();
  const { workspace } = useSession();
  const series = useCall(listSeries, {});
  const [draft, setDraft] = useDraft<ProductForm>('products.new');
  const form = draft ?? EMPTY;
  const create = useVerb(createProduct, { refreshes: ['products.', 'growth.'] });
  const submit = useSubmit(async () => {
    const made = await create.mutateAsync({ body: { ...productChange(EMPTY, form), name: form.name } });
    setDraft(null);
    toast.show({ title: `${made.name} added`, tone: 'good' });
    onClose();
    go(`/products?product=${made.id}`);
  });
  const error = (field: string) => (submit.fieldError(field) ? { error: submit.fieldError(field)! } : {});
  const message = submit.message('name', 'code', 'unitName', 'deliveryCost', 'deliveryCostShare', 'seriesId');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add product"
      size="lg"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isLoading={submit.isBusy}
            isDisabled={!form.name.trim() || !form.unitName.trim()}
          >
            Add product
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid grid-cols-1 gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          void submit.run();
        }}
      >
        {message && (
          <div className="sm:col-span-2">
            <Banner tone="poor" title="Not added">
              {message}
            </Banner>
          </div>
        )}
        <ProductFields
          form={form}
          set={(change) => setDraft({ ...form, ...change })}
          series={series.data?.items ?? []}
          currency={workspace.currency}
          error={error}
        />
      </form>
    </Dialog>
  );
}
