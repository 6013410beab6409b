import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/builtin.ts'],
    // Of two processors one would else be left idle.
    maxWorkers: '100%',
    // A busy machine is no failure.
    testTimeout: 30_000,
  },
})
