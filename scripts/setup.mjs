// What every command does first, on whatever Node and npm the machine has (20 and 10 or newer): install the packages if they
// are missing or outdated, find the Node that comes with them, build the web app if its sources changed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const windows = process.platform === 'win32';
const neededMajor = 24;

// Everything said here goes to stderr: what a command prints may be read by a program.
export const say = (line) => process.stderr.write(`${line}\n`);

export function fail(message) {
  say(message);
  process.exit(1);
}

/** Makes the checkout ready to run and returns the path of Node 24. */
export async function install() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`OpenKAM needs Node 20 or newer to install itself, and this is ${process.version}. See https://nodejs.org.`);
  }
  if (!isInstalled()) await underLock(installPackages);
  return findNode();
}

const stampFile = path.join(modules, '.openkam-install');
const installStamp = () =>
  [sha(readFileSync(path.join(root, 'package-lock.json'))), process.platform, process.arch].join(' ');

function isInstalled() {
  if (readQuietly(stampFile) === installStamp()) return true;
  if (!matchesLockfile()) return false;
  // Somebody ran npm themselves.
  writeFileSync(stampFile, installStamp());
  return true;
}

/** Compares npm's own record of what it installed with the lockfile. */
function matchesLockfile() {
  const record = readQuietly(path.join(modules, '.package-lock.json'));
  if (!record) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(record).packages;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '' || entry.link) return true;
    if (!found[name]) return Boolean(entry.optional || entry.peer);
    return found[name].version === entry.version;
  });
}

async function installPackages() {
  if (isInstalled()) return;
  const begun = Date.now();
  const seconds = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  say('Installing packages (once; it takes about a minute) …');
  const { command, args, shell } = npm();
  const child = spawn(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell,
    env: { ...process.env, PATH: outsidePath(), NODE_ENV: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ticker = process.stderr.isTTY && setInterval(() => process.stderr.write(`\r  … ${seconds()} `), 1000);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', resolve);
  });
  if (ticker) {
    clearInterval(ticker);
    process.stderr.write('\r');
  }
  if (code !== 0) {
    fail(
      `${output.trim()}\nThe packages could not be installed (npm: ${code}). Check the network and the message above, then try again.`,
    );
  }
  writeFileSync(stampFile, installStamp());
  say(`Packages installed in ${seconds()}`);
}

/** The npm that started us, else the one on the path. */
function npm() {
  const cli = process.env.npm_execpath;
  if (cli && /\.[cm]?js$/.test(cli) && existsSync(cli)) return { command: outsideNode(), args: [cli], shell: false };
  return { command: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

// npm puts node_modules/.bin first on the path, and with it the Node that a new install is about to delete.
const outsidePath = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !path.resolve(folder).startsWith(modules))
    .join(path.delimiter);

function outsideNode() {
  if (!process.execPath.startsWith(modules)) return process.execPath;
  for (const folder of outsidePath().split(path.delimiter)) {
    const candidate = path.join(folder, windows ? 'node.exe' : 'node');
    if (isExecutable(candidate)) return candidate;
  }
  return process.execPath;
}

/** Node 24 from the packages; when its install script was not allowed to run, runs it; else our own Node if new enough. */
function findNode() {
  const bundled = path.join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
  const proof = path.join(modules, '.openkam-node');
  const works = () => {
    if (!isExecutable(bundled)) return false;
    // Trying it takes time, so it is done once for each binary.
    const mark = `${bundled} ${statSync(bundled).mtimeMs} ${statSync(bundled).size}`;
    if (readQuietly(proof) === mark) return true;
    const tried = spawnSync(bundled, ['--version'], { encoding: 'utf8' });
    if (tried.status !== 0 || !tried.stdout.startsWith(`v${neededMajor}.`)) return false;
    writeFileSync(proof, mark);
    return true;
  };
  if (works()) return bundled;
  const script = path.join(modules, 'node', 'installArchSpecificPackage.js');
  if (existsSync(script)) {
    say(`Fetching Node ${neededMajor} …`);
    spawnSync(outsideNode(), [script], {
      cwd: path.dirname(script),
      env: { ...process.env, PATH: outsidePath() },
      stdio: 'ignore',
    });
    if (works()) return bundled;
  }
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  return fail(
    `OpenKAM runs on Node ${neededMajor}, and the copy that npm brings does not run here (${bundled}). Install Node ${neededMajor} from https://nodejs.org and start again.`,
  );
}

/** Builds the browser app into dist/web if a source file changed since the last time. */
export async function build(node) {
  const out = path.join(root, 'dist', 'web');
  const mark = path.join(out, '.stamp');
  if (readQuietly(mark) === sourceStamp()) return;
  await underLock(async () => {
    const stamp = sourceStamp();
    if (readQuietly(mark) === stamp) return;
    say('Building the web app …');
    const begun = Date.now();
    rmSync(mark, { force: true });
    const vite = path.join(modules, 'vite', 'bin', 'vite.js');
    const result = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' },
    });
    if (result.status !== 0) {
      throw new Error(`${result.stdout ?? ''}${result.stderr ?? ''}\nThe web app could not be built.`);
    }
    writeFileSync(mark, stamp);
    say(`Web app built in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  });
}

/** Names, sizes and times of all files that the web app may come from. */
function sourceStamp() {
  const lines = ['vite.config.ts', 'package-lock.json'].map(describe);
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'server') walk(name);
      } else if (!/\.test\.tsx?$/.test(entry.name)) lines.push(describe(name));
    }
  };
  walk('src');
  return sha(lines.sort().join('\n'));
}

function describe(name) {
  const { size, mtimeMs } = statSync(path.join(root, name));
  return `${name} ${size} ${mtimeMs}`;
}

/** Runs a TypeScript file on Node 24 and ends as it ends. */
export function run(node, file, args) {
  const child = spawn(
    node,
    ['--import', new URL('./follow.mjs', import.meta.url).href, path.join(root, file), ...args],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      // Compiled code is kept, which makes the next start a third faster.
      env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: path.join(modules, '.cache', 'openkam') },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well, and a second one would mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // When npm itself is killed nobody tells us, except that we get another parent.
  if (process.env.npm_lifecycle_event && !windows) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 500).unref();
  }
  child.on('error', (error) => fail(`Node ${neededMajor} does not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1);
  });
}

/** One setup at a time in a checkout: two installs at once would ruin each other. */
async function underLock(work) {
  const lock = path.join(root, '.cache', 'setup.lock');
  mkdirSync(path.dirname(lock), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = Number(readQuietly(lock));
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    // A lock without a number is being written at this moment.
    if (other ? !isAlive(other) : age > 5000) rmSync(lock, { force: true });
    else {
      if (!told) say('Waiting for another command that is setting up this folder …');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const unlock = () => rmSync(lock, { force: true });
  process.once('exit', unlock);
  try {
    await work();
  } finally {
    unlock();
    process.removeListener('exit', unlock);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readQuietly(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

const sha = (data) => createHash('sha256').update(data).digest('hex');
