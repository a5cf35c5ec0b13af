// The portfolio's filter as far as figures can be asked by it: what is about accounts as a whole.
import type { MetricAsk } from './Figure.tsx';

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

export function askOfFilter(filter: Record<string, unknown>): MetricAsk {
  const ask: MetricAsk = {};
  for (const key of ['ownerId', 'tier', 'industry', 'country'] as const) {
    // "Without an owner" is no owner that figures could be asked for.
    const values = texts(filter[key]).filter((v) => v !== 'none');
    if (values.length) ask[key] = values;
  }
  return ask;
}
