// Journeys in a real browser against the built app. Two files at once: each has a server, a database and a browser of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['./test/setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000, interval: 100 } },
    // A browser on a busy machine is late now and then; a real fault fails each time.
    retry: 1,
  },
});
