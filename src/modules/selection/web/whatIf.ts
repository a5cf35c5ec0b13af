// What the sliders would change: the ranking with the weights on the screen beside the ranking with the saved ones.
import type { Lines, Ranking, ScoreMatrix, Stability } from '../rules.ts';
import { firmness, isAboveLine } from '../rules.ts';
import type { MatrixRow } from './words.ts';

export type Zone = 'above' | 'between' | 'below' | 'unranked';

export type Ranked = {
  row: MatrixRow;
  /** Position in the matrix as the server sent it. */
  at: number;
  /** 1 = best; 0 = too few scores to be ranked. */
  rank: number;
  place: number;
  /** 1–10; null where nothing is scored. */
  score: number | null;
  coverage: number;
  zone: Zone;
  /** Places won (positive) or lost against the saved model; null where one of the two does not rank it. */
  moved: number | null;
  /** In how many percent of the tried weightings it stays on its side of the line. */
  stays: number | null;
  firm: ReturnType<typeof firmness> | null;
};

const zoneOf = (place: number, lines: Lines): Zone =>
  place === 0 ? 'unranked' : isAboveLine(place, lines) ? 'above' : place <= lines.lower ? 'between' : 'below';

/** All rows, best first; those without enough scores come last, in the order of the matrix. */
export function rankedRows(
  rows: readonly MatrixRow[],
  now: Ranking,
  saved: Ranking,
  lines: Lines,
  stability: Stability | null,
): Ranked[] {
  const present = (at: number): Ranked => {
    const rank = now.rank[at]!;
    const place = now.place[at]!;
    const zone = zoneOf(place, lines);
    const mean = now.mean[at]!;
    const before = saved.rank[at]!;
    const above = stability && zone !== 'unranked' ? stability.above[at]! : null;
    const times = above === null ? null : zone === 'above' ? above : stability!.tried - above;
    return {
      row: rows[at]!,
      at,
      rank,
      place,
      score: mean > 0 ? Math.round(mean * 100) / 1000 : null,
      coverage: now.coverage[at]!,
      zone,
      moved: rank > 0 && before > 0 ? before - rank : null,
      stays: times === null || stability!.tried === 0 ? null : (100 * times) / stability!.tried,
      firm: times === null || stability!.tried === 0 ? null : firmness(times, stability!.tried),
    };
  };
  const ranked = Array.from(now.order, present);
  rows.forEach((_, at) => {
    if (now.rank[at] === 0) ranked.push(present(at));
  });
  return ranked;
}

/** The question to the stability worker, and its answer. */
export type StabilityAsk = { id: number; matrix: ScoreMatrix; weights: number[]; lines: Lines; leastCoverage: number };
export type StabilityAnswer = { id: number; stability: Stability };

/** Weights in the address: `30-25-20-15-10`; null unless they fit the criteria and make 100. */
export function weightsFrom(text: unknown, count: number): number[] | null {
  if (typeof text !== 'string' || !/^\d{1,3}(-\d{1,3})*$/.test(text)) return null;
  const weights = text.split('-').map(Number);
  return weights.length === count && weights.reduce((a, b) => a + b, 0) === 100 ? weights : null;
}
