// node scripts/run.mjs FILE …: runs a TypeScript file of this project on Node 24, installing what is missing.
import { fail, install, run } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Say which file to run: node scripts/run.mjs bench/run.ts');
run(await install(), file, args);
