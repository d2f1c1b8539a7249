import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { runAsJob } from '@/accounts/gate'
import { beginCommit } from '@/giving/imports/commit-import'
import { getImport, listRows } from '@/giving/imports/queries'
import { IMPORT_KINDS, type ImportKind } from '@/giving/imports/rules'
import { finishWork, type ImportDeps } from '@/giving/imports/run-import'
import type { ShownImport, ShownRow } from '@/giving/imports/schema'
import { uploadImport } from '@/giving/imports/upload-import'
import { openStorage } from '@/storage/open-storage'
import { readSettings } from '@/supervisor/prepare'
import { chooseWorkspace } from '../choose-workspace'
import { type Command, optional, required, UsageError } from '../command'
import { ROOT, withDeps } from '../with-deps'

const SHOWN_ERRORS = 100

/** `gleaner import`: what the page does, at once and without a worker. */
export const importFile: Command = {
  name: 'import',
  summary: 'Read a CSV file of contacts or gifts, and with --commit write it.',
  usage: 'FILE --kind contacts|gifts [--commit] [--workspace NAME]',
  help: [
    '--kind K         contacts or gifts',
    '--commit         write the rows; without it they are only looked at',
    '--workspace W    name or id, where there are several',
  ],
  options: { kind: { type: 'string' }, commit: { type: 'boolean' }, workspace: { type: 'string' } },
  words: 1,
  run: (values, [path = '']) => {
    const kind = kindOf(required(values, 'kind'))
    const bytes = readFileSync(path)
    return withDeps(async (given) => {
      const { id: workspaceId } = await chooseWorkspace(given.db, optional(values, 'workspace'))
      const deps: ImportDeps = { ...given, storage: openKept() }
      const importId = await send(deps, workspaceId, { kind, bytes, fileName: basename(path) })
      if (values.commit) await commit(deps, workspaceId, importId)
      return runAsJob(deps, workspaceId, 'command line', async (ctx) => {
        const shown = await getImport(ctx, importId)
        const { rows } = await listRows(ctx, { id: importId, verdict: 'error', limit: SHOWN_ERRORS })
        const json = {
          import: importId,
          state: shown.state,
          counts: shown.counts,
          questions: shown.reading.questions,
          errors: rows,
        }
        return { json, text: summaryOf(shown, rows), exitCode: shown.state === 'asking' ? 1 : 0 }
      })
    })
  },
}

function kindOf(text: string): ImportKind {
  const kind = IMPORT_KINDS.find((one) => one === text)
  if (!kind) throw new UsageError(`--kind is contacts or gifts, not ${text}`)
  return kind
}

function openKept() {
  const settings = readSettings(ROOT)
  return openStorage({ ...settings, GLEANER_DATA_DIR: resolve(ROOT, settings.GLEANER_DATA_DIR) })
}

type File = Parameters<typeof uploadImport>[2]

async function send(deps: ImportDeps, workspaceId: string, file: File): Promise<string> {
  const { id } = await runAsJob(deps, workspaceId, 'command line', (ctx) => uploadImport(ctx, deps.storage, file))
  await finishWork(deps, { workspaceId, importId: id }, 'judge')
  return id
}

async function commit(deps: ImportDeps, workspaceId: string, importId: string): Promise<void> {
  await runAsJob(deps, workspaceId, 'command line', (ctx) => beginCommit(ctx, importId, false))
  await finishWork(deps, { workspaceId, importId }, 'commit')
}

function summaryOf({ state, counts, reading }: ShownImport, errors: readonly ShownRow[]): string {
  const asked =
    reading.questions.length > 0 ? [`The file leaves open: ${reading.questions.join(', ')}. Answer on its page.`] : []
  const numbers = Object.entries(counts ?? {}).map(([verdict, many]) => `${verdict} ${many}`)
  const lines = errors.map(({ line, field, reason }) => `  line ${line}: ${field ?? 'row'}: ${reason}`)
  return [`${state}: ${numbers.join(', ')}`, ...asked, ...lines].join('\n')
}
