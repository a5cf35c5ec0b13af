// Definitions are versioned: a text that changes needs a new version, and the guide says what the registry says.
// New definitions are recorded with  RECORD=1 npx vitest run src/modules/insights/server/definitions.test.ts  (then npx biome check --write on
// definitions.json); nothing recorded is changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modules } from '../../../app/server.ts';
import type { MetricDefinition } from '../../../kernel/contract/metrics.ts';
import { guideText } from './guide.ts';
import { definitions } from './insights.ts';

const record = path.join(import.meta.dirname, 'definitions.json');
const guide = path.resolve(import.meta.dirname, '../../../../docs/guides/metrics.md');
const now = definitions(modules);
const recorded = (): MetricDefinition[] => (existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : []);
const nameOf = (d: MetricDefinition) => `${d.id} version ${d.version}`;

if (process.env.RECORD) {
  const known = recorded();
  const fresh = now.filter((d) => !known.some((k) => nameOf(k) === nameOf(d)));
  const all = [...known, ...fresh].sort((a, b) => a.id.localeCompare(b.id) || a.version - b.version);
  writeFileSync(record, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(guide, guideText(now));
}

describe('the definition of a figure', () => {
  it.each(now.map((d) => [d.id, d] as const))('%s says what was recorded under its version', (_, d) => {
    const before = recorded().find((r) => nameOf(r) === nameOf(d));
    expect(before, `${nameOf(d)} is not recorded yet: run with RECORD=1`).toBeDefined();
    expect(d, `${nameOf(d)} changed: give it the next version and run with RECORD=1`).toEqual(before);
  });

  it('is unique by its name, and never goes back to an older version', () => {
    expect(new Set(now.map((d) => d.id)).size).toBe(now.length);
    for (const d of now)
      expect(d.version).toBe(
        Math.max(
          ...recorded()
            .filter((r) => r.id === d.id)
            .map((r) => r.version),
        ),
      );
  });

  it('stands in the guide as it is', () => {
    expect(readFileSync(guide, 'utf8'), 'run with RECORD=1').toBe(guideText(now));
  });
});
