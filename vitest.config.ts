// Unit and HTTP tests: everything except the browser journeys. Files run at once, each with a database of its own; three on two
// cores, because they often wait for a process. Modules are loaded once a worker: no test changes what others import.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['./test/setup.ts'],
    setupFiles: ['./test/seed.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    // Real processes and a real database on a busy machine: generous times, and one more try for what a slow disk broke.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    retry: 1,
  },
});
