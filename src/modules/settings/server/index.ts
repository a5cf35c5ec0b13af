// DOOR 2 of the settings room.
import { sql } from 'kysely';
import type { FieldError } from '../../../kernel/contract/problem.ts';
import type { Money } from '../../../kernel/contract/shapes.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import { type CustomField, convert, crossRate, customProblems } from './rules.ts';

export { type CustomField, convert, minorDigits } from './rules.ts';

/** The custom fields of an entity that are in use, in their order. */
export async function customFields(tx: Tx, entity: CustomField['entity']): Promise<CustomField[]> {
  const rows = await tx
    .selectFrom('custom_field')
    .select(['id', 'entity', 'key', 'label', 'type', 'choices'])
    .where('entity', '=', entity)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute();
  return rows as CustomField[];
}

/** Problems of custom values as field errors; empty where all is well. */
export async function checkCustom(
  tx: Tx,
  entity: CustomField['entity'],
  values: Record<string, unknown> | undefined,
): Promise<FieldError[]> {
  if (!values || Object.keys(values).length === 0) return [];
  return customProblems(await customFields(tx, entity), values);
}

export type Total = {
  amount: number;
  currency: string /** Currencies for which no rate is known on or before the day; their amounts are left out. */;
  missing: string[];
  byCurrency: Money[];
};

/**
 * Adds money of several currencies in the workspace's currency, at the rates in force on a day (the last known on or before it).
 * Unlike currencies are never added without a rate.
 */
export async function totalOf(tx: Tx, parts: readonly Money[], on: string): Promise<Total> {
  return (
    await totaller(
      tx,
      parts.map((p) => p.currency),
      on,
    )
  )(parts);
}

/** The same for many sums over the same currencies: the rates are read once. */
export async function totaller(
  tx: Tx,
  currencies: readonly string[],
  on: string,
): Promise<(parts: readonly Money[]) => Total> {
  const workspace = await tx.selectFrom('workspace').select('currency').executeTakeFirstOrThrow();
  const to = workspace.currency;
  const foreign = [...new Set(currencies.filter((c) => c !== to))];
  const rates = foreign.length
    ? await ratesOn(tx, [...foreign, to], on)
    : { base: to, perBase: new Map<string, string>() };
  return (parts) => {
    let amount = 0;
    const missing = new Set<string>();
    for (const part of parts) {
      const rate = crossRate(rates.perBase, rates.base, part.currency, to);
      if (rate === null) missing.add(part.currency);
      else amount += convert(part.amount, part.currency, to, rate);
    }
    return { amount, currency: to, missing: [...missing].sort(), byCurrency: [...parts] };
  };
}

/** The last rate on or before a day for each currency, on the base with most rates. */
export async function ratesOn(
  tx: Tx,
  currencies: readonly string[],
  on: string,
): Promise<{ base: string; perBase: Map<string, string> }> {
  const { rows } = await sql<{ base: string; currency: string; rate: string }>`
    select b.base, c.currency, r.rate from (select distinct base from fx_rate) b
    cross join unnest(${[...currencies]}::text[]) c(currency)
    cross join lateral (select rate from fx_rate f where f.base = b.base and f.currency = c.currency and f.on_date <= ${on}::date order by on_date desc limit 1) r`.execute(
    tx,
  );
  const byBase = Map.groupBy(rows, (r) => r.base);
  let best: { base: string; perBase: Map<string, string> } = { base: 'EUR', perBase: new Map() };
  for (const [base, list] of byBase)
    if (list.length > best.perBase.size) best = { base, perBase: new Map(list.map((r) => [r.currency, r.rate])) };
  return best;
}
