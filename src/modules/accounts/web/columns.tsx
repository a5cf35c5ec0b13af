// The columns of the portfolio, and the fields by which it is filtered: built in ones and the workspace's own.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { FilterField, FilterOperator } from '../../../ui/filters.ts';
import { daysBetween, formatDate, formatMoney, formatNumber, type MoneyValue } from '../../../ui/format.ts';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { Avatar, Badge, cx, DateText, Missing, Money, Num, RelativeTime, StatusPill } from '../../../ui/index.ts';
import type { CustomFieldAnswer } from '../../settings/api.ts';
import type { Account, accountFacets } from '../api.ts';
import { STATUSES } from '../api.ts';
import { plainText } from './plain.ts';
import { STATUS_WORDS } from './words.ts';

export type CustomField = Pick<CustomFieldAnswer, 'key' | 'label' | 'type' | 'choices'>;

/** A person's name with initials; quiet where nobody is named. */
export function Person({ name, missing = 'Nobody' }: { name: string | null; missing?: string }) {
  if (!name) return <Missing label={missing} />;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={name} size="xs" isDecorative />
      <span className="truncate">{name}</span>
    </span>
  );
}

export function Status({ status, variant }: { status: Account['status']; variant?: 'soft' | 'plain' }) {
  const { label, tone } = STATUS_WORDS[status];
  return <StatusPill tone={tone} label={label} {...(variant ? { variant } : {})} />;
}

/** A renewal date and how near it is; near and missed ones stand out, in words. */
export function Renewal({ on, today }: { on: string | null; today: string }) {
  if (!on) return <Missing label="No date" />;
  const days = daysBetween(today, on);
  const text = days < 0 ? `${-days} d ago` : days === 0 ? 'today' : `${days} d`;
  const tone = days < 0 ? 'text-poor-text' : days <= 90 ? 'text-watch-text' : 'text-faint';
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <DateText value={on} />
      {days <= 365 && <span className={cx('tabular truncate text-sm', tone)}>{text}</span>}
    </span>
  );
}

