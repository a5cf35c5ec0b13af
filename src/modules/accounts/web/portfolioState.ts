// What the portfolio shows, as the address says it, and the API's words for it. Pure.
import type { UrlState } from '../../../kernel/web/urlState.ts';
import { decodeFilters, encodeFilters, type Filter, type FilterField, isComplete } from '../../../ui/filters.ts';
import { toMinor } from '../../../ui/format.ts';
import type { GridLayout, GridSort } from '../../../ui/gridTypes.ts';
import { SORTS, STATUSES } from '../api.ts';
import { addDays } from './days.ts';

export type Sort = (typeof SORTS)[number];
export type ApiFilter = Record<string, string | number | boolean | string[] | undefined>;

export const DEFAULT_SORT: Sort = '-arr';

export const GROUPS = ['tier', 'owner', 'status', 'industry', 'country'] as const;
export type Group = (typeof GROUPS)[number];

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export function sortOf(state: UrlState): Sort {
  const wanted = one(state.sort);
  return SORTS.find((s) => s === wanted) ?? DEFAULT_SORT;
}

export const gridSort = (sort: Sort): GridSort =>
  sort.startsWith('-') ? { column: sort.slice(1), direction: 'desc' } : { column: sort, direction: 'asc' };

/** Back from the grid; without a sort the default holds. */
export const sortParam = (sort: GridSort | null): string | undefined =>
  sort ? `${sort.direction === 'desc' ? '-' : ''}${sort.column}` : undefined;

export const groupOf = (state: UrlState): Group | null => GROUPS.find((g) => g === one(state.group)) ?? null;

/** `cols=tier,arr`: the columns that are shown, in order. Widths stay with the browser. */
export function layoutOf(
  state: UrlState,
  columns: readonly { id: string; isHidden?: boolean }[],
  widths: Record<string, number>,
): GridLayout {
  const wanted = one(state.cols)?.split(',').filter(Boolean);
  const rest = columns.slice(1);
  if (!wanted) return { order: rest.map((c) => c.id), hidden: rest.filter((c) => c.isHidden).map((c) => c.id), widths };
  const shown = wanted.filter((id) => rest.some((c) => c.id === id));
  return {
    order: [...shown, ...rest.map((c) => c.id).filter((id) => !shown.includes(id))],
    hidden: rest.map((c) => c.id).filter((id) => !shown.includes(id)),
    widths,
  };
}

export function colsParam(
  layout: GridLayout,
  columns: readonly { id: string; isHidden?: boolean }[],
): string | undefined {
  const shown = layout.order.filter((id) => !layout.hidden.includes(id)).join(',');
  const usual = columns
    .slice(1)
    .filter((c) => !c.isHidden)
    .map((c) => c.id)
    .join(',');
  return shown === usual ? undefined : shown;
}

const EXPORT_KEYS: Record<string, string> = { owner: 'ownerName', sponsor: 'sponsorName' };

/** The shown columns in their order, in the words of the export; the parent goes with the name. */
export function exportColumns(state: UrlState, columns: readonly { id: string; isHidden?: boolean }[]): string[] {
  const { order, hidden } = layoutOf(state, columns, {});
  const shown = order.filter((id) => !hidden.includes(id));
  return ['name', 'parentName', ...shown.map((id) => EXPORT_KEYS[id] ?? id)];
}

export const filtersOf = (state: UrlState, fields: readonly FilterField[]): Filter[] =>
  decodeFilters(one(state.f) ?? '', fields);
export const filtersParam = (filters: readonly Filter[]): string | undefined => encodeFilters(filters) || undefined;

const later = (a: string | undefined, b: string) => (a === undefined || b > a ? b : a);
const earlier = (a: string | undefined, b: string) => (a === undefined || b < a ? b : a);

/** Both ends of a date filter as days, both included. */
function rangeOf({ operator, values: [first = '', second = ''] }: Filter, today: string): [string?, string?] {
  switch (operator) {
    case 'inNextDays':
      return [today, addDays(today, Number(first) || 0)];
    case 'inLastDays':
      return [addDays(today, -(Number(first) || 0)), today];
    case 'before':
      return [undefined, addDays(first, -1)];
    case 'after':
      return [addDays(first, 1), undefined];
    case 'is':
      return [first, first];
    default:
      return [first || undefined, second || undefined];
  }
}

