import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
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
  await makeTemplate(server.adminUrl)
  project.provide('adminUrl', server.adminUrl)
  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await admin`alter database gleaner with is_template true`
  await admin.end()
}
