// One measured line: warm up, then sixteen connections for some seconds, and what the server's process weighs.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

export type Request = { method?: 'GET' | 'POST' | 'PATCH'; path: () => string; body?: () => unknown };
export type Figures = { perSecond: number; p50: number; p99: number; meanMs: number; errors: number; memoryMb: number };

export async function load(
  base: string,
  key: string | null,
  request: Request,
  pid: number,
  seconds: number,
  connections = 16,
): Promise<Figures> {
  const run = (duration: number) =>
    autocannon({
      url: base,
      connections,
      duration,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(request.body ? { 'content-type': 'application/json' } : {}),
      },
      requests: [
        {
          method: request.method ?? 'GET',
          path: request.path(),
          setupRequest: (r) => ({
            ...r,
            path: request.path(),
            ...(request.body ? { body: JSON.stringify(request.body()) } : {}),
          }),
        },
      ],
    });
  await run(2);
  const result = await run(seconds);
  const answered = result['2xx'];
  return {
    perSecond: answered / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    // Little's law: the time a request holds one of the connections, exact where the latency histogram counts whole milliseconds.
    meanMs: answered ? (connections * result.duration * 1000) / answered : Number.NaN,
    errors: result.errors + result.non2xx,
    memoryMb: rssMb(pid),
  };
}

/** Resident memory of a process, in MB (Linux); NaN elsewhere. */
export function rssMb(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Math.round(Number(line[1]) / 1024) : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
