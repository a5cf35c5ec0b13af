// Starts the product as a person would, and other processes for comparison; everything in a folder of its own.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type Running = { process: ChildProcess; pid: number; ms: number; stop(): Promise<void> };

/** Starts the server and answers after its line "OpenKAM is ready", with the milliseconds it took. */
export async function startServer(dataDir: string, port: number, env: Record<string, string> = {}): Promise<Running> {
  const started = performance.now();
  const child = spawn(process.execPath, ['src/app/main.ts'], {
    env: { ...process.env, OPENKAM_DATA: dataDir, OPENKAM_PORT: String(port), OPENKAM_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('OpenKAM is ready') && resolve());
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { process: child, pid: child.pid!, ms: performance.now() - started, stop: () => end(child) };
}

export async function startFloor(databaseUrl: string, port: number): Promise<Running> {
  const started = performance.now();
  const child = fork('bench/floor.ts', [databaseUrl, String(port)], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('message', resolve));
  return { process: child, pid: child.pid!, ms: performance.now() - started, stop: () => end(child) };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Runs a command to its end: seconds, output, and the most memory it held (Linux). */
export async function runToEnd(
  args: string[],
  env: Record<string, string>,
): Promise<{ seconds: number; output: string; code: number | null; peakMb: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let peakMb = Number.NaN;
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const watch = setInterval(() => {
    try {
      const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (line) peakMb = Math.round(Number(line[1]) / 1024);
    } catch {
      // it ended, or this is not Linux
    }
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  return { seconds: (performance.now() - started) / 1000, output, code, peakMb };
}
