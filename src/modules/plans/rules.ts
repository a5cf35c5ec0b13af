/**
 * What an account plan is and how it is judged, shared by browser and server: its blocks, the one page, completeness,
 * freshness, the difference of two versions and the merge of two people's edits. Pure: no I/O, no clock.
 */
export * from './rules/completeness.ts';
export * from './rules/difference.ts';
export * from './rules/document.ts';
export * from './rules/freshness.ts';
export * from './rules/merge.ts';
export * from './rules/onePage.ts';
export * from './rules/plan.ts';
export * from './rules/progress.ts';
