import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { askOnce } from './ask-once'
import { startEmbeddedServer } from './embedded/server'
import { migrateDatabase } from './migrate'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** One PostgreSQL for a test run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-test-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  const server = await startEmbeddedServer({ root: ROOT, directory, settings })
  await migrateDatabase(server.url, join(ROOT, 'drizzle'))
  await askOnce(server.adminUrl, 'alter database gleaner with is_template true')
  project.provide('adminUrl', server.adminUrl)
  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
