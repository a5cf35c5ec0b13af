// Property tests draw the same cases in every run, so that a red run is red again; OPENKAM_SEED=random (or a number) draws others.
import * as fc from 'fast-check';

const wanted = process.env.OPENKAM_SEED;
const seed = wanted === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(wanted ?? 20_261_122);
if (!Number.isInteger(seed)) throw new Error(`OPENKAM_SEED is a whole number or "random", not ${wanted}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
