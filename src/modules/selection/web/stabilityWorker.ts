// Tries all weightings beside the page, so that sliders stay fluid.
import { rankStability } from '../rules.ts';
import type { StabilityAnswer, StabilityAsk } from './whatIf.ts';

const here = self as unknown as {
  onmessage: ((event: MessageEvent<StabilityAsk>) => void) | null;
  postMessage: (answer: StabilityAnswer) => void;
};
here.onmessage = ({ data: { id, matrix, weights, lines, leastCoverage } }) =>
  here.postMessage({ id, stability: rankStability(matrix, weights, lines, leastCoverage) });
