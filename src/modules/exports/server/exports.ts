// The use cases of the exports room: a list as a stream of bytes. The rows come from one query of its own, so they are of one moment.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { ExportColumn, Exporter } from '../../../kernel/server/exporting.ts';
import type { Call, Ctx, FileAnswer } from '../../../kernel/server/module.ts';
import { exportAccounts } from '../../accounts/server/index.ts';
import { exportOpportunities, findOpportunities } from '../../pipeline/server/index.ts';
import { exportPeople } from '../../stakeholders/server/index.ts';
import type * as api from '../api.ts';
import { BOM, csvLine } from './csv.ts';
import { writeXlsx } from './xlsx.ts';

export async function accounts(ctx: Ctx, { query }: Call<typeof api.exportAccounts>): Promise<FileAnswer> {
  const { format, columns, sort, group, groupFirst = [], ...filter } = query;
  const grouping = group && { by: group, first: groupFirst };
  return stream(ctx, 'Accounts', await exportAccounts(ctx, { filter, sort, group: grouping }), format, columns);
}

export async function people(ctx: Ctx, { query }: Call<typeof api.exportPeople>): Promise<FileAnswer> {
  const { format, columns, sort, ...filter } = query;
  return stream(ctx, 'People', await exportPeople(ctx, { filter, sort }), format, columns);
}

export async function opportunities(ctx: Ctx, { query }: Call<typeof api.exportOpportunities>): Promise<FileAnswer> {
  const { format, columns, sort, ...filter } = query;
  const find = findOpportunities(ctx, filter);
  return stream(ctx, 'Opportunities', await exportOpportunities(ctx, { find, sort }), format, columns);
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function chosen<Line>(all: ExportColumn<Line>[], keys: string[] | undefined): ExportColumn<Line>[] {
  if (!keys?.length) return all.filter((c) => !c.isExtra);
  const byKey = new Map(all.map((c) => [c.key, c]));
  const unknown = keys.filter((k) => !byKey.has(k));
  if (unknown.length)
    throw new Problem(422, 'invalid', `There is no column ${unknown.slice(0, 5).join(', ')}`, {
      fields: [{ field: 'columns', message: `Choose among ${all.map((c) => c.key).join(', ')}` }],
    });
  return [...new Set(keys)].map((k) => byKey.get(k)!);
}

function stream<Row, Line>(
  ctx: Ctx,
  title: string,
  exporter: Exporter<Row, Line>,
  format: 'csv' | 'xlsx',
  keys: string[] | undefined,
): FileAnswer {
  const columns = chosen(exporter.columns, keys);
  const headers = columns.flatMap((c) => c.headers);
  const out = new PassThrough({ highWaterMark: 256 * 1024 });
  const { actor, services, requestId, log } = ctx;
  const access = {
    workspaceId: actor.workspaceId,
    memberId: actor.memberId,
    level: actor.level,
    label: `export:${actor.name}`,
    requestId,
  };
  const send = async (chunk: string | Uint8Array): Promise<void> => {
    if (out.destroyed) throw new Error('the reader has gone');
    if (!out.write(chunk)) await Promise.race([once(out, 'drain'), once(out, 'close')]);
  };
  const linesOf = (rows: Row[]) => rows.flatMap(exporter.lines).map((line) => columns.flatMap((c) => c.cells(line)));
  // Begins when the transaction of the request is over; the reader sets the pace.
  ctx.afterCommit(() => {
    void services.database
      .session(access, (session) =>
        session.transaction(async (tx, bulk) => {
          const asked = columns.map((c) => c.key);
          const chunks = async function* () {
            for await (const rows of bulk.read(exporter.query)) {
              await exporter.prepare?.(tx, rows, asked);
              yield linesOf(rows);
            }
          };
          if (format === 'csv') {
            await send(BOM + csvLine(headers));
            for await (const lines of chunks()) await send(lines.map(csvLine).join(''));
          } else {
            const writer = writeXlsx(
              title,
              headers,
              headers.map((h) => Math.max(10, Math.min(40, h.length + 4))),
            );
            for await (const lines of chunks()) for (const chunk of writer.lines(lines)) await send(chunk);
            for (const chunk of writer.end()) await send(chunk);
          }
        }),
      )
      .then(
        () => out.end(),
        (error: Error) => {
          if (!out.destroyed) log.error({ err: error }, 'an export broke off');
          // A file that ends early must not look whole.
          out.destroy(error);
        },
      );
  });
  return { stream: out, type: TYPES[format], fileName: `${title} ${ctx.today}.${format}` };
}
