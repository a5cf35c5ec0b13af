#!/usr/bin/env node
// npm run openkam -- …: the command line. Installs what is missing; needs no build.
import { install, run } from './setup.mjs';

run(await install(), 'src/app/cli.ts', process.argv.slice(2));
