// Filters of a list as pure data: which operators a field knows, how a set of filters changes, how it is said and stored in a URL.
import { formatDate, formatNumber } from './format.ts';
import type { Option } from './options.ts';
import type { LoadOptions } from './useAsyncOptions.ts';

export type FilterType = 'text' | 'number' | 'money' | 'date' | 'select' | 'boolean';

export type FilterOperator =
  | 'contains'
  | 'notContains'
  | 'is'
  | 'isAnyOf'
  | 'isNoneOf'
  | 'atLeast'
  | 'atMost'
  | 'between'
  | 'before'
  | 'after'
  | 'inNextDays'
  | 'inLastDays'
  | 'isEmpty'
  | 'isNotEmpty';

export type FilterField = {
  id: string;
  label: string;
  type: FilterType;
  /** Choices of a `select`. */
  options?: readonly Option[];
  /** Choices of a `select` from the server. */
  load?: LoadOptions;
  /** Text behind numbers: a unit, or the currency for `money` (whose values are major units). */
  unit?: string;
  /** Never empty: the operators "is empty" are left out. */
  isAlwaysSet?: boolean;
  /** Only these, where the server knows fewer than the type would offer; the first is the default. */
  operators?: readonly FilterOperator[];
};

/** Values are texts: numbers with a decimal point, dates `YYYY-MM-DD`, choices their ids, `true`/`false`. */
export type Filter = { field: string; operator: FilterOperator; values: readonly string[] };

export const operatorLabels: Record<FilterOperator, string> = {
  contains: 'contains',
  notContains: 'does not contain',
  is: 'is',
  isAnyOf: 'is',
  isNoneOf: 'is not',
  atLeast: 'is at least',
  atMost: 'is at most',
  between: 'is between',
  before: 'is before',
  after: 'is after',
  inNextDays: 'is in the next',
  inLastDays: 'was in the last',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
};

const operatorsOf: Record<FilterType, readonly FilterOperator[]> = {
  text: ['contains', 'notContains', 'is'],
  number: ['atLeast', 'atMost', 'between', 'is'],
  money: ['atLeast', 'atMost', 'between'],
  date: ['inNextDays', 'inLastDays', 'before', 'after', 'between', 'is'],
  select: ['isAnyOf', 'isNoneOf'],
  boolean: ['is'],
};

/** The operators a field offers; the first is the default. */
export function operatorsFor(
  field: Pick<FilterField, 'type' | 'isAlwaysSet' | 'operators'>,
): readonly FilterOperator[] {
  if (field.operators) return field.operators;
  const own = operatorsOf[field.type];
  return field.isAlwaysSet || field.type === 'boolean' ? own : [...own, 'isEmpty', 'isNotEmpty'];
}

/** How many values an operator takes; Infinity for a list. */
export function valueCount(operator: FilterOperator): number {
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return 0;
  if (operator === 'between') return 2;
  return operator === 'isAnyOf' || operator === 'isNoneOf' ? Number.POSITIVE_INFINITY : 1;
}

/** A filter that says nothing yet (no value) must not be sent to the server. */
export function isComplete(filter: Filter): boolean {
  const wanted = valueCount(filter.operator);
  const given = filter.values.filter((value) => value.trim() !== '');
  if (wanted === Number.POSITIVE_INFINITY) return given.length > 0;
  return given.length === wanted;
}

export function newFilter(field: FilterField): Filter {
  const operator = operatorsFor(field)[0] ?? 'is';
  return { field: field.id, operator, values: field.type === 'boolean' ? ['true'] : [] };
}

/** The same filter with another operator; values that still make sense are kept. */
export function withOperator(filter: Filter, operator: FilterOperator): Filter {
  const count = valueCount(operator);
  const isDays = (candidate: FilterOperator) => candidate === 'inNextDays' || candidate === 'inLastDays';
  const keep = isDays(operator) === isDays(filter.operator);
  const values = keep ? filter.values.slice(0, count === Number.POSITIVE_INFINITY ? undefined : count) : [];
  return { ...filter, operator, values };
}

export type FilterAction =
  | { type: 'add'; filter: Filter }
  | { type: 'change'; index: number; filter: Filter }
  | { type: 'remove'; index: number }
  | { type: 'clear' };

/** The one place where a set of filters changes. Doubles are not added. */
export function filterReducer(filters: readonly Filter[], action: FilterAction): Filter[] {
  switch (action.type) {
    case 'add':
      return filters.some((filter) => isSame(filter, action.filter)) ? [...filters] : [...filters, action.filter];
    case 'change':
      return filters.map((filter, index) => (index === action.index ? action.filter : filter));
    case 'remove':
      return filters.filter((_, index) => index !== action.index);
    case 'clear':
      return [];
  }
}

export function isSame(a: Filter, b: Filter): boolean {
  return (
    a.field === b.field &&
    a.operator === b.operator &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => value === b.values[index])
  );
}

export type FilterText = { field: string; operator: string; value: string };

/** A filter in words: "Status", "is", "At risk, Watch". */
export function describeFilter(
  filter: Filter,
  field: FilterField,
  locale: string,
  names: ReadonlyMap<string, string> = new Map(),
): FilterText {
  const one = (value: string): string => {
    if (field.type === 'select')
      return field.options?.find((option) => option.value === value)?.label ?? names.get(value) ?? value;
    if (field.type === 'boolean') return value === 'true' ? 'yes' : 'no';
    if (filter.operator === 'inNextDays' || filter.operator === 'inLastDays')
      return `${formatNumber(Number(value), locale)} days`;
    if (field.type === 'date') return formatDate(value, locale);
    if (field.type === 'text') return `“${value}”`;
    return `${formatNumber(Number(value), locale)}${field.unit ? ` ${field.unit}` : ''}`;
  };
  const given = filter.values.filter((value) => value !== '');
  const shown = given.slice(0, 3).map(one);
  const rest = given.length - shown.length;
  const value =
    filter.operator === 'between' ? shown.join(' and ') : [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return { field: field.label, operator: operatorLabels[filter.operator], value };
}

/** One line for a URL: `status.isAnyOf.poor,watch;due.inNextDays.30`. */
export function encodeFilters(filters: readonly Filter[]): string {
  return filters
    .filter(isComplete)
    .map((filter) => [escapePart(filter.field), filter.operator, filter.values.map(escapePart).join(',')].join('.'))
    .join(';');
}

/** Back from the URL. What does not fit the fields is dropped: old links must still open. */
export function decodeFilters(text: string, fields: readonly FilterField[]): Filter[] {
  return text.split(';').flatMap((part) => {
    const [id = '', operator = '', values = ''] = part.split('.');
    const field = fields.find((candidate) => candidate.id === unescapePart(id));
    const known = field && operatorsFor(field).find((candidate) => candidate === operator);
    if (!field || !known) return [];
    const filter: Filter = {
      field: field.id,
      operator: known,
      values: values === '' ? [] : values.split(',').map(unescapePart),
    };
    return isComplete(filter) ? [filter] : [];
  });
}

/** encodeURIComponent leaves the dot alone, which parts our text. */
const escapePart = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E');

function unescapePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
