import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself vitest leaves one processor free, which is half of a small machine.
    maxWorkers: '100%',
    // `npm run test:coverage`: rooms that are pure have every branch taken but for a few guards.
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/commands/**', 'src/terminal/**', 'src/serve/**', 'src/*.ts'],
      reporter: ['text', 'json'],
      reportsDirectory: 'node_modules/.coverage',
    },
    projects: [
      {
        test: {
          name: 'unit',
          root: '.',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          // A busy machine is no failure.
          testTimeout: 30_000,
          setupFiles: ['tests/fixtures/property-tests.ts'],
          // What a test sees does not depend on who runs it.
          env: { TZ: 'UTC', LANG: 'en_GB.UTF-8', FORCE_COLOR: '0' },
        },
      },
      {
        test: {
          name: 'e2e',
          root: '.',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/install.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
