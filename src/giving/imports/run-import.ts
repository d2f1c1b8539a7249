import { eq } from 'drizzle-orm'
import type { Ctx, Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { isAppError } from '@/kernel/app-error'
import type { Storage } from '@/storage/storage'
import { commitBatch } from './commit-import'
import { judgeImport } from './judge-import'
import { imports } from './table'
import { undoBatch } from './undo-import'
import type { Work } from './upload-import'

export type ImportDeps = Deps & { readonly storage: Storage }
export type ImportRef = { readonly workspaceId: string; readonly importId: string }

/** One piece of an import's work, in one transaction. Answers whether there is more of it. */
export function workOn(deps: ImportDeps, { workspaceId, importId }: ImportRef, work: Work): Promise<{ more: boolean }> {
  return runAsJob(deps, workspaceId, `import ${work}`, async (ctx) => {
    if (work === 'commit') return commitBatch(ctx, importId)
    if (work === 'undo') return undoBatch(ctx, importId)
    await judgeImport(ctx, deps.storage, importId)
    return { more: false }
  })
}

/** All of it, one piece after the other: for who waits for it. */
export async function finishWork(deps: ImportDeps, ref: ImportRef, work: Work): Promise<void> {
  while ((await workOn(deps, ref, work)).more);
}

/** After the last try: it says why, and waits to be asked to go on. */
export function stopWork(deps: ImportDeps, { workspaceId, importId }: ImportRef, error: unknown): Promise<void> {
  const problem = (isAppError(error) && error.reason) || 'import.stopped'
  const write = ({ db, now }: Ctx) =>
    db.update(imports).set({ state: 'stopped', problem, movedAt: now }).where(eq(imports.id, importId))
  return runAsJob(deps, workspaceId, 'import stop', async (ctx) => void (await write(ctx)))
}
