import type { Ctx } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { listWatches } from '@/bargains/watches/queries'
import { scanWatch } from '@/bargains/watches/scan-watch'
import { createTranslatorFor } from '@/i18n/translator'
import { AppError, isAppError } from '@/kernel/app-error'
import { chooseWorkspace } from '../choose-workspace'
import { type Command, optional, required } from '../command'
import { withDeps } from '../with-deps'
import { scanFile } from './scan-file'

type Scanned = {
  readonly id: string
  readonly name: string
  readonly searches: number
  readonly refused: string | null
}

/** `gleaner scan`: what "Scan now" does on the page, for one watch or all. The running worker reads the pages. */
export const scan: Command = {
  name: 'scan',
  summary: 'Make watches due now, or store what a saved page shows.',
  usage: '[--watch NAME | --file PAGE --url URL] [--workspace NAME]',
  help: [
    '--watch NAME     name or id of one; all that are not paused, if left out',
    '--file PAGE      a saved page: its adverts are stored, and the watches of its search asked',
    '--url URL        the address that it was saved from',
    '--workspace W    name or id, where there are several',
  ],
  options: {
    watch: { type: 'string' },
    file: { type: 'string' },
    url: { type: 'string' },
    workspace: { type: 'string' },
  },
  words: 0,
  run: (values) => {
    const [file, workspace] = [optional(values, 'file'), optional(values, 'workspace')]
    if (file !== undefined) return scanFile({ file, url: required(values, 'url'), workspace })
    return withDeps(async (deps) => {
      const workspace = await chooseWorkspace(deps.db, optional(values, 'workspace'))
      const inWorkspace = <T>(work: (ctx: Ctx) => Promise<T>) => runAsJob(deps, workspace.id, 'command line', work)
      const wanted = await inWorkspace((ctx) => findWatches(ctx, optional(values, 'watch')))
      const json: Scanned[] = []
      for (const watch of wanted) json.push(await scanOne(watch, inWorkspace))
      return { json, text: json.map(describeScan).join('\n') || 'There is no watch that is not paused.' }
    })
  },
}

type Watch = { readonly id: string; readonly name: string }

async function findWatches(ctx: Ctx, wanted: string | undefined): Promise<readonly Watch[]> {
  const all = await listWatches(ctx)
  if (wanted === undefined) return all.filter(({ pausedAt }) => !pausedAt)
  const found = all.filter(({ id, name }) => id === wanted || name === wanted)
  if (found.length === 0) throw new AppError('not_found', `There is no watch "${wanted}" in that workspace.`)
  return found
}

/** One that was read a moment ago does not keep the others from being read. */
async function scanOne(
  { id, name }: Watch,
  inWorkspace: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>,
): Promise<Scanned> {
  try {
    const { searches } = await inWorkspace((ctx) => scanWatch(ctx, id))
    return { id, name, searches, refused: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { id, name, searches: 0, refused: createTranslatorFor('en', 'UTC').error(error) }
  }
}

function describeScan({ name, searches, refused }: Scanned): string {
  return `${name}: ${refused ?? `${searches} searches due now`}`
}
