import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      '@emails': fileURLToPath(new URL('./emails', import.meta.url)),
      '@': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  test: {
    include: ['{src,emails,scripts,e2e/world}/**/*.test.{ts,tsx}'],
    globalSetup: ['src/db/testing-server.ts'],
    pool: 'forks',
    // Many tests wait for something: three keep two cores at work.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
