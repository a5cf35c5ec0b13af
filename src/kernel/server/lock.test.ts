// Locks on a data folder: one holder at a time, told to others, never left behind by a killed process.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirInUseError, lockDataDir, serverOf, withLock } from './lock.ts';

const lockFile = new URL('./lock.ts', import.meta.url).href;
let dir: string;
let children: ChildProcess[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'okl-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** Runs code in processes of their own and collects what they print. */
async function processes(
  count: number,
  code: string,
): Promise<{ child: ChildProcess; firstLine: Promise<string>; ended: Promise<string> }[]> {
  return Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    return {
      child,
      firstLine: new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).trim()))),
      ended: new Promise<string>((resolve) => child.once('close', () => resolve(text.trim()))),
    };
  });
}
const imports = `const { lockDataDir, withLock } = await import(${JSON.stringify(lockFile)});`;

describe('one server a data folder', () => {
  it('the second is told who has it, and gets it once that one lets go', async () => {
    const first = await lockDataDir(dir, { url: 'http://127.0.0.1:4400' });
    const refused = await lockDataDir(dir, { patienceMs: 0 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataDirInUseError);
    expect((refused as Error).message).toBe(
      `OpenKAM is already running on this data folder (process ${process.pid}, http://127.0.0.1:4400). Stop it first, or set OPENKAM_DATA to another folder than ${dir}.`,
    );
    expect(await serverOf(dir)).toEqual({ pid: process.pid, url: 'http://127.0.0.1:4400' });
    await first.release();
    expect(await serverOf(dir)).toBeNull();
    const second = await lockDataDir(dir, { patienceMs: 0 });
    await second.release();
  });

  it('a place where no folder can be is refused by the name of the setting', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await expect(lockDataDir(join(file, 'data'))).rejects.toThrow(/OPENKAM_DATA names .*may not write \(ENOTDIR\)/);
  });

  it('other folders are free', async () => {
    const locks = [await lockDataDir(join(dir, 'a')), await lockDataDir(join(dir, 'b'))];
    for (const lock of locks) await lock.release();
  });

  it('a server that is just stopping is waited for', async () => {
    const first = await lockDataDir(dir);
    setTimeout(() => void first.release(), 300);
    const second = await lockDataDir(dir, { patienceMs: 5000 });
    await second.release();
  });

  it('nothing is left of the lock of a killed server', async () => {
    const [server] = await processes(
      1,
      `${imports} await lockDataDir(${JSON.stringify(dir)}); console.log('locked'); setInterval(() => {}, 1000);`,
    );
    expect(await server!.firstLine).toBe('locked');
    expect(await serverOf(dir)).toEqual({ pid: server!.child.pid, url: null });
    server!.child.kill('SIGKILL');
    await server!.ended;
    expect(await serverOf(dir)).toBeNull();
    const lock = await lockDataDir(dir, { patienceMs: 0 });
    await lock.release();
  });

  it('a server that is merely halted keeps its folder', async () => {
    const [server] = await processes(
      1,
      `${imports} await lockDataDir(${JSON.stringify(dir)}); console.log('locked'); setInterval(() => {}, 1000);`,
    );
    await server!.firstLine;
    server!.child.kill('SIGSTOP');
    await expect(lockDataDir(dir, { patienceMs: 0 })).rejects.toThrow(DataDirInUseError);
  });

  it('of several that start at the same moment over the lock of a killed one, exactly one wins', async () => {
    for (let round = 0; round < 3; round++) {
      const contenders = await processes(
        4,
        `${imports}
         await lockDataDir(${JSON.stringify(dir)}, { patienceMs: 0 })
           .then(() => console.log('won'), (error) => console.log(error.name));
         setInterval(() => {}, 1000);`,
      );
      const results = await Promise.all(contenders.map((contender) => contender.firstLine));
      expect(results.sort()).toEqual(['DataDirInUseError', 'DataDirInUseError', 'DataDirInUseError', 'won']);
      // Killed, so that the next round begins with a dead lock.
      for (const { child } of contenders) child.kill('SIGKILL');
      await Promise.all(contenders.map((contender) => contender.ended));
    }
  });

  it('a lock alone does not keep a process alive', async () => {
    const [process_] = await processes(1, `${imports} await lockDataDir(${JSON.stringify(dir)}); console.log('done');`);
    expect(await process_!.ended).toBe('done');
  });
});

describe('work under a lock', () => {
  it('never overlaps, within a process or between processes, and leaves no files behind', async () => {
    let inside = 0;
    let most = 0;
    const work = () =>
      withLock(dir, 'work', async () => {
        most = Math.max(most, ++inside);
        await sleep(20);
        inside--;
      });
    const others = await processes(
      2,
      `${imports}
       for (let i = 0; i < 3; i++) await withLock(${JSON.stringify(dir)}, 'work', async () => {
         const begun = Date.now(); await new Promise((r) => setTimeout(r, 20)); console.log(begun, Date.now());
       });`,
    );
    await Promise.all([work(), work(), work(), work()]);
    expect(most).toBe(1);
    const spans = (await Promise.all(others.map((other) => other.ended)))
      .flatMap((text) => text.split('\n'))
      .map((line) => line.split(' ').map(Number) as [number, number])
      .sort((a, b) => a[0] - b[0]);
    expect(spans).toHaveLength(6);
    for (const [index, span] of spans.entries())
      if (index > 0) expect(span[0]).toBeGreaterThanOrEqual(spans[index - 1]![1]);
    expect(await readdir(join(dir, 'run', 'lock'))).toEqual([]);
  });

  it('lets go when the work fails', async () => {
    await expect(withLock(dir, 'work', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(dir, 'work', () => Promise.resolve('yes'))).toBe('yes');
  });
});
