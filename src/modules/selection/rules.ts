/**
 * The arithmetic of choosing key accounts, shared by browser and server: the sliders on the screen and the figures in
 * the database come from the same lines. Pure: no I/O, no clock, no imports beyond this folder.
 */
export * from './rules/axes.ts';
export * from './rules/capacity.ts';
export * from './rules/decisions.ts';
export * from './rules/derive.ts';
export * from './rules/model.ts';
export * from './rules/ranking.ts';
export * from './rules/raters.ts';
export * from './rules/readiness.ts';
export * from './rules/stability.ts';
export * from './rules/weights.ts';
