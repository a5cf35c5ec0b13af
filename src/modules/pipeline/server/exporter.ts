// The pipeline's part in exports: the rows of its list, and columns that come back through an import unchanged.
import type { ExportCell, ExportColumn, ExporterOf } from '../../../kernel/server/exporting.ts';
import { minorDigits } from '../../settings/server/index.ts';
import { type Find, type OpportunityRow, opportunitiesQuery, ownerEmails, type Sort } from './store.ts';

/** More rows than a spreadsheet can hold. */
const ALL = 2_000_000;
const day = (on: string | null): ExportCell => (on ? { day: on } : null);

/** Header → field of the import's shape; `ownId` is our id, an empty text a column that only informs. */
export const ownColumns: Record<string, string> = {
  'OpenKAM opportunity id': 'ownId',
  Name: 'name',
  'Account id': 'accountId',
  'Account name': 'accountName',
  Type: 'type',
  Stage: 'stage',
  State: 'state',
  Amount: 'amount',
  Probability: 'probability',
  'Forecast category': 'category',
  'Close date': 'closesOn',
  'Closed on': 'closedOn',
  'Owner e-mail': 'ownerEmail',
  'Owner name': 'ownerName',
  Product: '',
  Competitor: 'competitor',
  'Next step': 'nextStep',
  'Times pushed': '',
  'Created at': '',
  'Updated at': '',
};

export const exportOpportunities: ExporterOf<{ find: Find; sort: Sort }, OpportunityRow, OpportunityRow> = async (
  ctx,
  { find, sort },
) => {
  const emails = await ownerEmails(ctx.tx);
  const plain = (
    key: string,
    header: string,
    cell: (r: OpportunityRow) => ExportCell,
  ): ExportColumn<OpportunityRow> => ({
    key,
    headers: [header],
    cells: (r) => [cell(r)],
  });
  const columns: ExportColumn<OpportunityRow>[] = [
    plain('id', 'OpenKAM opportunity id', (r) => r.id),
    plain('name', 'Name', (r) => r.name),
    { key: 'accountName', headers: ['Account id', 'Account name'], cells: (r) => [r.account_id, r.account_name] },
    plain('type', 'Type', (r) => r.type),
    plain('stageName', 'Stage', (r) => r.stage_name),
    plain('state', 'State', (r) => r.state),
    {
      key: 'amount',
      headers: ['Amount', 'Amount currency'],
      cells: (r) =>
        r.amount_minor === null
          ? [null, null]
          : [{ minor: r.amount_minor, digits: minorDigits(r.currency) }, r.currency],
    },
    plain('probability', 'Probability', (r) => r.probability),
    plain('category', 'Forecast category', (r) => r.category),
    plain('closesOn', 'Close date', (r) => day(r.closes_on)),
    plain('closedOn', 'Closed on', (r) => day(r.closed_on)),
    {
      key: 'ownerName',
      headers: ['Owner e-mail', 'Owner name'],
      cells: (r) => [r.owner_id ? (emails.get(r.owner_id) ?? null) : null, r.owner_name],
    },
    plain('productName', 'Product', (r) => r.product_name),
    plain('competitor', 'Competitor', (r) => r.competitor || null),
    plain('nextStep', 'Next step', (r) => r.next_step || null),
    plain('pushes', 'Times pushed', (r) => r.pushes),
    plain('createdAt', 'Created at', (r) => r.created_at),
    plain('updatedAt', 'Updated at', (r) => r.updated_at),
  ];
  return { columns, query: opportunitiesQuery(find, ctx.today, sort, null, ALL), lines: (r) => [r] };
};
