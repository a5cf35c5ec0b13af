// The accounts room's part in exports: the rows of its list, and columns that come back through an import unchanged.
import type { ExportCell, ExportColumn, ExporterOf } from '../../../kernel/server/exporting.ts';
import { type CustomField, customFields, minorDigits } from '../../settings/server/index.ts';
import type { AccountFilter } from '../api.ts';
import type { ColumnValue } from '../api-columns.ts';
import { columnsOf } from './columns.ts';
import type { Grouping, Sort } from './find-store.ts';
import { ownColumns } from './import-columns.ts';
import { type AccountRow, accountsQuery, exportFacts } from './store.ts';

/** More rows than a spreadsheet can hold. */
const ALL = 2_000_000;
const day = (on: string | null): ExportCell => (on ? { day: on } : null);
const money = (minor: number | null, currency: string | null): ExportCell[] =>
  minor === null || currency === null ? [null, null] : [{ minor, digits: minorDigits(currency) }, currency];

export const exportAccounts: ExporterOf<
  { filter: AccountFilter; sort: Sort; group?: Grouping | undefined },
  AccountRow,
  AccountRow
> = async (ctx, { filter, sort, group }) => {
  const { systems, emails } = await exportFacts(ctx.tx);
  const plain = (key: string, header: string, cell: (r: AccountRow) => ExportCell): ExportColumn<AccountRow> => ({
    key,
    headers: [header],
    cells: (r) => [cell(r)],
  });
  const amount = (
    key: 'annualRevenue' | 'arr' | 'potential',
    header: string,
    column: 'annual_revenue' | 'arr' | 'potential',
  ): ExportColumn<AccountRow> => ({
    key,
    headers: [header, `${header} currency`],
    cells: (r) => money(r[`${column}_minor`], r[`${column}_currency`]),
  });
  const columns: ExportColumn<AccountRow>[] = [
    plain('id', 'OpenKAM account id', (r) => r.id),
    plain('name', 'Name', (r) => r.name),
    { key: 'parentName', headers: ['Parent id', 'Parent name'], cells: (r) => [r.parent_id, r.parent_name] },
    {
      key: 'ownerName',
      headers: ['Owner e-mail', 'Owner name'],
      cells: (r) => [r.owner_id ? (emails.get(r.owner_id) ?? null) : null, r.owner_name],
    },
    plain('sponsorName', 'Sponsor name', (r) => r.sponsor_name),
    plain('tier', 'Tier', (r) => r.tier),
    plain('status', 'Status', (r) => r.status),
    plain('type', 'Type', (r) => r.type),
    plain('industry', 'Industry', (r) => r.industry),
    plain('country', 'Country', (r) => r.country),
    plain('region', 'Region', (r) => r.region),
    plain('city', 'City', (r) => r.city),
    plain('street', 'Street', (r) => r.street),
    plain('postalCode', 'Postal code', (r) => r.postal_code),
    plain('website', 'Website', (r) => r.website),
    plain('phone', 'Phone', (r) => r.phone),
    plain('employees', 'Employees', (r) => r.employees),
    amount('annualRevenue', 'Annual revenue', 'annual_revenue'),
    amount('arr', 'ARR', 'arr'),
    amount('potential', 'Potential', 'potential'),
    plain('customerSince', 'Customer since', (r) => day(r.customer_since)),
    plain('renewalOn', 'Renewal on', (r) => day(r.renewal_on)),
    plain('tags', 'Tags', (r) => r.tags.join('; ') || null),
    ...customColumns<AccountRow>(await customFields(ctx.tx, 'accounts'), ownColumns, (r) => r.custom),
    {
      key: 'externalIds',
      headers: systems.map((s) => `Id in ${s}`),
      cells: (r) => systems.map((s) => r.external_ids.find((x) => x.system === s)?.id ?? null),
    },
    plain('description', 'Description', (r) => r.description || null),
    plain('createdAt', 'Created at', (r) => r.created_at),
    plain('updatedAt', 'Updated at', (r) => r.updated_at),
  ];
  const others = columnsOf(ctx);
  const values = new Map<string, ReadonlyMap<string, ColumnValue>>();
  for (const { id, label, kind } of others) {
    const of = (r: AccountRow) => values.get(id)?.get(r.id);
    columns.push({
      key: id,
      headers: kind === 'money' ? [label, `${label} currency`] : [label],
      cells: (r) => {
        const value = of(r);
        if (kind === 'money')
          return typeof value === 'object' ? money(value.amount, value.currency) : money(null, null);
        return [typeof value === 'string' ? day(value) : null];
      },
      isExtra: true,
    });
  }
  return {
    columns,
    query: accountsQuery(filter, sort, null, ALL, group),
    lines: (r) => [r],
    async prepare(tx, rows, keys) {
      const ids = rows.map((r) => r.id);
      for (const c of others) if (keys.includes(c.id)) values.set(c.id, await c.values({ ...ctx, tx }, ids));
    },
  };
};

/** Columns for custom fields; one whose label is already a column says that it is a field. */
export function customColumns<Line>(
  fields: readonly CustomField[],
  taken: Record<string, string>,
  valuesOf: (line: Line) => Record<string, unknown>,
): ExportColumn<Line>[] {
  return fields.map((f) => {
    const label = f.label in taken || /^Id in | currency$/.test(f.label) ? `${f.label} (field)` : f.label;
    return f.type === 'money'
      ? {
          key: `custom.${f.key}`,
          headers: [label, `${label} currency`],
          cells: (line) => {
            const value = valuesOf(line)[f.key] as { amount: number; currency: string } | undefined;
            return money(value?.amount ?? null, value?.currency ?? null);
          },
        }
      : {
          key: `custom.${f.key}`,
          headers: [label],
          cells: (line) => {
            const value = valuesOf(line)[f.key];
            if (value === undefined || value === null) return [null];
            if (f.type === 'date') return [day(String(value))];
            return [typeof value === 'number' || typeof value === 'boolean' ? value : String(value)];
          },
        };
  });
}
