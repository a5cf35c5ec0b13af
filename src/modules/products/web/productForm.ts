// A product as a form: what is typed, what changed of it, how a value reads when two people changed the same product.
import { formatMoney } from '../../../ui/format.ts';
import type { MoneyValue } from '../../../ui/index.ts';
import type { Product, ProductLine } from '../api.ts';
import { KIND_WORDS } from './words.ts';

export type ProductForm = {
  name: string;
  code: string;
  seriesId: string | null;
  unitName: string;
  kind: ProductLine['kind'];
  description: string;
  /** In percent. */
  costShare: number | null;
  cost: MoneyValue | null;
};
export const EMPTY: ProductForm = {
  name: '',
  code: '',
  seriesId: null,
  unitName: 'unit',
  kind: 'recurring',
  description: '',
  costShare: null,
  cost: null,
};
export const PRODUCT_LABELS: Record<keyof ProductForm, string> = {
  name: 'Name',
  code: 'Code',
  seriesId: 'Series',
  unitName: 'Unit',
  kind: 'Kind',
  description: 'Description',
  costShare: 'Cost of delivery, share',
  cost: 'Cost of delivery, amount',
};

export const productForm = (p: Product): ProductForm => ({
  name: p.name,
  code: p.code ?? '',
  seriesId: p.seriesId,
  unitName: p.unitName,
  kind: p.kind,
  description: p.description,
  costShare: p.deliveryCostShare === null ? null : Math.round(p.deliveryCostShare * 1e6) / 1e4,
  cost: p.deliveryCost,
});

/** What has to be sent so that `before` becomes `after`. */
export function productChange(before: ProductForm, after: ProductForm) {
  const differs = (k: keyof ProductForm) => JSON.stringify(before[k]) !== JSON.stringify(after[k]);
  return {
    ...(differs('name') ? { name: after.name } : {}),
    ...(differs('code') ? { code: after.code.trim() || null } : {}),
    ...(differs('seriesId') ? { seriesId: after.seriesId } : {}),
    ...(differs('unitName') ? { unitName: after.unitName } : {}),
    ...(differs('kind') ? { kind: after.kind } : {}),
    ...(differs('description') ? { description: after.description } : {}),
    // One takes the place of the other.
    ...(differs('costShare') && (after.costShare !== null || after.cost === null)
      ? { deliveryCostShare: after.costShare === null ? null : after.costShare / 100 }
      : {}),
    ...(differs('cost') && (after.cost !== null || after.costShare === null) ? { deliveryCost: after.cost } : {}),
  };
}

export function sayField(
  key: keyof ProductForm,
  value: ProductForm[keyof ProductForm],
  series: readonly { id: string; name: string }[],
): string {
  if (value === null || value === '') return 'Nothing';
  if (key === 'seriesId') return series.find((s) => s.id === value)?.name ?? 'Another series';
  if (key === 'kind') return KIND_WORDS[value as ProductLine['kind']];
  if (key === 'costShare' && typeof value === 'number') return `${value} %`;
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : formatMoney(value, 'en', 'full');
}