export function Tags({ tags, max = 2 }: { tags: readonly string[]; max?: number }) {
  if (tags.length === 0) return <Missing label="No tags" />;
  return (
    <span className="flex min-w-0 items-center gap-1" title={tags.join(', ')}>
      {tags.slice(0, max).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {tags.length > max && <span className="text-xs text-muted">+{tags.length - max}</span>}
    </span>
  );
}

function isMoney(value: unknown): value is MoneyValue {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

/** The value of a custom field as the reader sees it. */
export function CustomValue({ field, value }: { field: CustomField; value: unknown }) {
  if (value === null || value === undefined || value === '') return <Missing />;
  if (field.type === 'money' && isMoney(value)) return <Money value={value} />;
  if (field.type === 'number') return <Num value={Number(value)} />;
  if (field.type === 'date') return <DateText value={plainText(value)} />;
  if (field.type === 'boolean') return <>{value === true ? 'Yes' : 'No'}</>;
  if (field.type === 'choice') return <Badge>{plainText(value)}</Badge>;
  return <span className="truncate">{plainText(value)}</span>;
}

export function customText(field: CustomField, value: unknown, locale: string): string {
  if (value === null || value === undefined || value === '') return '';
  if (isMoney(value)) return formatMoney(value, locale);
  if (field.type === 'number') return formatNumber(Number(value), locale);
  if (field.type === 'date') return formatDate(plainText(value), locale);
  if (field.type === 'boolean') return value === true ? 'Yes' : 'No';
  return plainText(value);
}

export type AccountGridColumn = GridColumn<Account>;
/** `more`: columns that other rooms fill. */
type Context = {
  today: string;
  locale: string;
  custom: readonly CustomField[];
  more: readonly AccountGridColumn[];
};

export function accountColumns({ today, locale, custom, more }: Context): GridColumn<Account>[] {
  const money = (value: Account['arr']) => (value ? formatMoney(value, locale) : '');
  const date = (value: string | null) => (value ? formatDate(value, locale) : '');
  return [
    {
      id: 'name',
      header: 'Account',
      width: 300,
      minWidth: 220,
      isSortable: true,
      text: (a) => a.name,
      cell: (a) => (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={a.name} size="sm" shape="square" isDecorative className="max-sm:hidden" />
          <span className="min-w-0 truncate font-medium">{a.name}</span>
          {a.parentName && (
            <span className="min-w-0 shrink-[999] truncate text-sm font-normal text-muted">{a.parentName}</span>
          )}
        </span>
      ),
    },
    {
      id: 'tier',
      header: 'Tier',
      width: 110,
      isSortable: true,
      text: (a) => a.tier ?? '',
      cell: (a) => (a.tier ? <Badge tone="outline">{a.tier}</Badge> : <Missing label="No tier" />),
    },
    {
      id: 'arr',
      header: 'ARR',
      hint: 'What the account pays us in a year',
      align: 'end',
      width: 135,
      minWidth: 130,
      isSortable: true,
      card: 'side',
      text: (a) => money(a.arr),
      cell: (a) => <Money value={a.arr} />,
    },
    {
      id: 'potential',
      header: 'Potential',
      hint: 'What it could pay us more, as estimated',
      align: 'end',
      width: 135,
      minWidth: 130,
      isSortable: true,
      card: 'none',
      text: (a) => money(a.potential),
      cell: (a) => <Money value={a.potential} />,
    },
    {
      id: 'renewalOn',
      header: 'Renewal',
      width: 185,
      minWidth: 180,
      isSortable: true,
      text: (a) => date(a.renewalOn),
      cell: (a) => <Renewal on={a.renewalOn} today={today} />,
    },
    ...more,
    {
      id: 'owner',
      header: 'Owner',
      width: 160,
      text: (a) => a.ownerName ?? '',
      cell: (a) => <Person name={a.ownerName} />,
    },
    {
      id: 'status',
      header: 'Status',
      width: 110,
      text: (a) => STATUS_WORDS[a.status].label,
      cell: (a) => <Status status={a.status} variant="plain" />,
    },
    {
      id: 'industry',
      header: 'Industry',
      width: 140,
      isSortable: true,
      card: 'none',
      text: (a) => a.industry ?? '',
      cell: (a) => (a.industry ? <span className="truncate">{a.industry}</span> : <Missing />),
    },
    {
      id: 'country',
      header: 'Country',
      width: 90,
      isSortable: true,
      card: 'none',
      text: (a) => a.country ?? '',
      cell: (a) => (a.country ? <span className="truncate">{a.country}</span> : <Missing />),
    },
    {
      id: 'tags',
      header: 'Tags',
      width: 180,
      card: 'none',
      text: (a) => a.tags.join(', '),
      cell: (a) => <Tags tags={a.tags} />,
    },
    {
      id: 'updatedAt',
      header: 'Updated',
      width: 120,
      isSortable: true,
      card: 'none',
      text: (a) => date(a.updatedAt.slice(0, 10)),
      cell: (a) => (
        <span className="text-muted">
          <RelativeTime value={a.updatedAt} />
        </span>
      ),
    },
    {
      id: 'sponsor',
      header: 'Sponsor',
      width: 160,
      isHidden: true,
      card: 'none',
      text: (a) => a.sponsorName ?? '',
      cell: (a) => <Person name={a.sponsorName} />,
    },
    {
      id: 'customerSince',
      header: 'Account since',
      width: 130,
      isSortable: true,
      isHidden: true,
      card: 'none',
      text: (a) => date(a.customerSince),
      cell: (a) => <DateText value={a.customerSince} />,
    },
    {
      id: 'employees',
      header: 'Employees',
      align: 'end',
      width: 110,
      isSortable: true,
      isHidden: true,
      card: 'none',
      text: (a) => (a.employees === null ? '' : formatNumber(a.employees, locale)),
      cell: (a) => (a.employees === null ? <Missing /> : <Num value={a.employees} />),
    },
    {
      id: 'annualRevenue',
      header: 'Annual revenue',
      hint: 'The account’s own yearly revenue',
      align: 'end',
      width: 140,
      isSortable: true,
      isHidden: true,
      card: 'none',
      text: (a) => money(a.annualRevenue),
      cell: (a) => <Money value={a.annualRevenue} style="compact" />,
    },
    {
      id: 'type',
      header: 'Type',
      width: 140,
      isHidden: true,
      card: 'none',
      text: (a) => a.type ?? '',
      cell: (a) => (a.type ? <span className="truncate">{a.type}</span> : <Missing />),
    },
    {
      id: 'city',
      header: 'City',
      width: 130,
      isHidden: true,
      card: 'none',
      text: (a) => a.city ?? '',
      cell: (a) => (a.city ? <span className="truncate">{a.city}</span> : <Missing />),
    },
    ...custom.map(
      (field): GridColumn<Account> => ({
        id: `custom.${field.key}`,
        header: field.label,
        width: 140,
        isHidden: true,
        card: 'none',
        ...(field.type === 'number' || field.type === 'money' ? { align: 'end' as const } : {}),
        text: (a) => customText(field, a.custom[field.key], locale),
        cell: (a) => <CustomValue field={field} value={a.custom[field.key]} />,
      }),
    ),
  ];
}

const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const DATES: readonly FilterOperator[] = ['inNextDays', 'inLastDays', 'before', 'after', 'between', 'is'];
const ANY: readonly FilterOperator[] = ['isAnyOf'];
const ANY_OR_NONE: readonly FilterOperator[] = ['isAnyOf', 'isEmpty'];

type FieldContext = {
  facets: AnswerOf<typeof accountFacets> | undefined;
  tiers: readonly string[];
  custom: readonly CustomField[];
  currency: string;
  members: readonly { id: string; name: string }[];
};

export function accountFilterFields({ facets, tiers, custom, currency, members }: FieldContext): FilterField[] {
  const people = members.map((m) => ({ value: m.id, label: m.name }));
  return [
    { id: 'tier', label: 'Tier', type: 'select', options: options(tiers), operators: ANY_OR_NONE },
    { id: 'ownerId', label: 'Owner', type: 'select', options: people, operators: ANY_OR_NONE },
    { id: 'sponsorId', label: 'Sponsor', type: 'select', options: people, operators: ANY_OR_NONE },
    {
      id: 'status',
      label: 'Status',
      type: 'select',
      options: STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].label })),
      operators: ANY,
    },
    { id: 'renewalOn', label: 'Renewal', type: 'date', operators: DATES },
    { id: 'arr', label: 'ARR', type: 'money', unit: currency, operators: ['atLeast', 'atMost', 'between'] },
    { id: 'tag', label: 'Tag', type: 'select', options: options(facets?.tags ?? []), operators: ANY },
    { id: 'industry', label: 'Industry', type: 'select', options: options(facets?.industries ?? []), operators: ANY },
    { id: 'country', label: 'Country', type: 'select', options: options(facets?.countries ?? []), operators: ANY },
    { id: 'type', label: 'Type', type: 'select', options: options(facets?.types ?? []), operators: ANY },
    { id: 'customerSince', label: 'Account since', type: 'date', operators: DATES },
    ...custom.flatMap((field): FilterField[] => {
      const base = { id: `custom.${field.key}`, label: field.label };
      const empty = ['isEmpty', 'isNotEmpty'] as const;
      if (field.type === 'choice')
        return [{ ...base, type: 'select', options: options(field.choices), operators: ['isAnyOf', ...empty] }];
      if (field.type === 'boolean') return [{ ...base, type: 'boolean' }];
      if (field.type === 'date') return [{ ...base, type: 'date', operators: [...DATES, ...empty] }];
      if (field.type === 'money')
        return [{ ...base, type: 'money', unit: currency, operators: ['atLeast', 'atMost', 'between', ...empty] }];
      if (field.type === 'number')
        return [{ ...base, type: 'number', operators: ['atLeast', 'atMost', 'between', 'is', ...empty] }];
      return [{ ...base, type: 'text', operators: ['contains', 'is', ...empty] }];
    }),
    { id: 'archived', label: 'Archived', type: 'boolean' },
  ];
}
