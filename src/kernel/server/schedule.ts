// Work on a clock. A slot is a primary key, so that of many servers one takes it; a slot whose server died is taken again.
import type { Logger } from 'pino';
import type { Schedule, Services } from './module.ts';

/** The slot an instant belongs to: `2026-02-28`, `2026-02-28T09`, `2026-02-28T09:30`. */
export function slotOf(every: Schedule['every'], at: Date): string {
  return at.toISOString().slice(0, every === 'day' ? 10 : every === 'hour' ? 13 : 16);
}

/** Takes the current slot of each schedule that is due and runs it. Answers the names that ran here. */
export async function runDue(services: Services, schedules: Schedule[], log: Logger): Promise<string[]> {
  const ran: string[] = [];
  for (const schedule of schedules) {
    const slot = slotOf(schedule.every, services.clock());
    const taken = await services.database.system((_tx, client) =>
      client.query(
        `insert into kernel.schedule_slot (name, slot) values ($1, $2)
         on conflict (name, slot) do update set taken_at = now() where kernel.schedule_slot.done_at is null and kernel.schedule_slot.taken_at < now() - interval '30 minutes'
         returning name`,
        [schedule.name, slot],
      ),
    );
    if (!taken.rowCount) continue;
    try {
      await schedule.run(services, slot);
      await services.database.system((_tx, client) =>
        client.query('update kernel.schedule_slot set done_at = now() where name = $1 and slot = $2', [
          schedule.name,
          slot,
        ]),
      );
      ran.push(schedule.name);
    } catch (error) {
      log.error(
        { err: error, schedule: schedule.name, slot },
        'scheduled work failed; it is tried again in half an hour',
      );
    }
  }
  return ran;
}

export function startSchedules(services: Services, schedules: Schedule[], log: Logger): { stop(): void } {
  let busy = false;
  const tick = async () => {
    if (busy) return;
    busy = true;
    try {
      await runDue(services, schedules, log);
    } catch (error) {
      log.warn({ err: error }, 'schedules could not be looked at');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void tick(), 30_000);
  timer.unref();
  setTimeout(() => void tick(), 3_000).unref();
  return { stop: () => clearInterval(timer) };
}
