// The insights room's contract: every figure of every room, asked for in one way. The shapes are the kernel's, because rooms contribute figures.
export { explainMetric, getMetric, listMetrics } from '../../kernel/contract/metrics.ts';
