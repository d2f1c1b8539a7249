import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Database, driverPool, onClose } from './client'

type Listener = { readonly heard: (payload: string) => void; readonly connected: () => void }
type Hub = {
  readonly options: pg.PoolConfig
  readonly channels: Map<string, Set<Listener>>
  client: Promise<pg.Client> | null
  closed: boolean
}

const LONGEST_WAIT_MS = 5000

/** One connection a pool serves all listeners of the process, for a pool that all pages share would run out. */
const hubs = new WeakMap<Database, Hub>()

/**
 * Hears NOTIFY on `channel` until the returned function is called. `connected` is called when the connection stands and
 * again after it was lost: notes in between are gone, so the caller reads the rows again.
 */
export async function listen(db: Database, channel: string, listener: Listener): Promise<() => void> {
  const hub = hubOf(db)
  const known = hub.channels.get(channel) ?? new Set()
  const isNew = !hub.channels.has(channel)
  hub.channels.set(channel, known.add(listener))
  try {
    if (!hub.client) await connect(hub)
    else if (isNew) await hear(await hub.client, channel, known)
    else await hub.client
  } catch (error) {
    known.delete(listener)
    throw error
  }
  return () => void known.delete(listener)
}

function hubOf(db: Database): Hub {
  const known = hubs.get(db)
  if (known) return known
  const hub: Hub = { options: driverPool(db).options, channels: new Map(), client: null, closed: false }
  hubs.set(db, hub)
  onClose(db, async () => {
    hub.closed = true
    const client = await hub.client?.catch(() => null)
    await client?.end()
  })
  return hub
}

/** Connects and hears all channels, if nobody does. A failed start is tried again by the next listener. */
async function connect(hub: Hub): Promise<void> {
  hub.client ??= openLine(hub)
  const mine = hub.client
  try {
    await mine
  } catch (error) {
    if (hub.client === mine) hub.client = null
    throw error
  }
}

async function openLine(hub: Hub): Promise<pg.Client> {
  const client = new pg.Client(hub.options)
  client.on('error', () => undefined)
  client.on('notification', ({ channel, payload = '' }) => {
    for (const listener of hub.channels.get(channel) ?? []) listener.heard(payload)
  })
  await client.connect()
  try {
    for (const [channel, listeners] of hub.channels) await hear(client, channel, listeners)
  } catch (error) {
    await client.end()
    throw error
  }
  client.once('end', () => {
    hub.client = null
    void reconnect(hub)
  })
  return client
}

async function hear(client: pg.Client, channel: string, listeners: ReadonlySet<Listener>): Promise<void> {
  await client.query(`listen ${client.escapeIdentifier(channel)}`)
  for (const listener of listeners) listener.connected()
}

/** Tries until the database is back, also by a listener who came meanwhile, or the pool is closed. */
async function reconnect(hub: Hub): Promise<void> {
  for (let wait = 50; !hub.closed; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    await sleep(wait, undefined, { ref: false })
    if (hub.closed) return
    try {
      return await connect(hub)
    } catch {
      // Still away: the next turn asks again, and nobody could do more about it.
    }
  }
}
