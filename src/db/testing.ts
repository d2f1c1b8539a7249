import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { askOnce } from './ask-once'
import { closeDatabase, type Database, openDatabase } from './client'

/** A migrated database of its own for a test file. */
export type TestDatabase = { db: Database; url: string }

/** Clones the template before the file's tests and drops the clone after them. Read its members inside tests only. */
export function openTestDatabase(): TestDatabase {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const held: Partial<TestDatabase> = {}
  beforeAll(async () => {
    await askOnce(adminUrl, `create database ${name} template gleaner owner gleaner`)
    held.url = urlOf(adminUrl, name)
    held.db = openDatabase({ url: held.url, name: 'gleaner test' })
  })
  afterAll(async () => {
    if (held.db) await closeDatabase(held.db)
    await askOnce(adminUrl, `drop database if exists ${name} with (force)`)
  })
  // Filled by beforeAll, which runs before any test can read it.
  return held as TestDatabase
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.username = 'gleaner'
  url.pathname = `/${database}`
  return url.href
}
