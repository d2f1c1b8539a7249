import type { Ctx } from '@/accounts/context'
import { createTestDeps, type TestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { createTestStorage } from '@/storage/testing'
import { beginCommit } from './commit-import'
import type { ImportKind } from './rules'
import { finishWork } from './run-import'
import { uploadImport } from './upload-import'

/** Sends files as a member of a test workspace does, and does the jobs' work at once. */
export function createImporter(db: Database, mine: TestWorkspace) {
  const deps = { ...createTestDeps(db), storage: createTestStorage() }
  const refOf = (importId: string) => ({ workspaceId: mine.workspaceId, importId })
  const upload = async (kind: ImportKind, text: string | Uint8Array) => {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    const { id } = await mine.run((ctx: Ctx) => uploadImport(ctx, deps.storage, { kind, fileName: 'x.csv', bytes }))
    await finishWork(deps, refOf(id), 'judge')
    return id
  }
  const commit = async (id: string, withPossible = false) => {
    await mine.run((ctx) => beginCommit(ctx, id, withPossible))
    await finishWork(deps, refOf(id), 'commit')
  }
  const send = async (kind: ImportKind, text: string | Uint8Array) => {
    const id = await upload(kind, text)
    await commit(id)
    return id
  }
  return { deps, refOf, upload, commit, send }
}
