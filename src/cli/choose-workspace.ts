import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { UsageError } from './command'
import { listWorkspaces } from './queries'

type Workspace = { readonly id: string; readonly name: string }

/** The workspace that `--workspace` names (name or id), or the only one. */
export async function chooseWorkspace(db: Database, wanted: string | undefined): Promise<Workspace> {
  const all = await listWorkspaces(db)
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted)
  const [only, second] = found
  if (only && !second) return only
  if (all.length === 0) throw new AppError('not_found', 'There is no workspace yet: make the owner first.')
  const names = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new UsageError(`Say which workspace, with --workspace NAME or ID:\n${names}`)
}
