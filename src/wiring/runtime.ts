import 'server-only'
import { orExit } from '@/env'
import { endAllStreams } from '@/trpc/live'
import { compose, type Parts } from './compose'

/** What this web process has once. */
export type Runtime = Parts

const KEY = Symbol.for('gleaner.runtime')
// The symbol is ours alone. Next bundles this module once for each route: the process has one pool all the same.
const holder = globalThis as { [KEY]?: Promise<Runtime> }

export function runtime(): Promise<Runtime> {
  holder[KEY] ??= start()
  return holder[KEY]
}

async function start(): Promise<Runtime> {
  const parts = orExit(() => compose('web'))
  process.once('SIGTERM', endAllStreams)
  process.once('SIGINT', endAllStreams)
  return parts
}
