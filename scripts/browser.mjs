// Finds a Chromium for the browser tests, and installs the system's package when that is allowed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { say } from './setup.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    process.env[name]
      ? [
          path.join(process.env[name], 'Google/Chrome/Application/chrome.exe'),
          path.join(process.env[name], 'Microsoft/Edge/Application/msedge.exe'),
        ]
      : [],
  ),
];

/** The path of a browser; throws with what to do when there is none. */
export function findBrowser() {
  const given = process.env.OPENKAM_CHROMIUM;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`OPENKAM_CHROMIUM names ${given}, and that is not a program.`);
  }
  const found = look();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium for the browser tests (once) …');
    const options = {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    const steps = [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ];
    for (const step of steps) {
      const result = spawnSync('apt-get', step, options);
      if (result.status !== 0) say(`apt-get ${step[0]}: ${result.stderr?.trim().split('\n').at(-1)}`);
    }
    const installed = look();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found. Install one (on Debian: apt-get install chromium), or name it with OPENKAM_CHROMIUM=/path/to/chrome.',
  );
}

function look() {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  const candidates = [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...places];
  return candidates.find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
