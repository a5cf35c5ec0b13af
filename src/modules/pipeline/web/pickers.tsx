// Fields that pick a product of the catalogue or a person at an account by typing.
import { useCallback } from 'react';
import { call } from '../../../kernel/web/call.ts';
import type { FieldProps } from '../../../ui/Field.tsx';
import { ComboBox, type Option } from '../../../ui/index.ts';
import type { LoadOptions } from '../../../ui/useAsyncOptions.ts';
import { listProducts } from '../../products/api.ts';
import { listPeople } from '../../stakeholders/api.ts';

type PickProps = Pick<FieldProps, 'label' | 'hideLabel' | 'description' | 'error' | 'isDisabled' | 'isRequired'> & {
  value: Option | null;
  onChange: (value: Option | null) => void;
};

const loadProducts: LoadOptions = async (q, signal) => {
  const { items } = await call(listProducts, { query: { limit: 30, ...(q ? { q } : {}) } }, { signal });
  return items.map((p) => ({ value: p.id, label: p.name, ...(p.code ? { description: p.code } : {}) }));
};
export function ProductField(props: PickProps) {
  return <ComboBox placeholder="Find a product" {...props} load={loadProducts} />;
}

export function PersonField({ accountId, ...props }: PickProps & { accountId: string }) {
  const load = useCallback<LoadOptions>(
    async (q, signal) => {
      const { items } = await call(
        listPeople,
        { query: { limit: 30, accountId: [accountId], ...(q ? { q } : {}) } },
        { signal },
      );
      return items.map((p) => ({ value: p.id, label: p.name }));
    },
    [accountId],
  );
  return <ComboBox placeholder="Find a person" {...props} load={load} />;
}
