import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself vitest leaves one processor free, which is half of a small machine.
    maxWorkers: '100%',
    // `npm run test:coverage`: of the rooms that are pure nearly every branch is taken, but for guards.
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/commands/**', 'src/terminal/**', 'src/serve/**', 'src/*.ts'],
      reporter: ['text', 'json'],
      reportOnFailure: true,
      reportsDirectory: 'node_modules/.coverage',
      thresholds: {
        'src/{choose,content,docker,kubernetes,learner,lesson,mapping,quiz}/**': { branches: 95 },
        'src/sandbox/**': { branches: 94.5 },
      },
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
