// The pipeline's part in imports: opportunities of any CRM, with stages that we do not know yet, and the history of their stages.

import type { Tx } from '../../../kernel/server/database.ts';
import { resolveRefs } from '../../../kernel/server/import-refs.ts';
import { tableImporter } from '../../../kernel/server/import-table.ts';
import type { ImportChange, Importer, ImportRun } from '../../../kernel/server/importing.ts';
import { resolveAccountRefs } from '../../accounts/server/index.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import { ownColumns } from './exporter.ts';
import { readEvents } from './import-events-store.ts';
import { historyShape } from './import-history-shape.ts';
import { opportunitiesShape } from './import-shape.ts';
import * as store from './import-store.ts';

const PARTS = ['opportunity_line', 'opportunity_person', 'opportunity_change', 'opportunity_stage_entry'] as const;

/** The same with the stages that a file brings: made with the first rows that stand in them, taken back with the last. */
function withStages(of: Importer): Importer {
  return {
    ...of,
    tables: [...of.tables, 'pipeline_stage'],
    async write(tx, run, from, to) {
      const made = await store.makeStages(tx, run, from, to);
      const stages: ImportChange[] = made.length
        ? [
            {
              table: 'pipeline_stage',
              action: 'insert',
              rows: made.map((m) => m.n),
              ids: made.map((m) => m.id),
              versions: made.map(() => 1),
              before: null,
            },
          ]
        : [];
      return [...stages, ...(await of.write(tx, run, from, to))];
    },
    async undo(tx, run, change) {
      if (change.table !== 'pipeline_stage') return of.undo(tx, run, change);
      // Stages are parts of what stands in them: the report counts those.
      await store.removeStages(tx, change.ids);
      return { removed: 0, restored: 0, kept: [] };
    },
  };
}

const dayOf = (run: ImportRun) => run.services.clock().toISOString().slice(0, 10);

function opportunities(): Importer {
  const make = (currency: string, today: string) =>
    tableImporter({
      shape: opportunitiesShape,
      order: 55,
      table: 'opportunity',
      natural: ['account_id', 'name'],
      parts: PARTS,
      nameColumn: 'name',
      ownColumns,
      prepare: async (tx, run) => {
        await resolveAccountRefs(tx, run, { idColumn: 'account_id', nameColumn: 'account_name' });
        await store.findStages(tx, run);
      },
      from: store.opportunitySql.from,
      values: store.opportunitySql.values,
      fresh: store.opportunitySql.fresh(currency, today),
      check: (tx) => store.remarkOpportunities(tx),
      afterwards: (ctx) => ctx.emit({ type: 'opportunity.imported' }),
    });
  const plain = make('EUR', '2000-01-01');
  // What new rows get depends on the workspace and the day, which are known only when a file is at hand.
  const now = async (tx: Tx, run: ImportRun) => make(await workspaceCurrency(tx), dayOf(run));
  return withStages({
    ...plain,
    async plan(tx, run) {
      await (await now(tx, run)).plan(tx, run);
      await store.keepClosed(tx);
    },
    async write(tx, run, from, to) {
      await store.rememberJudgement(tx, from, to);
      const changes = await (await now(tx, run)).write(tx, run, from, to);
      await store.followStage(tx, from, to);
      return changes;
    },
  });
}

export const opportunitiesImporter = opportunities();

export const historyImporter = withStages(
  tableImporter({
    shape: historyShape,
    order: 60,
    table: 'opportunity_stage_entry',
    natural: ['opportunity_id', 'stage_id', 'entered_at'],
    lacks: ['updated_at'],
    prepare: async (tx, run) => {
      await resolveRefs(tx, run, {
        entity: 'opportunities',
        table: 'opportunity',
        idColumn: 'opportunity_id',
        noun: 'opportunity',
        into: 'import_opportunity',
      });
      if (run.mapped.has('change')) await readEvents(tx);
      await store.findHistoryStages(tx, run);
    },
    from: store.historySql.from,
    values: store.historySql.values,
    afterwards: async (ctx) => {
      await store.settleSince(ctx.tx);
      await ctx.emit({ type: 'opportunity.imported' });
    },
  }),
);
