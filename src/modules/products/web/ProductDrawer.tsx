// One product in a drawer: what it is, its list prices by currency and day, its other names.
import { Archive, ArchiveRestore } from 'lucide-react';
import { useId, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import {
  Badge,
  Banner,
  Button,
  ConflictNotice,
  Drawer,
  ErrorState,
  IconButton,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { archiveProduct, getProduct, listSeries, type Product, restoreProduct, updateProduct } from '../api.ts';
import { Names } from './Names.tsx';
import { Prices } from './Prices.tsx';
import { ProductFields } from './ProductFields.tsx';
import { PRODUCT_LABELS, type ProductForm, productChange, productForm, sayField } from './productForm.ts';

const refreshes = ['products.', 'growth.'];

export default function ProductDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const product = useCall(getProduct, { params: { id } });
  if (product.data) return <Loaded product={product.data} onClose={onClose} />;
  return (
    <Drawer isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Product">
      {product.isError ? (
        <ErrorState text={product.error.message} onRetry={() => void product.refetch()} />
      ) : (
        <SkeletonRows rows={8} columns={2} />
      )}
    </Drawer>
  );
}

type Draft = { base: Product; form: ProductForm };

function Loaded({ product, onClose }: { product: Product; onClose: () => void }) {
  const formId = useId();
  const { workspace } = useSession();
  const series = useCall(listSeries, {});
  const [draft, setDraft] = useDraft<Draft>(`products.${product.id}`);
  const base = draft?.base ?? product;
  const before = productForm(base);
  const form = draft?.form ?? before;
  const [theirs, setTheirs] = useState<Product | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const save = useVerb(updateProduct, { refreshes });
  const archive = useVerb(archiveProduct, { refreshes });
  const restore = useVerb(restoreProduct, { refreshes });
  const mayEdit = product.can.update && !product.archivedAt;
  const change = productChange(before, form);
  const changed = (Object.keys(PRODUCT_LABELS) as (keyof ProductForm)[]).filter(
    (k) => JSON.stringify(before[k]) !== JSON.stringify(form[k]),
  );

  const send = async (from: Product, wanted: ProductForm) => {
    setMessage(null);
    setFields({});
    try {
      await save.mutateAsync({
        params: { id: product.id },
        body: { version: from.version, ...productChange(productForm(from), wanted) },
      });
      setDraft(null);
      toast.show({ title: `${wanted.name} saved`, tone: 'good' });
    } catch (reason) {
      const failed = asProblem(reason);
      if (failed.code === 'version_conflict' && failed.current) setTheirs(failed.current as Product);
      else if (failed.fields?.length)
        setFields(Object.fromEntries(failed.fields.map((f) => [f.field.split('.')[0], f.message])));
      else setMessage(failed.message);
      setDraft({ base: from, form: wanted });
    }
  };
  const settle = (mine: boolean) => {
    if (!theirs) return;
    const now = productForm(theirs);
    setTheirs(null);
    if (!mine) return setDraft(null);
    const next = { ...now, ...Object.fromEntries(changed.map((k) => [k, form[k]])) };
    setDraft({ base: theirs, form: next });
    void send(theirs, next);
  };
  const putAway = (isBack: boolean) => {
    const verb = isBack ? restore : archive;
    verb.mutate(
      { params: { id: product.id } },
      {
        onSuccess: () =>
          toast.show({
            title: `${product.name} ${isBack ? 'is back' : 'archived'}`,
            tone: 'good',
            ...(isBack
              ? {}
              : { action: { label: 'Undo', onAction: () => restore.mutate({ params: { id: product.id } }) } }),
          }),
        onError: (error) => setMessage(error.message),
      },
    );
  };

  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={product.name}
      description={[product.seriesName, product.code].filter(Boolean).join(' · ') || undefined}
      size="lg"
      actions={
        product.can.archive ? (
          <IconButton
            label={product.archivedAt ? 'Restore product' : 'Archive product'}
            icon={product.archivedAt ? <ArchiveRestore /> : <Archive />}
            size="sm"
            onPress={() => putAway(product.archivedAt !== null)}
          />
        ) : undefined
      }
      footer={
        mayEdit ? (
          <>
            {changed.length > 0 && (
              <Button variant="quiet" onPress={() => setDraft(null)}>
                Discard changes
              </Button>
            )}
            <Button variant="primary" type="submit" form={formId} isLoading={save.isPending}>
              Save
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-6">
        {product.archivedAt && <Badge tone="watch">Archived</Badge>}
        {theirs && (
          <ConflictNotice
            what="product"
            fields={changed.map((k) => ({
              label: PRODUCT_LABELS[k],
              theirs: sayField(k, productForm(theirs)[k], series.data?.items ?? []),
              mine: sayField(k, form[k], series.data?.items ?? []),
            }))}
            onKeepMine={() => settle(true)}
            onTakeTheirs={() => settle(false)}
          />
        )}
        {message && (
          <Banner tone="poor" title="Not saved">
            {message}
          </Banner>
        )}
        <form
          id={formId}
          className="grid grid-cols-1 gap-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (Object.keys(change).length > 0) void send(base, form);
          }}
        >
          <ProductFields
            form={form}
            set={(next) => setDraft({ base, form: { ...form, ...next } })}
            series={series.data?.items ?? []}
            currency={workspace.currency}
            error={(field) => (fields[field] ? { error: fields[field] } : {})}
            isDisabled={!mayEdit}
            hasPrices={product.prices.length > 0}
          />
        </form>
        <Prices product={product} currency={workspace.currency} mayEdit={mayEdit} />
        <Names product={product} mayEdit={mayEdit} />
      </div>
    </Drawer>
  );
}
