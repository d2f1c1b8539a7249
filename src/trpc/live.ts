import type { Ctx } from '@/accounts/context'
import type { Database } from '@/db/client'
import { listen } from '@/db/listen'
import { notifyPages, PAGES_CHANNEL, SESSION_ENDED } from '@/db/notify-pages'
import type { WorkspaceId } from '@/kernel/ids'

/** Something under `topic` changed; `id` names the row where there is one. */
export type LiveNote = { readonly topic: string; readonly id: string | null }

/** The topic of the first note, and of one after the connection was lost: read everything since the last event. */
export const CONNECTED = 'connected'

/** Tells the workspace's open pages, once `ctx`'s transaction has committed. */
export function notifyLive(ctx: Pick<Ctx, 'db' | 'workspaceId'>, topic: string, id?: string): Promise<void> {
  return notifyPages(ctx.db, ctx.workspaceId, topic, id)
}

/** Who listens, by which session or API key; null for neither. */
export type Listener = { readonly workspaceId: WorkspaceId; readonly passId: string | null }

/**
 * The notes of the listener's workspace, until `signal`, the end of their session or key, or the end of the process. Begins with `CONNECTED`. Notes are nudges, equal
 * ones are folded: read the rows after your last event at each.
 */
export async function* listenLive(
  db: Database,
  listener: Listener,
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveNote> {
  const signedOut = new AbortController()
  const ended = AbortSignal.any([endOfProcess().signal, signedOut.signal, ...(signal ? [signal] : [])])
  const queue = createQueue(ended)
  const stop = await listen(db, PAGES_CHANNEL, {
    connected: () => queue.add({ topic: CONNECTED, id: null }),
    heard: (payload) => hear(payload, listener, queue.add, () => signedOut.abort()),
  })
  try {
    queue.add({ topic: CONNECTED, id: null })
    while (!ended.aborted) yield* await queue.take()
  } finally {
    stop()
  }
}

function hear(payload: string, listener: Listener, add: (note: LiveNote) => void, end: () => void): void {
  // Written by notify-pages.ts alone.
  const note = JSON.parse(payload) as { workspaceId: string | null; topic: string; id?: string }
  if (note.topic === SESSION_ENDED && note.id === listener.passId) end()
  if (note.workspaceId === listener.workspaceId) add({ topic: note.topic, id: note.id ?? null })
}

/** Folds equal notes that wait; `take` resolves with what waits, or with nothing when it ended. */
function createQueue(ended: AbortSignal) {
  const waiting = new Map<string, LiveNote>()
  let wake: (() => void) | null = null
  ended.addEventListener('abort', () => wake?.())
  return {
    add(note: LiveNote): void {
      waiting.set(`${note.topic} ${note.id}`, note)
      wake?.()
    },
    async take(): Promise<readonly LiveNote[]> {
      if (waiting.size === 0 && !ended.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const notes = [...waiting.values()]
      waiting.clear()
      return notes
    },
  }
}

const END = Symbol.for('gleaner.end-of-streams')

/** One a process: Next bundles this module once for each route. */
function endOfProcess(): AbortController {
  // The symbol is ours alone.
  const holder = globalThis as { [END]?: AbortController }
  holder[END] ??= new AbortController()
  return holder[END]
}

/** For SIGTERM: an open page would keep the server alive for as long as it is open. */
export function endAllStreams(): void {
  endOfProcess().abort()
}
