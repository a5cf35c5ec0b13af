// Unit and HTTP tests: everything except the browser journeys. Two workers, because each file has a database of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['./test/setup.ts'],
    setupFiles: ['./test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Real processes and a real database on a busy machine: generous times, and one more try for what a slow disk broke.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    retry: 1,
  },
});
