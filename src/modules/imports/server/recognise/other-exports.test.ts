// Files of billing, accounting and contract systems, with every room's lists among the possibilities.
import { describe, expect, it } from 'vitest';
import { modules } from '../../../../app/server.ts';
import { importersOf } from '../../../../kernel/server/importing.ts';
import type { Inspection } from '../inspect.ts';
import { inspect } from '../inspect.ts';
import { readers } from './convert-values.ts';
import { otherExports } from './other-exports.ts';

const shapes = importersOf(modules).map((importer) => importer.shape);
const look = (lines: readonly string[], name = 'list.csv'): Promise<Inspection> =>
  inspect(Buffer.from(`${lines.join('\n')}\n`), name, { shapes, workspaceCurrency: 'EUR' });
const fields = (seen: Inspection): Record<string, string> =>
  Object.fromEntries(
    seen.mapping.flatMap((one) => (one.target.kind === 'field' ? [[one.target.field, one.header]] : [])),
  );

describe('exports of other systems are taken for what they are', () => {
  it.each(otherExports)('$system', async ({ name, lines, entity, expected }) => {
    const seen = await look(lines, name);
    expect(seen.recognition.entity).toBe(entity);
    expect(fields(seen)).toMatchObject(expected);
    expect(seen.planned!.questions).toEqual([]);
  });

  it('a list of expenses that names no account is one of expenses, not of products, and asks for the account', async () => {
    const seen = await look([
      'Timestamp,Merchant,Amount,MCC,Category,Tag,Description,Reimbursable',
      '2026-10-14,United,1250.40,4511,Travel,Brightwater,QBR,yes',
      '2026-11-03,Grill,96.75,5812,Meals,Kestrel,Dinner,yes',
    ]);
    expect(seen.recognition.entity).toBe('expenses');
    expect(fields(seen)).toMatchObject({ project: 'Tag', merchant: 'Merchant' });
    expect(seen.warnings.join(' ')).toContain('No column names the account');
  });

  it('the code of a ledger’s account is no customer', async () => {
    const xero = otherExports.find(({ system }) => system === 'Xero, invoices')!;
    expect(fields(await look(xero.lines, xero.name))).not.toHaveProperty('accountId');
  });

  it('a probability between 0 and 1 is a share, in percent it stays as it is', async () => {
    const deals = (...of: string[]) =>
      look([
        'Deal Name,Deal Stage,Close Date,Deal probability',
        ...of.map((p, i) => `D${i},Won,2026-01-0${i + 1},${p}`),
      ]);
    const column = async (seen: Promise<Inspection>) =>
      (await seen).planned!.plan.columns.find((one) => one.header === 'Deal probability')!;
    const shares = await column(deals('0.9', '0.2', '1'));
    expect(shares.ofOne).toBe(true);
    const context = { workspaceCurrency: 'EUR', rowCurrency: null, unmark: false };
    expect(['0.9', '1', '0.07', '35%'].map((text) => readers(shares)(text, context))).toEqual([90, 100, 7, 35]);
    expect((await column(deals('90', '20', '1'))).ofOne).toBeUndefined();
    expect((await column(deals('0', '1', '1'))).ofOne).toBeUndefined();
  });

  it('tax numbers and other long keys become text of the workspace’s own, not money or numbers', async () => {
    const seen = await look([
      'Code client;Raison sociale;SIRET;N° TVA',
      'C1;Eaux;55208129700012;FR40552081297',
      'C2;Frérot;73282932000074;FR83732829320',
    ]);
    expect(seen.mapping.slice(2).map((one) => one.target)).toMatchObject([
      { kind: 'custom', type: 'text' },
      { kind: 'custom', type: 'text' },
    ]);
  });
});
