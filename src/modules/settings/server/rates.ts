// Exchange rates: looked at, entered, imported; money converted and added at the rates of a day.
import { readFile } from 'node:fs/promises';
import Big from 'big.js';
import { unzipSync } from 'fflate';
import { invalid, notFound, Problem } from '../../../kernel/contract/problem.ts';
import type { Money } from '../../../kernel/contract/shapes.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import type { RateReport } from '../api.ts';
import * as store from './rates-store.ts';
import { knownCurrency } from './rules/preferences.ts';
import { FILE_BASE, type RateTable, rateTable, readRateFile } from './rules/rates.ts';
import { convert, crossRate } from './rules.ts';
import { workspace } from './store.ts';

const present = (r: store.RateRow) => ({
  base: r.base,
  currency: r.currency,
  on: r.on_date,
  rate: r.rate,
  source: r.source,
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listRates>) {
  const { limit, cursor, ...find } = query;
  const scope = `rates ${find.base} ${find.currency}`;
  const rows = await store.rates(ctx.tx, find, decodeCursor(scope, cursor, 1), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [r.on_date]));
  return { items: items.map(present), nextCursor };
}

export async function latest(ctx: Ctx, { query }: Call<typeof api.latestRates>) {
  const on = query.on ?? ctx.today;
  return { items: (await store.latest(ctx.tx, on)).map(present), nextCursor: null, on };
}

export async function convertMoney(ctx: Ctx, { query }: Call<typeof api.convertMoney>) {
  const { amount, from, to } = query;
  const on = query.on ?? ctx.today;
  const done = await convertOn(ctx.tx, { amount, currency: from }, to, on);
  if (!done) {
    throw new Problem(
      404,
      'rate_unknown',
      `No rate between ${from} and ${to} is known on or before ${on}. Import the rates of the European Central Bank, or enter one.`,
    );
  }
  if (!Number.isSafeInteger(done.to.amount))
    throw invalid({ field: 'amount', message: 'The result is too large to be exact' });
  return { from: { amount, currency: from }, to: done.to, rate: done.rate, usedOn: done.usedOn, on };
}

export async function put(ctx: Ctx, { body }: Call<typeof api.putRate>) {
  const problems = (['base', 'currency'] as const)
    .filter((f) => !knownCurrency(body[f]))
    .map((field) => ({ field, message: 'There is no such currency' }));
  if (body.base === body.currency) problems.push({ field: 'currency', message: 'Choose another currency' });
  if (problems.length) throw invalid(problems);
  const before = await store.rate(ctx.tx, body);
  await store.putRate(ctx.tx, { ...body, source: 'hand' });
  await record(ctx, {
    name: `1 ${body.base} = ${new Big(body.rate).toFixed()} ${body.currency}`,
    source: 'hand',
    from_on: body.on,
    to_on: body.on,
    ...(before ? { changed: 1 } : { added: 1 }),
  });
  return present((await store.rate(ctx.tx, body))!);
}

export async function remove(ctx: Ctx, { params }: Call<typeof api.deleteRate>): Promise<undefined> {
  const before = await store.rate(ctx.tx, params);
  if (!before) throw notFound('rate');
  await store.deleteRate(ctx.tx, params);
  await record(ctx, {
    name: `1 ${before.base} = ${before.rate} ${before.currency}`,
    source: before.source,
    from_on: before.on_date,
    to_on: before.on_date,
    removed: 1,
  });
}

async function record(ctx: Ctx, row: Omit<Parameters<typeof store.recordUpdate>[1], 'workspace_id'>): Promise<void> {
  const id = await store.recordUpdate(ctx.tx, { ...row, workspace_id: ctx.actor.workspaceId });
  await ctx.emit({ type: 'rates.changed', rowId: id });
}

const MAX_BYTES = 50 * 1024 * 1024;
const CHUNK = 40_000;

