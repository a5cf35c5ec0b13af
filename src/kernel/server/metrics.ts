// Counters for /metrics. Labels are route templates, never ids.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'openkam_' });

const seconds = new Histogram({
  name: 'openkam_http_request_seconds',
  help: 'Time to answer by route',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [registry],
});
export const jobsDone = new Counter({
  name: 'openkam_jobs_total',
  help: 'Jobs by name and outcome',
  labelNames: ['job', 'outcome'],
  registers: [registry],
});

export function countRequest(method: string, route: string, status: number, took: number): void {
  seconds.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, took);
}
