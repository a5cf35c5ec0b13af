// Work on a clock, with two servers on one database.
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../test/app.ts';
import type { Building } from '../../app/building.ts';
import { openBuilding } from '../../app/building.ts';
import type { Schedule } from './module.ts';
import { runDue, slotOf } from './schedule.ts';

const log = pino({ level: 'silent' });
let t: TestApp;
let second: Building;
beforeAll(async () => {
  t = await openTestApp();
  second = await openBuilding({ config: t.building.services.config, databaseUrl: t.url, log });
});
afterAll(async () => {
  await second.close();
  await t.close();
});

const counting = (name: string, work: () => Promise<void> = async () => {}) => {
  const slots: string[] = [];
  const schedule: Schedule = {
    name,
    every: 'minute',
    run: async (_services, slot) => {
      slots.push(slot);
      await work();
    },
  };
  return { schedule, slots };
};

describe('scheduled work', () => {
  it('knows its slot by the hour, the day, the minute', () => {
    const at = new Date('2026-02-28T09:30:15Z');
    expect([slotOf('day', at), slotOf('hour', at), slotOf('minute', at)]).toEqual([
      '2026-02-28',
      '2026-02-28T09',
      '2026-02-28T09:30',
    ]);
  });

  it('is done once a slot, however many servers look at the same moment and how often', async () => {
    t.setTime('2026-11-22T10:00:30Z');
    const { schedule, slots } = counting('once', () => new Promise((resolve) => setTimeout(resolve, 50)));
    const servers = [t.building.services, { ...second.services, clock: t.building.services.clock }];
    const ran = await Promise.all([...servers, ...servers, ...servers].map((s) => runDue(s, [schedule], log)));
    expect(slots).toEqual(['2026-11-22T10:00']);
    expect(ran.flat()).toEqual(['once']);
    t.setTime('2026-11-22T10:01:00Z');
    await Promise.all(servers.map((s) => runDue(s, [schedule], log)));
    expect(slots).toEqual(['2026-11-22T10:00', '2026-11-22T10:01']);
  });

  it('that failed, or whose server died, is taken up again after half an hour and not before', async () => {
    t.setTime('2026-11-22T11:00:00Z');
    let broken = true;
    const { schedule, slots } = counting('fragile', async () => {
      if (broken) throw new Error('no luck');
    });
    const { services, database } = t.building;
    expect(await runDue(services, [schedule], log)).toEqual([]);
    broken = false;
    expect(await runDue(services, [schedule], log)).toEqual([]);
    await database.system((_tx, client) =>
      client.query(`update kernel.schedule_slot set taken_at = now() - interval '31 minutes' where name = 'fragile'`),
    );
    expect(await runDue(services, [schedule], log)).toEqual(['fragile']);
    expect(await runDue(services, [schedule], log)).toEqual([]);
    expect(slots).toHaveLength(2);
  });

  it('does not keep the next from being done when it fails', async () => {
    const bad = counting('bad', () => Promise.reject(new Error('no')));
    const good = counting('good');
    expect(await runDue(t.building.services, [bad.schedule, good.schedule], log)).toEqual(['good']);
  });
});
