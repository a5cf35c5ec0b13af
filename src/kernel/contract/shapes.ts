// The small shapes that every room's contract is built of: ids, dates, money, texts, lists.
import * as z from 'zod';

export const id = z.uuid();
/** A calendar day, `2026-02-28`; must exist. */
export const day = z.iso.date().meta({ id: 'Day' });
/** An instant in UTC, `2026-02-28T09:30:00.000Z`. */
export const instant = z.iso.datetime({ offset: true }).meta({ id: 'Instant' });
export const currency = z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter currency code such as EUR');
/** Integer minor units (cents, pence; the currency says how many digits) and an ISO currency. */
export const money = z.strictObject({ amount: z.int(), currency }).meta({ id: 'Money' });
export type Money = z.infer<typeof money>;

export const name = z.string().trim().min(1, 'Required').max(200);
export const line = z.string().trim().max(300);
export const text = z.string().max(20_000);
export const email = z.email().max(254);
export const version = z.int().min(1);

export const byId = z.strictObject({ id });
export const none = z.strictObject({});

/** A list parameter: `?tier=a&tier=b`, or once. */
export const many = <T extends z.ZodType>(item: T) =>
  z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(item).max(100).optional());
/** The same where at least one is needed. */
export const some = <T extends z.ZodType>(item: T) =>
  z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(item).min(1).max(100));
/** A yes/no parameter: `?archived=true`. */
export const flag = z.stringbool().optional();

/** Keyset paging: what every list takes. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
};
/** What every list answers. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
