// A field that picks a product by typing. Other rooms use it through this room's door.
import { call } from '../../../kernel/web/call.ts';
import type { FieldProps } from '../../../ui/Field.tsx';
import { ComboBox, type Option } from '../../../ui/index.ts';
import type { LoadOptions } from '../../../ui/useAsyncOptions.ts';
import { listProducts } from '../api.ts';

/** Products in use as choices. */
export const loadProducts: LoadOptions = async (q, signal) => {
  const { items } = await call(listProducts, { query: { limit: 50, ...(q ? { q } : {}) } }, { signal });
  return items.map((p) => ({
    value: p.id,
    label: p.name,
    ...(p.seriesName || p.code ? { description: [p.seriesName, p.code].filter(Boolean).join(' · ') } : {}),
  }));
};

type PickProps = Pick<FieldProps, 'label' | 'hideLabel' | 'description' | 'error' | 'isDisabled' | 'isRequired'> & {
  value: Option | null;
  onChange: (value: Option | null) => void;
  placeholder?: string;
};

export function ProductField(props: PickProps) {
  return <ComboBox placeholder="Find a product" {...props} load={loadProducts} />;
}
