// What importers have to say of rows, said set by set: rejected, or taken with a warning.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';

export type Remark = {
  weight: 'reject' | 'warn';
  /** Key of the field that it is about. */
  field: string;
  code: string;
  message: string;
  where: RawBuilder<unknown>;
  /** What stands in the row, for the person who reads it. */
  value?: RawBuilder<unknown>;
};

async function remark(
  tx: Tx,
  from: RawBuilder<unknown>,
  n: RawBuilder<unknown>,
  remarks: readonly Remark[],
): Promise<void> {
  for (const one of remarks)
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select ${n}, ${one.weight}, ${one.field}, ${one.code}, ${one.message}, ${one.value ?? sql`null`} from ${from} where ${one.where}`.execute(
      tx,
    );
}

/** In `prepare`: says the same of every staged row `s` that fits. */
export const remarkStaged = (tx: Tx, remarks: readonly Remark[]): Promise<void> =>
  remark(tx, sql`pg_temp.import_stage s`, sql`s.n`, remarks);

/** In `check`: of every taken row `r` that fits; `s` is how it was staged. */
export const remarkTaken = (tx: Tx, remarks: readonly Remark[]): Promise<void> =>
  remark(tx, sql`pg_temp.import_row r join pg_temp.import_stage s on s.n = r.n`, sql`r.n`, remarks);

/** Rows that name no account, of tables that need one. */
export const NO_ACCOUNT: Remark = {
  weight: 'reject',
  field: 'accountId',
  code: 'no_account',
  message: 'The row names no account.',
  where: sql`r.account_id is null`,
};
