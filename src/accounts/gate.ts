import { withSystem, withWorkspace } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { isUuid, mintWorkspaceId, type WorkspaceId } from '@/kernel/ids'
import type { Actor, Ctx, Deps, JobEvent } from './context'
import { findBotMember, findReader } from './queries'

/** One transaction for `work`, bound to the workspace; what it emits is sent once the transaction has committed. */
export async function runInWorkspace<T>(
  deps: Deps,
  workspaceId: WorkspaceId,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const events: JobEvent[] = []
  const emit = (event: JobEvent) => void events.push(event)
  const base = { workspaceId, actor, now: deps.clock(), log: deps.log.child({ workspaceId }), emit }
  const result = await withWorkspace(deps.db, workspaceId, (db) => work({ ...base, db }))
  await sendAfterCommit(deps, events)
  return result
}

/** The write has happened: a failed nudge must not make it look undone. A sweep finds what was not nudged. */
async function sendAfterCommit(deps: Deps, events: readonly JobEvent[]): Promise<void> {
  if (events.length === 0) return
  try {
    await deps.send(events)
  } catch (error) {
    deps.log.error(
      { err: error, events: events.map((event) => event.name) },
      'events were not sent; a sweep makes good',
    )
  }
}

/** The job gate: a job works for the workspace that its event or its row names. */
export function runAsJob<T>(
  deps: Deps,
  workspaceId: string,
  jobName: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  if (!isUuid(workspaceId)) throw new AppError('bad_input', `job ${jobName}: ${workspaceId} is no workspace`)
  return runInWorkspace(deps, mintWorkspaceId(workspaceId), { kind: 'job', name: jobName }, work)
}

/** Who sent an update to the bot, and which workspace the button or chat belongs to. */
export type BotCaller = { readonly telegramUserId: bigint; readonly workspaceId: string }

/** The bot link gate. Throws `forbidden` (`bot.notLinked`) unless that Telegram user is linked to a member there. */
export async function runAsBot<T>(deps: Deps, caller: BotCaller, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const found = isUuid(caller.workspaceId)
    ? await withSystem(deps.db, 'bot gate', (tx) => findBotMember(tx, caller))
    : undefined
  if (!found) throw new AppError('forbidden', 'this Telegram user is not linked here', { reason: 'bot.notLinked' })
  return runInWorkspace(deps, mintWorkspaceId(caller.workspaceId), { kind: 'bot', ...found }, work)
}

/**
 * The gate of a signed link in a letter: works for the member that the letter went to. Throws `forbidden`
 * (`care.notYours`) where they no longer belong to the workspace. The caller has checked the signature.
 */
export async function runAsReader<T>(
  deps: Deps,
  reader: { readonly workspaceId: string; readonly memberId: string },
  work: (ctx: Ctx, name: string) => Promise<T>,
): Promise<T> {
  const found = isUuid(reader.workspaceId)
    ? await withSystem(deps.db, 'link gate', (tx) => findReader(tx, reader))
    : undefined
  if (!found) throw new AppError('forbidden', 'the reader is no member any more', { reason: 'care.notYours' })
  const { name, ...member } = found
  return runInWorkspace(deps, mintWorkspaceId(reader.workspaceId), { kind: 'member', ...member }, (ctx) =>
    work(ctx, name),
  )
}
