// What the building itself clears away: delivered events, old idempotency keys, past schedule slots.
import type { Schedule } from './module.ts';

export const KEEP_EVENTS_DAYS = 30;

export const housekeeping: Schedule = {
  name: 'kernel.housekeeping',
  every: 'day',
  async run(services) {
    await services.database.system(async (_tx, client) => {
      await client.query(`delete from kernel.outbox where delivered_at < now() - make_interval(days => $1)`, [
        KEEP_EVENTS_DAYS,
      ]);
      await client.query(`delete from kernel.idempotency where at < now() - interval '1 day'`);
      await client.query(`delete from kernel.schedule_slot where taken_at < now() - interval '60 days'`);
    });
    await services.signIn.forgetExpired();
  },
};
