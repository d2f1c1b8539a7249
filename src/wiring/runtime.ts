import 'server-only'
import { PHASE_PRODUCTION_BUILD } from 'next/constants'
import { connection } from 'next/server'
import { forgetForwarded } from '@/accounts/sessions/forget-forwarded'
import { mendPath } from '@/accounts/sessions/mend-path'
import { orExit } from '@/env'
import { endAllStreams } from '@/trpc/live'
import { compose, type Parts } from './compose'

/** What this web process has once. */
export type Runtime = Parts

const KEY = Symbol.for('gleaner.runtime')
// The symbol is ours alone. Next bundles this module once for each route: the process has one pool all the same.
const holder = globalThis as { [KEY]?: Promise<Runtime> }

export async function runtime(): Promise<Runtime> {
  // A build renders each page to learn whether it can be made beforehand. Whoever asks for this cannot: there is no
  // database then, and looking for one would end the build.
  if (process.env.NEXT_PHASE === PHASE_PRODUCTION_BUILD) await connection()
  holder[KEY] ??= start()
  return holder[KEY]
}

async function start(): Promise<Runtime> {
  const parts = orExit(() => compose('web'))
  if (parts.env.GLEANER_TRUST_PROXY === 0) forgetForwarded()
  mendPath()
  process.once('SIGTERM', endAllStreams)
  process.once('SIGINT', endAllStreams)
  return parts
}
