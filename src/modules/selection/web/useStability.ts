// How firm the places are under slightly other weights, worked out in a worker once the sliders rest.
import { useEffect, useRef, useState } from 'react';
import type { Lines, ScoreMatrix, Stability } from '../rules.ts';
import type { StabilityAnswer, StabilityAsk } from './whatIf.ts';

/** Null until it is worked out, and while `weights` is null (a slider is being dragged). */
export function useStability(
  matrix: ScoreMatrix,
  weights: readonly number[] | null,
  lines: Lines,
  leastCoverage: number,
): Stability | null {
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const [known, setKnown] = useState<{ key: string; stability: Stability; matrix: ScoreMatrix } | null>(null);
  const key = weights === null ? null : `${weights.join('-')}:${lines.upper}:${leastCoverage}`;

  useEffect(() => () => worker.current?.terminate(), []);
  useEffect(() => {
    if (key === null || matrix.rows === 0) return;
    worker.current ??= new Worker(new URL('./stabilityWorker.ts', import.meta.url), { type: 'module' });
    asked.current += 1;
    const id = asked.current;
    worker.current.onmessage = ({ data }: MessageEvent<StabilityAnswer>) => {
      if (data.id === asked.current) setKnown({ key, stability: data.stability, matrix });
    };
    const [given = '', upper = 0] = key.split(':');
    const ask: StabilityAsk = {
      id,
      matrix,
      weights: given.split('-').map(Number),
      lines: { upper: Number(upper), lower: Number(upper) },
      leastCoverage,
    };
    worker.current.postMessage(ask);
  }, [key, matrix, leastCoverage]);

  return known !== null && known.key === key && known.matrix === matrix ? known.stability : null;
}
