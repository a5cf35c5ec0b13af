/** How far a goal is, and how heavy a risk weighs. */
import type { Goal, Risk } from './plan.ts';

/**
 * Share of the way from start to target, 0–1, to whole percents (rounded down, so that 100 % means reached); also where
 * the target lies below the start. Null while a figure is missing or start and target are the same.
 */
export function goalProgress(goal: Pick<Goal, 'start' | 'target' | 'current'>): number | null {
  const { start, target, current } = goal;
  if (start === null || target === null || current === null || start === target) return null;
  const share = (current - start) / (target - start);
  return Math.floor(Math.min(1, Math.max(0, share)) * 100 + 1e-9) / 100;
}

/** Probability × impact, 1–25. */
export function exposure(risk: Pick<Risk, 'probability' | 'impact'>): number {
  return risk.probability * risk.impact;
}

export type RiskLevel = 'low' | 'medium' | 'high';

/** High from 12 (e.g. likely and serious), medium from 6, else low. */
export function riskLevel(risk: Pick<Risk, 'probability' | 'impact'>): RiskLevel {
  const weight = exposure(risk);
  if (weight >= 12) return 'high';
  return weight >= 6 ? 'medium' : 'low';
}

/** Heaviest first; of two equally heavy ones that with the greater impact, then the one listed first. */
export function byExposure<T extends Pick<Risk, 'probability' | 'impact'>>(risks: readonly T[]): T[] {
  return [...risks].sort((a, b) => exposure(b) - exposure(a) || b.impact - a.impact);
}
