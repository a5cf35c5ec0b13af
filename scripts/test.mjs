// npm test: installs what it needs, runs every check in turn (going on after a failure), and ends with one line of numbers.
// node scripts/test.mjs types lint …  runs only the checks whose names are given.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { build, install, root, say } from './setup.mjs';

const node = await install();
const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const env = {
  ...process.env,
  NODE_OPTIONS: '',
  FORCE_COLOR: '0',
  CI: '1',
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
};
const counts = { passed: 0, failed: 0, skipped: 0 };

const checks = {
  types: () => program(bin('@typescript', 'native', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'),
  format: () => program(bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'),
  lint: () => program(bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '.'),
  boundaries: () =>
    program(bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'src'),
  unused: () => program(bin('knip', 'bin', 'knip.js'), '--no-progress'),
  web: () =>
    build(node).then(
      () => ({ ok: true }),
      (error) => ({ ok: false, output: error.message }),
    ),
  tests: () => vitest('vitest.config.ts', 'tests'),
  browser: browserTests,
};
// These fill the machine by themselves; the others run two at a time.
const alone = ['tests', 'browser'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  say(`There is no check called ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`);
  process.exit(1);
}

const begun = Date.now();
const chosen = Object.keys(checks).filter((name) => wanted.length === 0 || wanted.includes(name));
const together = chosen.filter((name) => !alone.includes(name));
const next = async () => {
  for (let name = together.shift(); name; name = together.shift()) await run(name);
};
await Promise.all([next(), next()]);
for (const name of chosen) if (alone.includes(name)) await run(name);
console.log(`\nDone in ${Math.round((Date.now() - begun) / 1000)} s`);
console.log(sentence(counts));
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

async function run(name) {
  const started = Date.now();
  const result = await checks[name]().catch((error) => ({ ok: false, output: error.stack ?? String(error) }));
  const numbers = result.numbers ?? { passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: 0 };
  for (const key of Object.keys(counts)) counts[key] += numbers[key];
  if (!result.ok && result.output) console.log(`${result.output.trim()}\n`);
  const detail = result.numbers ? `: ${sentence(numbers)}` : '';
  console.log(`${result.ok ? 'ok    ' : 'FAILED'} ${name}${detail} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Runs one of the packages' programs; what it prints is shown only if it fails. */
async function program(file, ...args) {
  const { code, output } = await capture([file, ...args]);
  return { ok: code === 0, output };
}

function capture(args, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env: { ...env, ...extra }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function vitest(config, name, extra = {}) {
  const report = path.join(root, '.cache', `${name}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const { code, output } = await capture(
    [
      bin('vitest', 'vitest.mjs'),
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    extra,
  );
  let read;
  try {
    read = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { ok: false, output: `${output}\nThe ${name} ended without a report.` };
  }
  // A file that does not even load has no failed test inside it, and must count all the same.
  const broken = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = read.numFailedTests + broken;
  const unexplained = code !== 0 && failed === 0 ? 1 : 0;
  const numbers = {
    passed: read.numPassedTests,
    failed: failed + unexplained,
    skipped: read.numPendingTests + read.numTodoTests,
  };
  return { ok: numbers.failed === 0, output, numbers };
}

async function browserTests() {
  const browser = findBrowser();
  return await vitest('vitest.e2e.config.ts', 'browser', { OPENKAM_CHROMIUM: browser });
}