/** `key:op:value` conditions for a custom field. */
function customTerms(
  key: string,
  { operator, values }: Filter,
  field: FilterField,
  today: string,
  scale: number,
): string[] {
  const [first = '', second = ''] = values;
  const number = (value: string) => String(field.type === 'money' ? Math.round(Number(value) * scale) : value);
  switch (operator) {
    case 'isEmpty':
      return [`${key}:unset`];
    case 'isNotEmpty':
      return [`${key}:set`];
    case 'contains':
      return [`${key}:has:${first}`];
    case 'isAnyOf':
      return [`${key}:any:${JSON.stringify(values)}`];
    case 'atLeast':
      return [`${key}:gte:${number(first)}`];
    case 'atMost':
      return [`${key}:lte:${number(first)}`];
    default: {
      if (field.type !== 'date' && operator === 'is') return [`${key}:eq:${first}`];
      if (field.type !== 'date') return [`${key}:gte:${number(first)}`, `${key}:lte:${number(second)}`];
      const [from, to] = rangeOf({ field: field.id, operator, values }, today);
      return [...(from ? [`${key}:gte:${from}`] : []), ...(to ? [`${key}:lte:${to}`] : [])];
    }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isDay = (text: string) =>
  /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
const isNumber = (text: string, most: number) => text.trim() !== '' && Math.abs(Number(text)) <= most;

/** The import whose accounts are shown: a report of the import room links here. */
export const importOf = (state: UrlState): string | undefined => {
  const id = one(state.import);
  return id && UUID.test(id) ? id : undefined;
};

/** Is the value something the API knows? Addresses are typed and shared by people; what makes no sense is left out. */
function isUsable(field: FilterField, operator: Filter['operator'], value: string): boolean {
  if (operator === 'inNextDays' || operator === 'inLastDays') return /^\d{1,5}$/.test(value);
  if (field.type === 'date') return isDay(value);
  if (field.type === 'money' || field.type === 'number') return isNumber(value, 1e12);
  if (field.type === 'boolean') return value === 'true' || value === 'false';
  if (field.id === 'ownerId' || field.id === 'sponsorId') return UUID.test(value);
  if (field.id === 'status') return STATUSES.some((status) => status === value);
  return value.length <= 100 && !/[\r\n\u2028\u2029]/.test(value);
}

/** A filter with the values that make sense; null when too few are left. */
function usable(filter: Filter, field: FilterField): Filter | null {
  const values = filter.values.filter((value) => isUsable(field, filter.operator, value)).slice(0, 50);
  const next = { ...filter, values };
  const isShort = filter.operator !== 'isAnyOf' && values.length < filter.values.length;
  return isShort || !isComplete(next) ? null : next;
}

/** The filters in the words of the list, the sums and the export. */
export function apiFilter(
  state: UrlState,
  fields: readonly FilterField[],
  context: { today: string; currency: string },
): ApiFilter {
  const query: Record<string, string | number | boolean | string[] | undefined> = {};
  const scale = toMinor(1, context.currency);
  const q = one(state.q)?.trim();
  if (q) query.q = q.slice(0, 100);
  const importId = importOf(state);
  if (importId) query.importId = importId;
  const custom: string[] = [];
  for (const given of filtersOf(state, fields)) {
    const field = fields.find((f) => f.id === given.field)!;
    const filter = usable(given, field);
    if (!filter) continue;
    if (field.id.startsWith('custom.')) {
      custom.push(...customTerms(field.id.slice(7), filter, field, context.today, scale));
    } else if (field.id === 'archived') {
      if (filter.values[0] === 'true') query.archived = true;
    } else if (field.type === 'select') {
      const given = filter.operator === 'isEmpty' ? ['none'] : [...filter.values];
      query[field.id] = [...((query[field.id] as string[] | undefined) ?? []), ...given];
    } else if (field.type === 'money') {
      const [first = '', second = ''] = filter.values;
      if (filter.operator !== 'atMost') query[`${field.id}Min`] = Math.round(Number(first) * scale);
      if (filter.operator === 'atMost') query[`${field.id}Max`] = Math.round(Number(first) * scale);
      if (filter.operator === 'between') query[`${field.id}Max`] = Math.round(Number(second) * scale);
    } else if (field.type === 'date') {
      const [from, to] = rangeOf(filter, context.today);
      const base = field.id === 'renewalOn' ? 'renewal' : field.id;
      if (from) query[`${base}From`] = later(query[`${base}From`] as string | undefined, from);
      if (to) query[`${base}To`] = earlier(query[`${base}To`] as string | undefined, to);
    }
  }
  if (custom.length) query.custom = custom;
  return query;
}

/** The same filter, only renewals between two days. */
export function renewingBetween(filter: ApiFilter, from: string, to: string): ApiFilter {
  return {
    ...filter,
    renewalFrom: later(filter.renewalFrom as string | undefined, from),
    renewalTo: earlier(filter.renewalTo as string | undefined, to),
  };
}

/** What a saved view keeps of the address. */
export const VIEW_KEYS = ['f', 'q', 'sort', 'group', 'cols', 'view'] as const;

export function viewState(state: UrlState): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key of VIEW_KEYS) {
    const value = one(state[key]);
    if (value) kept[key] = value;
  }
  return kept;
}

export const sameView = (a: Record<string, unknown>, b: Record<string, unknown>): boolean =>
  VIEW_KEYS.every((key) => (a[key] ?? '') === (b[key] ?? ''));
