// The line of a sparkline as an SVG path.

/** The path through the points, broken at gaps. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let isPen = false;
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      isPen = false;
      return;
    }
    const y = span > 0 ? height - ((value - low) / span) * height : height / 2;
    parts.push(`${isPen ? 'L' : 'M'}${round(index * step)} ${round(y)}`);
    isPen = true;
  });
  return parts.join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
