/** The library of criteria that a new workspace starts with keeps its own rules. */
import { describe, expect, it } from 'vitest';
import { checkBands, checkModel } from '../rules.ts';
import { DEFAULT_CRITERIA, STARTING_WEIGHTS } from './criteria.ts';

describe('the library of criteria', () => {
  it('holds the ten criteria of the practice, each once', () => {
    expect(DEFAULT_CRITERIA.length).toBe(10);
    expect(new Set(DEFAULT_CRITERIA.map(({ key }) => key)).size).toBe(10);
  });

  it('speaks for attractiveness and for our strength in equal parts', () => {
    expect(DEFAULT_CRITERIA.filter(({ axis }) => axis === 'attractiveness').length).toBe(5);
  });

  it.each(DEFAULT_CRITERIA.map((criterion) => [criterion.name, criterion] as const))(
    '%s says why it matters and what 1, 4, 7 and 10 mean',
    (_, criterion) => {
      expect(criterion.why.length).toBeGreaterThan(20);
      expect(new Set(Object.values(criterion.anchors)).size).toBe(4);
    },
  );

  it.each(DEFAULT_CRITERIA.map((criterion) => [criterion.name, criterion] as const))(
    '%s is derived exactly when its source is data, with bands that hold',
    (_, { source, derivation }) => {
      expect(derivation === null).toBe(source.kind === 'manual');
      if (derivation?.method === 'bands') expect(checkBands(derivation.bands, derivation.direction)).toEqual([]);
    },
  );

  it('starts with a model that passes its own check, on both axes', () => {
    const axisOf = (key: string) => DEFAULT_CRITERIA.find((criterion) => criterion.key === key)?.axis;
    expect(STARTING_WEIGHTS.every(({ key }) => axisOf(key) !== undefined)).toBe(true);
    expect(checkModel(STARTING_WEIGHTS, axisOf)).toEqual([]);
  });
});
