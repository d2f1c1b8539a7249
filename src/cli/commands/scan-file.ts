import { readFile } from 'node:fs/promises'
import { runAsJob } from '@/accounts/gate'
import { MOST_PAGE, storePage } from '@/bargains/listings/push-page'
import { AppError } from '@/kernel/app-error'
import { chooseWorkspace } from '../choose-workspace'
import type { Answer } from '../command'
import { withDeps } from '../with-deps'

export type FileScan = {
  readonly file: string
  readonly url: string
  readonly workspace: string | undefined
}

/** `gleaner scan --file`: what handing over a page does, for one that was saved to disk. */
export async function scanFile({ file, url, workspace }: FileScan): Promise<Answer> {
  const bytes = await readPage(file)
  return withDeps(async (deps) => {
    const { id } = await chooseWorkspace(deps.db, workspace)
    const workspaceId = await runAsJob(deps, id, 'command line', async (ctx) => ctx.workspaceId)
    const json = await storePage(deps, workspaceId, { url, bytes })
    const { stored, updated, known, rejected, watches } = json
    const counts = `${stored} new, ${updated} changed, ${known} known, ${rejected} not taken`
    return { json, text: `${counts}; ${watches} ${watches === 1 ? 'watch' : 'watches'} asked` }
  })
}

async function readPage(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new AppError('bad_input', `Cannot read ${file}: ${cause.message}`, { cause })
  })
  if (bytes.length > MOST_PAGE) throw new AppError('bad_input', `${file} is larger than ${MOST_PAGE / 1024 / 1024} MB.`)
  return bytes
}
