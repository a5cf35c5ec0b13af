// Where the bars of a waterfall start and end.

export type WaterfallStep = {
  label: string;
  /** A total stands on the ground; a change starts where the one before ended. */
  kind: 'total' | 'change';
  value: number;
};

export type WaterfallBar = { from: number; to: number };

/** Where each bar starts and ends. */
export function waterfallBars(steps: readonly WaterfallStep[]): WaterfallBar[] {
  let level = 0;
  return steps.map((step) => {
    const from = step.kind === 'total' ? 0 : level;
    const to = step.kind === 'total' ? step.value : level + step.value;
    level = to;
    return { from, to };
  });
}
