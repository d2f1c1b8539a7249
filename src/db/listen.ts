import type { Database } from './client'

type Listener = { readonly heard: (payload: string) => void; readonly connected: () => void }
type Hub = { readonly listeners: Map<string, Set<Listener>>; readonly started: Map<string, Promise<unknown>> }

/** One connection a pool serves all listeners of the process, for a pool that all pages share would run out. */
const hubs = new WeakMap<object, Hub>()

/**
 * Hears NOTIFY on `channel` until the returned function is called. `connected` is called when the connection stands and
 * again after it was lost: notes in between are gone, so the caller reads the rows again.
 */
export async function listen(db: Database, channel: string, listener: Listener): Promise<() => void> {
  const hub = hubOf(db)
  const known = hub.listeners.get(channel) ?? new Set()
  hub.listeners.set(channel, known.add(listener))
  try {
    await startListening(db, hub, channel)
  } catch (error) {
    known.delete(listener)
    throw error
  }
  return () => void known.delete(listener)
}

function hubOf(db: Database): Hub {
  const hub = hubs.get(db.$client) ?? { listeners: new Map(), started: new Map() }
  hubs.set(db.$client, hub)
  return hub
}

function startListening(db: Database, hub: Hub, channel: string): Promise<unknown> {
  const running = hub.started.get(channel)
  if (running) return running
  const each = (tell: (listener: Listener) => void) => () => {
    for (const listener of hub.listeners.get(channel) ?? []) tell(listener)
  }
  const started = db.$client.listen(
    channel,
    (payload) => each((listener) => listener.heard(payload))(),
    each((listener) => listener.connected()),
  )
  hub.started.set(channel, started)
  // A failed start is tried again by the next listener.
  started.catch(() => hub.started.delete(channel))
  return started
}
