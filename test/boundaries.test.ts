// Guards the guard: each rule of the building, broken on purpose in a copy of the sources, must be reported.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

// file to plant → what it holds, and the rules that must speak
const planted: Record<string, { source: string; breaks: string[] }> = {
  'src/modules/people/server/planted-floor.ts': {
    source: "import '../../accounts/api.ts';",
    breaks: ['floors-people'],
  },
  'src/modules/plans/server/planted-sideways.ts': {
    source: "import '../../selection/api.ts';",
    breaks: ['floors-plans'],
  },
  'src/modules/imports/server/planted-door.ts': {
    source: "import '../../people/server/planted-store.ts';",
    breaks: ['doors-server'],
  },
  'src/modules/imports/web/Planted.tsx': {
    source: "import '../../people/web/PlantedInside.tsx';",
    breaks: ['doors-web'],
  },
  'src/modules/people/web/planted-server.ts': {
    source: "import '../server/planted-store.ts';",
    breaks: ['web-never-sees-server'],
  },
  'src/modules/people/web/planted-node.ts': { source: "import 'node:fs';", breaks: ['web-runs-in-a-browser'] },
  'src/modules/people/server/planted-screen.ts': {
    source: "import '../web/PlantedInside.tsx';",
    breaks: ['server-never-sees-web'],
  },
  'src/modules/imports/api.ts': { source: "import '../../ui/Planted.tsx';", breaks: ['api-is-pure'] },
  'src/modules/imports/server/rules.ts': { source: "import 'node:fs';", breaks: ['rules-are-pure'] },
  'src/modules/people/server/planted-pool.ts': {
    source: "import pg from 'pg';\nexport default pg;",
    breaks: ['one-owner-of-the-pool'],
  },
  'src/modules/people/server/planted-sql.ts': {
    source: "import { sql } from 'kysely';\nexport default sql;",
    breaks: ['sql-lives-in-stores'],
  },
  'src/modules/nowhere/server/planted.ts': { source: "import '../../people/api.ts';", breaks: ['known-rooms'] },
  'src/kernel/server/planted.ts': {
    source: "import '../../modules/people/api.ts';",
    breaks: ['kernel-knows-no-room'],
  },
  'src/kernel/contract/planted.ts': {
    source: "import 'node:fs';",
    breaks: ['contract-is-pure', 'web-runs-in-a-browser'],
  },
  'src/ui/Planted.tsx': { source: "import '../modules/people/api.ts';", breaks: ['ui-knows-no-business'] },
  'src/kernel/web/planted.ts': {
    source: "import '../../app/planted.ts';",
    breaks: ['app-is-the-top', 'kernel-knows-no-room'],
  },
  'src/app/planted.ts': { source: "import '../modules/people/server/planted-store.ts';", breaks: ['app-uses-doors'] },
  'src/ui/planted-circle-a.ts': { source: "import './planted-circle-b.ts';", breaks: ['no-cycles'] },
  'src/ui/planted-circle-b.ts': { source: "import './planted-circle-a.ts';", breaks: [] },
  'src/ui/planted-test.ts': { source: "import '../../test/planted.ts';", breaks: ['no-tests-inside'] },
  'test/planted.ts': { source: 'export {};', breaks: [] },
  'src/ui/planted-lost.ts': { source: "import './nothing-here.ts';", breaks: ['resolvable'] },
  // Wanted by the ones above, and innocent.
  'src/modules/people/server/planted-store.ts': { source: 'export {};', breaks: [] },
  'src/modules/people/web/PlantedInside.tsx': { source: 'export {};', breaks: [] },
};
const innocent = ['people', 'accounts', 'selection'].map((room) => `src/modules/${room}/api.ts`);

type Report = {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
  modules: { source: string }[];
};

describe('the rules of the building', () => {
  const copy = mkdtempSync(join(tmpdir(), 'openkam-boundaries-'));
  let report: Report;

  beforeAll(() => {
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      cpSync(join(root, file), join(copy, file));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    const files = [...innocent.map((file) => [file, { source: 'export {};' }] as const), ...Object.entries(planted)];
    for (const [file, { source }] of files) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), source);
    }
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const run = spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.cjs', '-T', 'json', 'src'], {
      cwd: copy,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    report = JSON.parse(run.stdout) as Report;
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('all source files are looked at, so that "no violations" means something', () => {
    const sources = readdirSync(join(copy, 'src'), { recursive: true, encoding: 'utf8' })
      .map((file) => `src/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|^src\/ui\/gallery\//.test(file));
    const seen = new Set(report.modules.map((module) => module.source));
    expect(sources.length).toBeGreaterThan(Object.keys(planted).length);
    expect(sources.filter((file) => !seen.has(file))).toEqual([]);
  });

  it.each(Object.entries(planted))('%s is reported for exactly what it breaks', (file, { breaks }) => {
    const named = report.summary.violations.filter((violation) => violation.from === file).map(({ rule }) => rule.name);
    expect([...new Set(named)].sort()).toEqual([...breaks].sort());
  });

  it('every rule of the guard has been broken here once', () => {
    const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    const broken = new Set(Object.values(planted).flatMap(({ breaks }) => breaks));
    const untried = forbidden
      .map(({ name }) => name)
      .filter((name) => !broken.has(name) && !name.startsWith('floors-'));
    expect(untried).toEqual([]);
  });
});
