// Writes src/kernel/server/schema.ts from a migrated database: node scripts/schema.mjs postgres://…
import { spawnSync } from 'node:child_process';

const url = process.argv[2];
if (!url) {
  console.error('Say which migrated database to read: node scripts/schema.mjs postgres://…');
  process.exit(1);
}
const result = spawnSync(
  'node_modules/.bin/kysely-codegen',
  [
    '--dialect',
    'postgres',
    '--url',
    url,
    '--out-file',
    'src/kernel/server/schema.ts',
    '--include-pattern',
    '(public|kernel).*',
    '--exclude-pattern',
    'kernel.migration',
    '--default-schema',
    'public',
    '--numeric-parser',
    'string',
    '--date-parser',
    'string',
    '--type-mapping',
    JSON.stringify({ int8: 'number', timestamptz: 'string', date: 'string', numeric: 'string' }),
  ],
  { stdio: 'inherit' },
);
process.exit(result.status ?? 1);
