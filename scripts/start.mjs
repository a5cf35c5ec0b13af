// npm start: installs and builds what is missing, then runs the server.
import { build, fail, install, run } from './setup.mjs';

const node = await install();
await build(node).catch((error) => fail(error.message));
run(node, 'src/app/main.ts', process.argv.slice(2));