/** Reads a rate file into the workspace of `ctx`. The same file again changes nothing. Used by the upload and by the command line. */
export async function importRateFile(ctx: Ctx, file: { name: string; content: Uint8Array }): Promise<RateReport> {
  const read = readRateFile(textOf(file.content));
  if (!read) {
    throw invalid({
      field: 'file',
      message: 'The first line must read Date and then currencies, as in the files of the European Central Bank',
    });
  }
  const report: RateReport = {
    file: file.name,
    from: null,
    to: null,
    currencies: new Set(read.currency).size,
    new: 0,
    changed: 0,
    same: 0,
    kept: 0,
    rejected: read.rejected,
    problems: read.problems,
  };
  for (let i = 0; i < read.on.length; i += CHUNK) {
    const part = {
      on: read.on.slice(i, i + CHUNK),
      currency: read.currency.slice(i, i + CHUNK),
      rate: read.rate.slice(i, i + CHUNK),
    };
    const done = await store.mergeRates(ctx.tx, FILE_BASE, 'ecb', part);
    report.new += done.new;
    report.changed += done.changed;
    report.kept += done.kept;
    report.same += part.on.length - done.new - done.changed - done.kept;
    for (const on of part.on) {
      if (report.from === null || on < report.from) report.from = on;
      if (report.to === null || on > report.to) report.to = on;
    }
  }
  if (report.new + report.changed > 0) {
    await record(ctx, {
      name: file.name.slice(0, 200),
      source: 'ecb',
      from_on: report.from,
      to_on: report.to,
      added: report.new,
      changed: report.changed,
    });
  }
  return report;
}

export async function upload(ctx: Ctx, { uploads }: Call<typeof api.importRates>): Promise<RateReport> {
  const [one] = uploads;
  if (!one || uploads.length > 1) throw invalid({ field: 'file', message: 'Choose one file' });
  if (one.bytes > MAX_BYTES) throw new Problem(413, 'too_large', 'A file of rates may have up to 50 MB.');
  return importRateFile(ctx, { name: one.fileName, content: await readFile(one.path) });
}

/** The text of a CSV, or of the first CSV in a zip. */
function textOf(content: Uint8Array): string {
  const zipped = content[0] === 0x50 && content[1] === 0x4b;
  let bytes: Uint8Array = content;
  if (zipped) {
    try {
      const inside = unzipSync(content, {
        filter: (f) => /\.csv$/i.test(f.name) && f.originalSize <= MAX_BYTES,
      });
      bytes = Object.values(inside)[0] ?? new Uint8Array();
    } catch {
      throw invalid({ field: 'file', message: 'This zip cannot be opened' });
    }
  }
  return new TextDecoder('utf-8').decode(bytes);
}

// Doors ---------------------------------------------------------------------

/** The last rates on or before a day, for some currencies, joined over the euro. */
export async function ratesOn(tx: Tx, currencies: readonly string[], on: string): Promise<RateTable> {
  return rateTable(await store.knownRates(tx, [...new Set(currencies)], on));
}

/**
 * An amount in another currency at the last rate known on or before a day; null where none is.
 * `usedOn` is the day of that rate, with two rates the older of their days.
 */
export async function convertOn(
  tx: Tx,
  from: Money,
  to: string,
  on: string,
): Promise<{ to: Money; rate: string; usedOn: string } | null> {
  if (from.currency === to) return { to: { ...from }, rate: '1', usedOn: on };
  const table = await ratesOn(tx, [from.currency, to], on);
  const rate = crossRate(table.perBase, table.base, from.currency, to);
  if (rate === null) return null;
  const days = [from.currency, to].flatMap((c) => table.days.get(c) ?? []).sort();
  return {
    to: { amount: convert(from.amount, from.currency, to, rate), currency: to },
    rate: rate.toFixed(),
    usedOn: days[0] ?? on,
  };
}

export type Total = {
  amount: number;
  currency: string;
  /** Currencies for which no rate is known on or before the day; their amounts are left out. */
  missing: string[];
  byCurrency: Money[];
};

/**
 * Adds money of several currencies in the workspace's currency, at the rates in force on a day (the last known on or before it).
 * Unlike currencies are never added without a rate.
 */
export async function totalOf(tx: Tx, parts: readonly Money[], on: string): Promise<Total> {
  const currencies = parts.map((p) => p.currency);
  return (await totaller(tx, currencies, on))(parts);
}

/** The same for many sums over the same currencies: the rates are read once. */
export async function totaller(
  tx: Tx,
  currencies: readonly string[],
  on: string,
): Promise<(parts: readonly Money[]) => Total> {
  const to = (await workspace(tx))?.currency;
  if (to === undefined) throw notFound('workspace');
  const foreign = currencies.filter((c) => c !== to);
  const table = foreign.length ? await ratesOn(tx, [...foreign, to], on) : rateTable([]);
  return (parts) => {
    let amount = 0;
    const missing = new Set<string>();
    for (const part of parts) {
      const rate = crossRate(table.perBase, table.base, part.currency, to);
      if (rate === null) missing.add(part.currency);
      else amount += convert(part.amount, part.currency, to, rate);
    }
    return { amount, currency: to, missing: [...missing].sort(), byCurrency: [...parts] };
  };
}
